"""The short code of every refusal and trouble: what people read out over the telephone.

One table. The catalogue puts the code into the sentence, the log line of the same error
carries it, and the operator's guide lists it. A code is never given to another sentence
later; one that is no longer used stays out. 1 the record on this PC, 2 rules, 3 courses,
4 sticks, 5 the centre, 6 what arrived, 7 commands, 8 what was found or told, 9 the rest.
"""

from __future__ import annotations

import re

from app.domain.errors import UserError

CODES: dict[str, str] = {
    "trouble.store_full": "K-101",
    "trouble.store_failed": "K-102",
    "trouble.store_newer": "K-103",
    "trouble.store_locked": "K-104",
    "trouble.store_upgrade": "K-105",
    "trouble.backup_failed": "K-106",
    "trouble.backup_bad": "K-107",
    "trouble.home_unusable": "K-108",
    "command.chain_broken": "K-109",
    "refusal.no_date": "K-131",
    "refusal.no_class": "K-138",
    "refusal.form_needs": "K-139",
    "trouble.file_not_written": "K-141",
    "trouble.not_printed": "K-142",
    "refusal.pin_shape": "K-151",
    "refusal.pin_plain": "K-152",
    "refusal.pin_wrong": "K-153",
    "refusal.pin_wait": "K-154",
    "refusal.lock_minutes": "K-155",
    "first.sound.none": "K-160",
    "first.enrol.unreachable": "K-161",
    "refusal.move.prepare": "K-201",
    "refusal.move.sign_in": "K-202",
    "refusal.move.play": "K-203",
    "refusal.move.discuss": "K-204",
    "refusal.move.closed": "K-205",
    "refusal.move.not_held": "K-206",
    "refusal.not_running.prepare": "K-211",
    "refusal.not_running.sign_in": "K-212",
    "refusal.not_running.play": "K-213",
    "refusal.not_running.discuss": "K-214",
    "refusal.not_running.closed": "K-215",
    "refusal.not_running.not_held": "K-216",
    "refusal.another_running": "K-217",
    "refusal.no_running_session": "K-218",
    "refusal.no_session": "K-219",
    "refusal.no_plan": "K-220",
    "refusal.no_course": "K-221",
    "refusal.no_person": "K-222",
    "refusal.many_people": "K-223",
    "refusal.no_month": "K-268",
    "refusal.no_outside_list": "K-247",
    "refusal.no_outside_kind": "K-248",
    "refusal.faulty_rows": "K-249",
    "refusal.rating_counts": "K-290",
    "refusal.needs_answer": "K-291",
    "refusal.no_test": "K-292",
    "refusal.test_sealed": "K-293",
    "refusal.test_key": "K-294",
    "refusal.test_done": "K-295",
    "refusal.test_answers": "K-296",
    "refusal.test_mark": "K-297",
    "refusal.case_unknown": "K-280",
    "refusal.case_kind": "K-281",
    "refusal.case_move": "K-282",
    "refusal.case_not_now": "K-283",
    "refusal.case_needs": "K-284",
    "refusal.case_strange": "K-285",
    "refusal.case_day": "K-286",
    "refusal.case_number": "K-287",
    "refusal.case_choice": "K-288",
    "refusal.case_person": "K-289",
    "refusal.person_known": "K-270",
    "refusal.person_stopped": "K-271",
    "refusal.person_active": "K-272",
    "refusal.bad_day": "K-273",
    "refusal.bad_person_kind": "K-274",
    "refusal.bad_birth": "K-275",
    "refusal.template_file": "K-276",
    "refusal.unknown_card": "K-224",
    "refusal.nothing_to_undo": "K-225",
    "refusal.card_of_several": "K-226",
    "refusal.visitor_known": "K-227",
    "refusal.too_long": "K-237",
    "refusal.no_text": "K-238",
    "refusal.needs_title": "K-239",
    "refusal.not_recordable": "K-240",
    "command.not_together": "K-704",
    "command.visitor_known": "K-705",
    "refusal.needs_name": "K-231",
    "refusal.needs_reason": "K-232",
    "refusal.needs_leave_kind": "K-233",
    "refusal.people_marked": "K-234",
    "refusal.reopen_not_closed": "K-241",
    "refusal.reopen_late": "K-242",
    "refusal.no_activity.agenda": "K-251",
    "refusal.no_activity.stops": "K-252",
    "refusal.no_activity.lecture": "K-253",
    "refusal.no_activity.heads": "K-254",
    "refusal.no_activity.visit": "K-255",
    "refusal.no_item": "K-256",
    "refusal.needs_item": "K-257",
    "refusal.needs_lecturer": "K-258",
    "refusal.no_head_kind": "K-259",
    "refusal.no_pairing": "K-260",
    "refusal.bad_count": "K-261",
    "refusal.bad_minutes": "K-262",
    "refusal.too_many": "K-263",
    "refusal.needs_writer": "K-264",
    "refusal.bad_span": "K-265",
    "refusal.not_yet_held": "K-266",
    "refusal.no_draft": "K-267",
    "refusal.bad_tail": "K-235",
    "refusal.bad_seek": "K-236",
    "media.missing": "K-301",
    "media.partial": "K-302",
    "refusal.withdrawn_course": "K-303",
    "media.disk_full": "K-304",
    "media.centre_lost": "K-305",
    "media.centre_damaged": "K-306",
    "media.not_kept": "K-307",
    "refusal.course_in_use": "K-308",
    "refusal.course_planned": "K-309",
    "media.broken": "K-311",
    "media.no_player": "K-312",
    "op.play.silent": "K-313",
    "media.not_shown": "K-314",
    "handout.broken": "K-321",
    "handout.locked": "K-322",
    "handout.too_large": "K-323",
    "handout.page": "K-324",
    "handout.gone": "K-325",
    "handout.too_many": "K-326",
    "handout.too_hard": "K-327",
    "refusal.needs_device": "K-340",
    "refusal.bad_pieces": "K-341",
    "refusal.bad_bought": "K-342",
    "refusal.no_device": "K-343",
    "refusal.device_out": "K-344",
    "refusal.device_case_open": "K-345",
    "refusal.device_no_case": "K-346",
    "refusal.bad_post": "K-347",
    "stick.not_there": "K-401",
    "stick.gone": "K-402",
    "stick.full": "K-403",
    "stick.read_only": "K-404",
    "stick.strange_folder": "K-405",
    "stick.false_capacity": "K-406",
    "stick.no_recipient": "K-407",
    "stick.no_identity": "K-408",
    "stick.part_too_large": "K-409",
    "stick.nonsense": "K-410",
    "link.silent": "K-502",
    "link.later": "K-503",
    "link.data": "K-504",
    "link.update": "K-505",
    "link.not_allowed": "K-506",
    "link.nonsense": "K-507",
    "link.bad_address": "K-508",
    "link.insecure": "K-509",
    "link.not_that_centre": "K-510",
    "link.not_for_us": "K-511",
    "refusal.not_enrolled": "K-512",
    "refusal.bad_enrol_code": "K-513",
    "refusal.session_open": "K-521",
    "refusal.record_of_another_site": "K-522",
    "first.enrol.unusable": "K-514",
    "wire.too_large": "K-601",
    "wire.unreadable": "K-602",
    "wire.row_unreadable": "K-603",
    "wire.fact_unreadable": "K-604",
    "wire.fact_too_large": "K-605",
    "wire.personal_unreadable": "K-606",
    "command.enrol.how": "K-701",
    "command.os_error": "K-702",
    "demo.centre_refused": "K-703",
    "diagnostics.no_stick": "K-711",
    "notice.recovered_all": "K-801",
    "notice.recovered_some": "K-802",
    "notice.recovered_none": "K-803",
    "notice.copied": "K-811",
    "notice.put_back": "K-812",
    "notice.revoked": "K-813",
    "notice.expired": "K-814",
    "notice.gap": "K-815",
    "notice.clock_bad": "K-816",
    "notice.replaced": "K-817",
    "notice.waiting": "K-818",
    "notice.to_check": "K-819",
    "notice.moved": "K-821",
    "notice.former_waits": "K-822",
    "notice.lacking": "K-831",
    "trouble.store_read_only": "K-118",
    "trouble.store_replaced": "K-119",
    "trouble.key_broken": "K-591",
    "trouble.enrolment_broken": "K-592",
    "notice.key_broken": "K-871",
    "notice.stick_key_broken": "K-872",
    "notice.enrolment_broken": "K-873",
    "notice.enrolment_healed": "K-874",
    "notice.choices_broken": "K-875",
    "notice.copy_mended": "K-876",
    "notice.copy_lacks": "K-877",
    "notice.no_roster": "K-878",
    "notice.set_aside": "K-879",
    "op.apology": "K-900",
    "op.closing": "K-901",
}

