"""The ten kinds of case, each a declaration (domain a 0.11, 1.8, 2.7, 2.14, 4.2–4.7; d 3, 4, 8, 12)."""

from __future__ import annotations

from app.areas.cases.case_kind import CaseField, CaseKind, Duty, FieldKind, MoveRule, Party, Reach

_HOME = frozenset({Party.HOME})
_STATION = frozenset({Party.STATION, Party.TOWNSHIP, Party.COUNTY})
_HOLDER = frozenset({Party.HOLDER, Party.HOME, Party.TOWNSHIP, Party.COUNTY})
_TOWNSHIP = frozenset({Party.TOWNSHIP, Party.COUNTY})
_COUNTY = frozenset({Party.COUNTY})
_T, _N, _K = FieldKind.TEXT, FieldKind.NOTE, FieldKind

WISH = CaseKind(
    name="wish",
    first="registered",
    needs=("wish",),
    may=("beneficiary", "contact"),
    ends=frozenset({"fulfilled", "withdrawn"}),
    reach=Reach.COUNTY,
    fields=(
        CaseField("wish", _N),
        CaseField("beneficiary", _T, is_personal=True),
        CaseField("contact", _T, is_personal=True),
        CaseField("claimant", _T),
        CaseField("claimant_shown", _K.CHOICE, choices=("yes", "no")),
        CaseField("done_how", _N),
        CaseField("reason", _N),
    ),
    moves=(
        MoveRule("publish", ("registered",), "published", _HOME | _TOWNSHIP),
        MoveRule("claim", ("published",), "claimed", _STATION, ("claimant",), ("claimant_shown",)),
        MoveRule("give_back", ("claimed",), "published", _HOLDER, may=("reason",)),
        MoveRule("fulfil", ("claimed",), "fulfilled", _HOLDER, may=("done_how",)),
        MoveRule(
            "withdraw",
            ("registered", "published", "claimed"),
            "withdrawn",
            _HOME | _TOWNSHIP,
            (),
            ("reason",),
        ),
    ),
    duty=Duty(1, 6),
    answer_days=(("registered", 14), ("claimed", 60)),
    meeting=frozenset({"claim"}),
    ongoing=frozenset({"published"}),
)
"""A micro-wish (domain a 4.7): one a half-year at each station."""

REQUEST = CaseKind(
    name="request",
    first="asked",
    needs=("course",),
    may=("wanted_by",),
    ends=frozenset({"rated", "declined", "withdrawn"}),
    reach=Reach.SITE,
    fields=(
        CaseField("course", _K.COURSE),
        CaseField("wanted_by", _K.NUMBER),
        CaseField("answer", _N),
        CaseField("lecturer", _K.LECTURER),
        CaseField("day", _K.DAY),
        CaseField("session", _K.SESSION),
        CaseField("rating", _K.CHOICE, choices=("very_good", "good", "fair", "poor")),
        CaseField("reason", _N),
    ),
    moves=(
        MoveRule(
            "answer", ("asked", "answered"), "answered", _COUNTY, ("answer",), ("lecturer", "day")
        ),
        MoveRule("decline", ("asked", "answered"), "declined", _COUNTY, ("reason",)),
        MoveRule("hold", ("answered",), "held", _HOME | _COUNTY, (), ("session",)),
        MoveRule("rate", ("held",), "rated", _HOME, ("rating",)),
        MoveRule("withdraw", ("asked", "answered"), "withdrawn", _HOME, (), ("reason",)),
        MoveRule("close", ("held",), "rated", _COUNTY),
    ),
    answer_days=(("asked", 14),),
    ongoing=frozenset({"answered"}),
)
"""A course is asked for from the menu (domain a 2.7); the answer stands at the station."""

_CHECKS = (
    "check_courses",
    "check_lecturers",
    "check_management",
    "check_funding",
    "check_evaluation",
)
"""The five checks of domain a 2.6; whoever ticks one and when stands in the history."""

