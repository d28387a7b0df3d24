"""Words that offices write in their sheets, and what each of them means here.

Not sentences but data: column names by their usual synonyms, and the values of columns
that hold one of a few words. All are compared by their form for matching.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from app.domain.written_forms import match_form, shown_form


def _meanings(*groups: tuple[str, str]) -> dict[str, str]:
    return {match_form(word): meaning for meaning, words in groups for word in words.split()}


# Within a meaning the earlier word wins when a sheet has several such columns.
COLUMN_WORDS = _meanings(
    ("name", "姓名 名字 党员姓名 学员姓名 人员姓名 成员姓名 本人姓名 name fullname"),
    ("family_name", "姓 姓氏 familyname surname lastname"),
    ("given_name", "名 givenname firstname"),
    (
        "member_no",
        "会员号 会员编号 党员编号 党员证号 学员编号 学员号 人员编号 党员编码 人员编码 编号 编码 工号",
    ),
    (
        "identity",
        "公民身份号码 公民身份证号 公民身份证号码 身份证号 身份证号码 身份证 身份证件号码 身份证件号 "
        "身份号码 身份证明号码 居民身份证号 居民身份证号码 有效身份证件号码 证件号码 证件号",
    ),
    (
        "phone",
        "手机 手机号 手机号码 移动电话 移动电话号码 移动号码 本人手机 手机电话 mobile cellphone "
        "联系电话 联系电话号码 联系手机 联系方式 联系号码 电话 电话号码 通讯方式 通信方式 phone tel "
        "固定电话 固话 座机 家庭电话 住宅电话 宅电",
    ),
    (
        "branch",
        "所在党支部 所属党支部 党支部 所在支部 所属支部 支部 支部名称 党支部名称 所在支部名称 "
        "所属支部名称 所在党支部名称 所属党支部名称 党支部全称 支部全称 组织关系所在党支部 "
        "组织关系所在支部 组织关系所在党支部名称 党员所在党支部 党员所在支部 支部委员会 党支部委员会 "
        "所在党组织 所属党组织 所在党组织名称 所属党组织名称 党组织 党组织名称 党组织全称 "
        "组织关系所在党组织 组织关系所在地 组织关系所在单位 所在基层党组织 branch",
    ),
    (
        "group",
        "党小组 党小组名称 所在党小组 所属党小组 小组 小组名称 所在小组 所属小组 组别 村民小组 "
        "所在村民小组 group",
    ),
    (
        "birth",
        "出生日期 出生年月日 出生年月 出生时间 出生年份 出生年 出生 生日 birth birthday "
        "dateofbirth",
    ),
    ("gender", "性别 gender sex"),
    ("post", "党内职务 党内任职 党组织职务 党组织内职务 支部职务 党支部职务 post"),
    ("kind", "人员类别 党员类别 人员类型 党员类型 党员性质 类别 类型 政治面貌 身份"),
    (
        "card_no",
        "卡号 学员卡号 学习卡号 学习卡 ic卡号 ic卡 考勤卡号 党员卡号 卡片编号 卡片号 刷卡号 card "
        "cardno cardnumber",
    ),
    (
        "status",
        "状态 人员状态 党员状态 当前状态 目前状态 党籍状态 在册状态 在岗状态 情况 人员情况 状况",
    ),
    (
        "away",
        "是否为流动党员 是否流动党员 是否流动 流动党员 是否外出 是否外出流动 是否为外出流动党员 "
        "是否外出流动党员 是否流出党员 是否流出 是否外出务工 是否在外 "
        "流动状态 流动情况",
    ),
    ("lost", "是否失联党员 是否为失联党员 是否失联 失联党员 是否失去联系 失联情况"),
    (
        "away_where",
        "外出流向 流动去向 流出地 外出地点 外出地 外出去向 流向 流动地点 流出地点 流入地 务工地点 "
        "流出地党组织",
    ),
    (
        "frail",
        "是否需要送学上门 是否送学上门 送学上门 需送学上门 是否年老体弱 年老体弱 是否行动不便",
    ),
    ("note", "备注 说明 备考 附注 情况说明 其他说明 备注说明 remark remarks note notes"),
    (
        "",
        "序号 序 行号 顺序号 no 民族 籍贯 出生地 学历 学位 文化程度 入党时间 入党日期 入党年月 转正时间 "
        "转正日期 转正年月 加入时间 参加工作时间 参加工作日期 工作单位 单位 单位及职务 工作单位及职务 "
        "职务 职业 工作岗位 岗位 职称 家庭住址 住址 现住址 现居住地 家庭地址 地址 户籍地 "
        "户籍所在地 年龄 党龄 证件类型 身份证件类型 一线情况 新社会阶层类型 毕业院校 毕业院校及专业 "
        "婚姻状况 健康状况 邮箱 微信 微信号 qq 党费 党费标准 联系人 联系人姓名 介绍人 入党介绍人 "
        "学习形式 进入当前支部日期 进入支部类型 流出时间 外出时间 外出日期 流出日期 外出原因 失联时间 "
        "失联日期 停止党籍时间 照片 签名 村 乡镇 县 站点 学习点 站点名称",
    ),
)
COLUMN_ORDER = {word: place for place, word in enumerate(COLUMN_WORDS)}

KIND_WORDS = _meanings(
    ("member", "正式党员 中共党员 党员 正式 中共正式党员 共产党员 中共党员(正式) 正式党员身份"),
    ("probationary_member", "预备党员 中共预备党员 预备 中共党员(预备)"),
    ("activist", "入党积极分子 积极分子 发展对象 入党申请人 申请入党人"),
    (
        "villager",
        "群众 村民 普通群众 共青团员 团员 非党员 无党派人士 无党派 民主党派 居民",
    ),
)

POST_WORDS = (
    ("deputy_secretary", "副书记"),
    ("secretary", "书记"),
    ("committee_member", "委员"),
)
"""A post by the word in it (domain d 14); what holds none of them is no post of the branch. Of 副书记
the second half says nothing more."""

GENDER_WORDS = _meanings(("male", "男 男性 男士 m male"), ("female", "女 女性 女士 f female 妇女"))

STATUS_WORDS = _meanings(
    (
        "frail",
        "体弱 年老体弱 年老 年迈 高龄 行动不便 生病 患病 重病 病重 长期患病 长期生病 长期卧床 卧床 "
        "卧病 卧病在床 瘫痪 因病卧床 住院 老弱病残 失能 半失能 残疾 重度残疾 年老多病 体弱多病 "
        "送学上门 年龄偏大 丧失行动能力",
    ),
    (
        "away",
        "外出 外出务工 外出打工 外出务工经商 外出经商 外出流动 外出人员 流动 流动党员 流出 外出党员 "
        "外出流动党员 在外 在外务工 在外打工 长期在外 长期外出 常年在外 常年外出 常年外出务工 "
        "长期外出务工 务工 打工 出国 出境 出国出境 出国(境) 国外 境外 在国外 外地 在外地 外省务工 "
        "失联 失联党员 失去联系 联系不上 下落不明 流动在外 异地居住 随子女居住 外出居住",
    ),
    ("on_leave", "请假 长期请假 病假 事假 产假 休假 长假"),
    (
        "gone",
        "停用 去世 已去世 死亡 已死亡 已故 病故 已病故 病逝 逝世 离世 已离世 身故 过世 亡故 转出 已转出 "
        "组织关系转出 组织关系已转出 关系转出 关系已转出 调出 已调出 调离 退党 自行脱党 脱党 除名 "
        "党内除名 被除名 出党 开除 开除党籍 停止党籍 已停止党籍 取消预备党员资格 注销 销户 已注销 "
        "死亡销户",
    ),
    (
        "",
        "正常 在村 在职 在家 在册 在岗 在籍 在乡 在校 本地 常住 在村居住 健康 良好 一般 健在 有效 "
        "正式 未流动 未流出 非流动 非流动党员 未外出 不外出 流入 流入党员 正式党员 预备党员 "
        "保留党籍 未失联 已取得联系 无变化 退休 离退休 离休",
    ),
)

YES_WORDS = _meanings(("yes", "是 有 对 y yes true 1 √ ✓ ✔ ☑ ■ ● 已 需要 需 是的"))
NO_WORDS = _meanings(("no", "否 无 不是 没有 非 n no false 0 × ✗ ✘ x □ ☐ ○ 〇 不 未 不需要 不需"))

_EMPTY = frozenset(
    match_form(word)
    for word in (
        "无 没有 暂无 暂缺 空 空白 缺 缺失 未填 未填写 待填 待补 待补充 待定 待查 不详 不明 不清楚 不知 "
        '不知道 未知 未提供 无法提供 保密 同上 同左 〃 “ ” " 略 n/a null 无号 '
        "无手机 无电话 没手机 没有手机 没有电话 无卡 停机 空号 已停机 ? ？ ？？ / // \\ | — —— - -- --- "
        "_ . 。 * ** × 〇 ○ 未办 未发 未办卡"
    ).split()
)
_DITTO = frozenset(match_form(word) for word in '同上 〃 " “ ” 同前 ″'.split())
_SUMMARY = re.compile(
    r".{0,12}(合计|总计|小计|共计|总数|总人数|累计|人数)(:.*|\d*[人名位]?)\Z|计(:.*|\d+.*)?\Z|"
    r"(总)?共(计)?\d+[人名位个].*\Z"
)
_FOOTER = re.compile(
    r"(填表|制表|填报|审核|审批|复核|经办|负责|统计|登记|录入|联系|签字|盖章|书记签|主管)"
    r"(人|单位|日期|时间|员|字|章|领导)?[:：(].*|"
    r"(填表|制表|填报|审核|审批|复核|经办|负责|统计|登记|录入|联系)(人|单位|日期|时间|员)\Z|"
    r"(说明|注|备注|填表说明|填写说明|注意|提示|附|日期|单位|时间|电话|联系电话)[:：].*|"
    r"(第\d+页|共\d+页).*|\d{4}年\d{1,2}月(\d{1,2}日)?\Z|(以下|此行以下)(为)?(空白|无内容).*|"
    r"[(]?(必填|选填)项?[)]?\Z|(示例|样例|举例|例如|例:|请填写|请输入).*|"
    r"-+.*-+\Z"
)
_GROUP_TITLE = re.compile(
    r"第?[一二三四五六七八九十\d]{1,3}(?:党|村民)?小?组(?:\(.*\))?(?:\d+人)?:?\Z"
)
_GENERIC_TAB = re.compile(
    r"党员|学员|人员|群众|成员|全体|全部|在册|基本|信息|情况|花名册|花名|名册|名单|台账|统计|汇总|总表|"
    r"明细|登记|采集|数据|原始|副本|最新|更新|模板|导出|导入|工作表|表格|表|新建|页|一览|"
    r"sheet|table|page|export|data|list|members|roster|people|[\d年月日()_.\-—、版v第届度季]",
)
_HEADING_NUMBER = re.compile(r"[(]?\d{1,2}[)、]?|[一二三四五六七八九十]{1,2}、")
_LIST_WORDS = re.compile(r"花名册|名册|名单|信息表|信息|台账|表")
_BRANCH_LABEL = re.compile(r"(?:所在|所属)?(?:党)?(?:支部|组织)(?:名称)?\s*:\s*(\S+)")
_BRANCH_TITLE = re.compile(
    r"(?:\d+\s*[.、]|[一二三四五六七八九十]+、)?\s*(\S{0,40}支部(?:委员会)?)\s*(?:\d{4}年(?:度)?)?"
    r"(?:党员|学员|人员)?(?:花名册|名册|名单|信息表|情况表|登记表|基本信息表|台账)?"
    r"(?:\s*\(.*\))?\s*(?:\d+人)?\Z"
)
_BRACKETS = re.compile(r"[(\[【〔<「{].*?[)\]】〕>」}]|[(\[【〔<「{].*\Z")
_SOMEBODY_ELSE = re.compile(r"\(.*(家属|亲属|子女|配偶|父母|儿子|女儿|紧急|联系人|监护人).*\)")
_OWNER = re.compile(r"(?:党员|本人|学员|人员|成员|个人|现|目前|当前)(?=.{2})")
_BRANCH_LIKE = re.compile(
    r".*(支部|党组织)(名称|全称)\Z|.*(所在|所属|隶属)的?(基层)?(党支部|支部|党组织|组织)\Z"
)
_BRANCH_NOT = re.compile(
    r"原|流|转|外出|书记|联系|换届|上级|其他|挂靠|第二|担任|进入|加入|接收|是否"
)


@lru_cache(maxsize=4_096)
def column_meaning(heading: str) -> str | None:
    """What a heading stands for; empty for one that is known and not needed, None if unknown."""
    shown = shown_form(heading)
    if _SOMEBODY_ELSE.search(shown):
        return None
    plain = match_form(_BRACKETS.sub("", shown)).strip("*:·、,;#★☆※'\"") or match_form(shown)
    unnumbered = _HEADING_NUMBER.sub("", plain, count=1) if _HEADING_NUMBER.match(plain) else plain
    first_of_many = re.sub(r"(?<=\D)[1一]\Z", "", unnumbered)
    without_owner = _OWNER.sub("", unnumbered, count=1) if _OWNER.match(unnumbered) else plain
    for form in (match_form(shown), plain, unnumbered, first_of_many, without_owner):
        if form in COLUMN_WORDS:
            return COLUMN_WORDS[form]
    parts = [one for one in re.split(r"[/、或和及]", plain) if one]
    if len(parts) > 1 and parts[0] in COLUMN_WORDS:
        return COLUMN_WORDS[parts[0]]
    if _BRANCH_LIKE.match(plain) and not _BRANCH_NOT.search(plain) and len(plain) <= 16:
        return "branch"
    return None


def column_rank(heading: str) -> int:
    """Of two columns with one meaning, the one with the lower rank is taken."""
    plain = match_form(_BRACKETS.sub("", shown_form(heading))).strip("*:")
    return COLUMN_ORDER.get(plain, len(COLUMN_ORDER))


@lru_cache(maxsize=8_192)
def is_empty_word(text: str) -> bool:
    """Whether somebody wrote that there is nothing: "无", "—", "不详"."""
    form = match_form(text)
    return form in _EMPTY or (bool(text) and all(category(sign)[0] in "PSZ" for sign in text))


def is_ditto(text: str) -> bool:
    """Whether it stands for the cell above."""
    return match_form(text) in _DITTO


def is_summary(text: str) -> bool:
    """Whether a line sums up: "合计", "共 25 人"."""
    return _SUMMARY.match(match_form(text)) is not None


def is_footer(text: str) -> bool:
    """Whether a line belongs below or above a table: "填表人：…", a date, a remark."""
    return _FOOTER.match(match_form(text)) is not None


def section_word(text: str) -> str:
    """A line between people without its number and count: "二、预备党员（3人）" is 预备党员."""
    plain = re.sub(r"\(.*?\)\Z|\d+[人名]\Z|:\Z", "", match_form(text))
    return re.sub(r"\A(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、]?)", "", plain)


def is_group_title(text: str) -> bool:
    """Whether a line only names a group: "第一党小组"."""
    return _GROUP_TITLE.match(match_form(text)) is not None


def is_generic_tab(name: str) -> bool:
    """Whether a sheet's name says nothing of who stands in it."""
    return not _GENERIC_TAB.sub("", match_form(name))


def tab_word(name: str) -> str:
    """A tab's name without words such as 名册, for finding a kind or a standing in it."""
    return _LIST_WORDS.sub("", match_form(name)) or match_form(name)


def branch_of_title(text: str) -> str:
    """The branch that a title or a line above a table names, or empty."""
    shown = shown_form(text)
    labelled = _BRANCH_LABEL.match(shown)
    if labelled:
        return labelled[1]
    found = _BRANCH_TITLE.match(shown)
    return found[1] if found else ""


def branch_of_tab(name: str) -> str:
    """The branch a tab is named after; empty for a name that any sheet may have."""
    is_word = tab_word(name) in KIND_WORDS or tab_word(name) in STATUS_WORDS
    if is_generic_tab(name) or is_word or is_group_title(name):
        return ""
    shown = re.sub(r"\A\d+\s*[.、_-]\s*", "", shown_form(name))
    found = re.search(r"[^()\[\]\s_-]*支部(?:委员会)?", shown)
    return found[0] if found else re.sub(r"(党员)?(花名册|名册|名单|信息表)\Z", "", shown)
