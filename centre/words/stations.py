"""What the centre says about stations and decisions; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.shut_out": (
        "站点 {station} 已停用：已送来的记录不变，以后送来的照收，但不计入，等中心放行。",
        (
            "The station {station} is shut out: what it sent stays; what it sends from now on is "
            "kept but not counted until it is released here."
        ),
    ),
    "centre.released": (
        "站点 {station} 的 {facts} 条隔离记录已计入（其中 {segments} 段有两个分支，两边都计入）。",
        (
            "{facts} quarantined records of the station {station} count now (in {segments} segments "
            "both branches do)."
        ),
    ),
    "centre.released_still_out": (
        "这台电脑仍是停用的。找回来了要再用：centre release {station} --let-in；换一台电脑：centre enrol-code --station {station}。",
        (
            "Its PC is shut out still. To serve it again: centre release {station} --let-in; for "
            "another PC in its place: centre enrol-code --station {station}."
        ),
    ),
    "centre.released_let_in": (
        "站点 {station} 恢复正常，下次联系时更新名册、计划和课程。",
        "The station {station} is in order again; it gets roster, plans and courses when it comes.",
    ),
    "centre.no_stations": ("还没有站点。", "There are no stations yet."),
    "centre.station_line": (
        "{station}　{site}　{state}　最近联系：{seen}　记录 {facts} 条　{agreed}",
        "{station}  {site}  {state}  last seen: {seen}  records: {facts}  {agreed}",
    ),
    "centre.state_active": ("正常", "in order"),
    "centre.state_revoked": ("已停用", "shut out"),
    "centre.state_expired": ("凭证已到期", "credential expired"),
    "centre.agreed": ("一致", "agreed"),
    "centre.not_agreed": ("尚未核对一致", "not agreed yet"),
    "centre.never": ("从未", "never"),
    "centre.station_quarantined": (
        "　隔离 {count} 条（核对后放行：centre release {station}）",
        "  quarantined: {count} (let them count: centre release {station})",
    ),
    "centre.station_renew": (
        "　记录照常计入，名册不再更新（续期：centre release {station}）",
        "  its records count, it reads no roster (renew: centre release {station})",
    ),
    "centre.station_waiting": ("　待处理 {count} 条", "  waiting for a person: {count}"),
    "centre.station_forks": ("　分叉 {count} 段", "  forked segments: {count}"),
    "centre.station_expires": ("　凭证到期：{when}", "  credential ends: {when}"),
    "centre.clock_off": (
        "注意：中心的时间和大多数站点相差约 {days} 天。请核对中心电脑的时间；记录照常计入，暂不判断凭证到期。",
        (
            "Take note: the centre's clock and most stations' are about {days} days apart. Check the "
            "centre's clock; records count as ever, no credential is called over meanwhile."
        ),
    ),
    "centre.queue_apart": (
        "{station}　{site}　{count} 条隔离，不计入，等放行：centre release {station}",
        "{station}  {site}  {count} records are set apart; let them count: centre release {station}",
    ),
    "centre.new_generation": (
        "已换新的存储代号 {generation}；各站点下次联系时会重新核对、补传，并带回中心以前的决定。哪些要再办，看 centre decide-again。",
        (
            "The store now has generation {generation}; stations will check and offer again and bring "
            "back what was decided. What must be decided again: centre decide-again."
        ),
    ),
    "centre.put_back_notice": (
        "注意：中心的数据库被还原到了以前。哪些已经恢复、哪些要再办一次，看 centre decide-again。",
        (
            "Take note: this store was put back to an earlier moment. What holds again and what must "
            "be decided again: centre decide-again."
        ),
    ),
    "centre.put_back_none": (
        "没有发现数据库被还原过，没有要再办的事。",
        "Nothing shows that this store was put back; nothing has to be decided again.",
    ),
    "centre.put_back_settled": (
        "已记下：{count} 项都办好了。",
        "Noted: all {count} are seen to.",
    ),
    "centre.sign_decision": (
        "{since}　站点带回了中心以前的决定（见下）。",
        "{since}  Stations brought back decisions of the centre (below).",
    ),
    "centre.sign_credential": (
        "{since}　站点 {about} 是备份以后登记的，凭它的凭证重新认出。请核对它有没有被停用过：要停用就 centre shut-out {about}。",
        (
            "{since}  The station {about} was let in after the copy was made and is known again by "
            "its credential. Had it been shut out since? Then: centre shut-out {about}"
        ),
    ),
    "centre.sign_receipt": (
        "{since}　站点 {about} 有中心签过的回执，中心的记录比回执少，站点会自动补传。",
        (
            "{since}  The station {about} holds a receipt for more facts than are here; it sends "
            "them again by itself."
        ),
    ),
    "centre.sign_cursor": (
        "{since}　{about}：站点 {told} 见过更新的版本，备份以后的名册、计划或课程没有了。请重新导入名册、排计划、发布课程。",
        (
            "{since}  {about}: a station had seen a later revision ({told}). Rosters, plans or "
            "courses since the copy are gone: import, plan and publish them again."
        ),
    ),
    "centre.sign_codes": (
        "{since}　以前没用过的 {told} 个登记码已作废。要登记的站点请重新做登记码。",
        "{since}  {told} one-time codes of before were closed. Make new ones for who still needs one.",
    ),
    "centre.sign_said": (
        "{since}　有人声明数据库是还原的（new-generation）。备份以后导入的名册、排的计划、发布的课程请再办一遍。",
        (
            "{since}  Somebody said that the store was put back (new-generation). Import, plan and "
            "publish again what was since the copy."
        ),
    ),
    "centre.came_line": (
        "{at}　决定：{what}　{about}　{outcome}",
        "{at}  decided: {what}  {about}  {outcome}",
    ),
    "centre.came_done": ("已自动恢复", "holds again"),
    "centre.came_later": (
        "等它再联系时自动恢复",
        "holds again as soon as it is known here",
    ),
    "centre.came_again": ("要再办一次", "must be decided again"),
    "centre.kind_shut_out": ("停用站点", "station shut out"),
    "centre.kind_let_in": ("恢复站点", "station let in again"),
    "centre.kind_replaced": ("站点换了电脑", "another PC in a station's place"),
    "centre.kind_released": (
        "放行隔离记录（centre release）",
        "quarantined records released (centre release)",
    ),
    "centre.kind_erased": ("删除个人信息", "a person's data erased"),
    "centre.kind_course_withdrawn": ("撤回课程", "course withdrawn"),
    "centre.kind_course_back": (
        "重新发布课程（centre publish-course）",
        "course published again (centre publish-course)",
    ),
    "centre.kind_plan_withdrawn": ("撤回计划", "plan withdrawn"),
    "centre.kind_resolved": (
        "指明是谁（centre queue --fact … --as …）",
        "who a mark is of (centre queue --fact … --as …)",
    ),
    "centre.kind_unknown": ("新版程序的决定", "a decision of a newer program"),
}