FILING = CaseKind(
    name="filing",
    first="draft",
    needs=("training_class",),
    may=("size", "from_day", "to_day", "course", "lecturer"),
    ends=frozenset({"filed_away", "withdrawn"}),
    reach=Reach.SITE,
    fields=(
        CaseField("training_class", _K.TRAINING_CLASS),
        CaseField("size", _K.NUMBER),
        CaseField("from_day", _K.DAY),
        CaseField("to_day", _K.DAY),
        CaseField("course", _K.COURSE),
        CaseField("lecturer", _K.LECTURER),
        *(CaseField(one, _K.CHOICE, choices=("yes",)) for one in _CHECKS),
        CaseField("number", _T),
        CaseField("reason", _N),
        CaseField("attendance", _N),
    ),
    moves=(
        MoveRule(
            "submit",
            ("draft", "returned"),
            "submitted",
            _HOME | _TOWNSHIP,
            (),
            ("size", "from_day", "to_day", "course", "lecturer"),
        ),
        MoveRule("check", ("submitted",), "submitted", _TOWNSHIP, (), _CHECKS),
        MoveRule(
            *("approve", ("submitted",), "approved", _COUNTY),
            may=("number", *_CHECKS),
            wants=_CHECKS,
        ),
        MoveRule("return", ("submitted",), "returned", _COUNTY, ("reason",)),
        MoveRule("hold", ("approved",), "held", _HOME | _TOWNSHIP | _COUNTY),
        MoveRule("file_away", ("held",), "filed_away", _COUNTY, (), ("attendance",)),
        MoveRule(
            "withdraw",
            ("draft", "submitted", "returned", "approved"),
            "withdrawn",
            _HOME | _TOWNSHIP,
            (),
            ("reason",),
        ),
    ),
    answer_days=(("submitted", 7),),
    ongoing=frozenset({"approved"}),
)
"""A class is filed (domain a 2.14, d 10)."""

CONTEST = CaseKind(
    name="contest",
    first="recommended",
    needs=("title", "entrant"),
    may=("branch", "text"),
    ends=frozenset({"finest", "shortlisted", "not_chosen", "withdrawn"}),
    reach=Reach.TOWNSHIP,
    fields=(
        CaseField("title", _T),
        CaseField("entrant", _T, is_personal=True),
        CaseField("branch", _T),
        CaseField("text", _N),
        CaseField("score_percent", _K.NUMBER),
        CaseField("coaching", _N),
        CaseField("course", _K.COURSE),
        CaseField("reason", _N),
    ),
    moves=(
        MoveRule(
            "select", ("recommended",), "selected", _TOWNSHIP, (), ("score_percent", "coaching")
        ),
        MoveRule(
            "send_up", ("selected",), "at_county", _TOWNSHIP, (), ("score_percent", "coaching")
        ),
        MoveRule(
            "crown", ("at_county",), "finest", _COUNTY, (), ("score_percent", "coaching", "course")
        ),
        MoveRule(
            "shortlist", ("at_county",), "shortlisted", _COUNTY, (), ("score_percent", "coaching")
        ),
        MoveRule(
            "pass_over",
            ("recommended", "selected", "at_county"),
            "not_chosen",
            _TOWNSHIP,
            (),
            ("score_percent", "coaching", "reason"),
        ),
        MoveRule("withdraw", ("recommended", "selected"), "withdrawn", _HOME, (), ("reason",)),
    ),
)
"""A micro-lesson goes from the branch to the county (domain a 4.2)."""

VIDEO = CaseKind(
    name="video",
    first="sent_in",
    needs=("title",),
    may=("sha256", "size_bytes", "about"),
    ends=frozenset({"published", "withdrawn"}),
    reach=Reach.SITE,
    fields=(
        CaseField("title", _T),
        CaseField("sha256", _T),
        CaseField("size_bytes", _K.NUMBER),
        CaseField("about", _N),
        CaseField("course", _K.COURSE),
        CaseField("reason", _N),
    ),
    moves=(
        MoveRule("take_up", ("sent_in",), "in_review", _COUNTY),
        MoveRule("publish", ("sent_in", "in_review"), "published", _COUNTY, (), ("course",)),
        MoveRule("return", ("sent_in", "in_review"), "returned", _COUNTY, ("reason",)),
        MoveRule(
            "send_again", ("returned",), "sent_in", _HOME, (), ("sha256", "size_bytes", "about")
        ),
        MoveRule(
            "withdraw", ("sent_in", "in_review", "returned"), "withdrawn", _HOME, (), ("reason",)
        ),
    ),
    answer_days=(("sent_in", 14),),
)
"""A video or courseware made at home is sent in (domain a 0.5, 4.4)."""

LATE = CaseKind(
    name="late",
    first="kept",
    needs=("session",),
    may=("mark", "reason"),
    ends=frozenset({"approved", "withdrawn"}),
    reach=Reach.SITE,
    fields=(
        CaseField("session", _K.SESSION),
        CaseField("mark", _T),
        CaseField("reason", _N, is_personal=True),
        CaseField("note", _N),
    ),
    moves=(
        MoveRule("submit", ("kept", "returned"), "waiting", _HOME, (), ("reason",)),
        MoveRule("approve", ("waiting",), "approved", _TOWNSHIP, (), ("note",)),
        MoveRule("return", ("waiting",), "returned", _TOWNSHIP, ("note",)),
        MoveRule("withdraw", ("kept", "waiting", "returned"), "withdrawn", _HOME, (), ("note",)),
    ),
    answer_days=(("waiting", 7),),
)
"""A late session or late entry is countersigned (domain d 12)."""

