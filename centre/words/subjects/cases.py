"""What the centre says about cases; the names of kinds, states and moves are the area's own."""

from __future__ import annotations

from app.areas.cases.words import WORDS as _AREA

WORDS: dict[str, tuple[str, str]] = {
    **_AREA,
    "centre.no_cases": ("没有这样的事项。", "There are no such cases."),
    "centre.no_case": (
        "没有编号为 {case} 的事项；用 centre cases list 查看。",
        "There is no case {case}; “centre cases list” shows them.",
    ),
    "centre.no_case_move": (
        "“{kind}”没有“{move}”这个步骤，什么都没有改；用 centre cases kinds 查看。",
        "The kind “{kind}” has no step “{move}” and nothing was changed; see “centre cases kinds”.",
    ),
    "centre.case_not_now": (
        "这件事现在是“{state}”，不能“{move}”，什么都没有改。",
        "The case stands at “{state}”, so “{move}” is not possible; nothing was changed.",
    ),
    "centre.case_needs_by": (
        "请写明是谁办的：--by 姓名。",
        "Please say who does this: --by NAME.",
    ),
    "centre.case_line": (
        "{case}　{kind}　{site}　{state}　从 {since} 起",
        "{case}  {kind}  {site}  {state}  since {since}",
    ),
    "centre.case_step": ("{at}　{who}　{move}　{fields}", "{at}  {who}  {move}  {fields}"),
    "centre.case_head_case": ("编号", "Case"),
    "centre.case_head_kind": ("类别", "Kind"),
    "centre.case_head_site": ("站点", "Site"),
    "centre.case_head_state": ("状态", "State"),
    "centre.case_head_opened": ("登记日期", "Opened"),
    "centre.case_head_since": ("从何时起", "Since"),
    "centre.cases_exported": (
        "已导出 {count} 件到 {file}。",
        "{count} cases were written to {file}.",
    ),
    "centre.demand_line": (
        "{title}　{requests} 个站点点课　共 {wanted_by} 人想听",
        "{title}  asked for {requests} times  wanted by {wanted_by}",
    ),
    "centre.case_overtaken": ("（没有赶上）", " (came too late)"),
}