_ABOUT_A_SHEET = (
    "answer_nobody answer_not_asked answer_row_twice answer_spelled answer_twice file_unreadable roster_many "
    "row_birth row_cell_error row_cell_formula row_name_odd row_name_several row_number_broken "
    "row_phone row_too_long rows_wrong sheet_bomb sheet_broken sheet_empty sheet_heading_twice "
    "sheet_is_archive sheet_is_document sheet_is_pdf sheet_is_picture sheet_is_xml sheet_locked "
    "sheet_no_header sheet_not_excel sheet_slow sheet_too_large"
).split()
NO_CODE = {
    "refusal.already_signed_in": "good news: they are on the list",
    "link.offline": "the ordinary state of a station",
    "notice.roster_back": "good news: nobody is missing",
    "notice.resumed": "all is as it was",
    "notice.reopened": "all is as it was",
    **{f"roster.{name}": "told with its file and row" for name in _ABOUT_A_SHEET},
}
"""Sentences of the same families that nobody need read out, and why."""

_CODE = re.compile(r"K-\d{3}")
_END = re.compile(r"(?P<end>[。？.?])?$")
_SAYS_WHO = frozenset({"name", "names"})


def code_of(key: str) -> str:
    """The code of a sentence, empty if it has none."""
    return CODES.get(key, "")


def with_codes(words: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The catalogue with each code at the end of its sentence, where it does not stand already."""
    return {
        key: (_put(zh, CODES[key], "（{}）"), _put(en, CODES[key], " ({})"))
        if key in CODES
        else (zh, en)
        for key, (zh, en) in words.items()
    }


def for_log(said: UserError) -> str:
    """An error as the log keeps it: code, key and values, without anybody's name."""
    values = (f"{name}={value}" for name, value in said.values.items() if name not in _SAYS_WHO)
    return " ".join((code_of(said.key), said.key, *values)).strip()


def _put(sentence: str, code: str, brackets: str) -> str:
    if _CODE.search(sentence):
        return sentence
    found = _END.search(sentence)
    end = (found["end"] or "") if found else ""
    return sentence.removesuffix(end) + brackets.format(code) + end