FEEDBACK = CaseKind(
    name="feedback",
    first="told",
    needs=("text",),
    may=("from_whom",),
    ends=frozenset({"told_back", "withdrawn"}),
    reach=Reach.SITE,
    fields=(
        CaseField("text", _N, is_personal=True),
        CaseField("from_whom", _T, is_personal=True),
        CaseField("handled", _N),
        CaseField("answer", _N),
    ),
    moves=(
        MoveRule("handle", ("told",), "handled", _HOME | _COUNTY, ("handled",)),
        MoveRule("tell_back", ("told", "handled"), "told_back", _HOME, ("answer",)),
        MoveRule("withdraw", ("told", "handled"), "withdrawn", _HOME),
    ),
    duty=Duty(1, 1),
    answer_days=(("told", 14),),
)
"""A need or an opinion, how it was handled, and told back (domain d 3): one a month."""

_FAULT, _LOAN = ("purpose", "fault"), ("purpose", "loan")

EQUIPMENT = CaseKind(
    name="equipment",
    first="open",
    needs=("purpose", "thing", "what"),
    may=("borrower", "until", "note"),
    ends=frozenset({"working", "written_off", "brought_back", "refused"}),
    reach=Reach.SITE,
    fields=(
        CaseField("purpose", _K.CHOICE, choices=("fault", "loan")),
        CaseField("thing", _T),
        CaseField("what", _N),
        CaseField("borrower", _T, is_personal=True),
        CaseField("until", _K.DAY),
        CaseField("repaired_by", _T),
        CaseField("cost_fen", _K.NUMBER),
        CaseField("note", _N),
    ),
    moves=(
        MoveRule("repair", ("open",), "in_repair", _HOME | _TOWNSHIP, (), ("repaired_by",), _FAULT),
        MoveRule(
            "works",
            ("open", "in_repair"),
            "working",
            _HOME | _TOWNSHIP,
            (),
            ("repaired_by", "cost_fen", "note"),
            _FAULT,
        ),
        MoveRule(
            "write_off", ("open", "in_repair"), "written_off", _TOWNSHIP, (), ("note",), _FAULT
        ),
        MoveRule("lend", ("open",), "lent", _TOWNSHIP, (), ("borrower", "until", "note"), _LOAN),
        MoveRule("refuse", ("open",), "refused", _TOWNSHIP, ("note",), (), _LOAN),
        MoveRule("bring_back", ("lent",), "brought_back", _HOME | _TOWNSHIP, (), ("note",)),
    ),
    answer_days=(("open", 7), ("lent", 30)),
    ongoing=frozenset({"lent"}),
)
"""A fault and its repair, or a loan with approval (domain d 4)."""

PLEDGE = CaseKind(
    name="pledge",
    first="pledged",
    needs=("text",),
    may=("who", "team"),
    ends=frozenset({"kept", "withdrawn"}),
    reach=Reach.SITE,
    fields=(
        CaseField("text", _N),
        CaseField("who", _K.PERSON, is_personal=True),
        CaseField("team", _T),
        CaseField("hours", _K.NUMBER),
        CaseField("session", _K.SESSION),
        CaseField("note", _N),
    ),
    moves=(
        MoveRule(
            "go_on", ("pledged", "going_on"), "going_on", _HOME, (), ("session", "hours", "note")
        ),
        MoveRule("keep", ("pledged", "going_on"), "kept", _HOME, (), ("session", "hours", "note")),
        MoveRule("withdraw", ("pledged", "going_on"), "withdrawn", _HOME, (), ("note",)),
    ),
    ongoing=frozenset({"pledged", "going_on"}),
)
"""A pledge or a volunteers' service, kept in practice sessions (domain a 0.11)."""

PAIRING = CaseKind(
    name="pairing",
    first="formed",
    needs=("form", "helper", "helped"),
    may=("note",),
    ends=frozenset({"ended"}),
    reach=Reach.SITE,
    fields=(
        CaseField(
            "form", _K.CHOICE, choices=("elder_leads", "youth_helps", "mentor", "home_visit")
        ),
        CaseField("helper", _K.PERSON, is_personal=True),
        CaseField("helped", _K.PERSON, is_personal=True),
        CaseField("session", _K.SESSION),
        CaseField("note", _N),
    ),
    moves=(
        MoveRule("meet", ("formed", "meeting"), "meeting", _HOME, (), ("session", "note")),
        MoveRule("end", ("formed", "meeting"), "ended", _HOME, (), ("note",)),
    ),
    ongoing=frozenset({"formed", "meeting"}),
)
"""Two who learn from each other (domain a 1.10, 1.13)."""

CASE_KINDS: dict[str, CaseKind] = {
    one.name: one
    for one in (
        WISH,
        REQUEST,
        FILING,
        CONTEST,
        VIDEO,
        LATE,
        FEEDBACK,
        EQUIPMENT,
        PLEDGE,
        PAIRING,
    )
}
"""Every kind by its name, which is written into facts and never changes."""
