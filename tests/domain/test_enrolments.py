"""What an enrolment makes of a PC's record: it stays, goes on under a new id, or is closed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.enrolments import Change, EnrolledAt, change_of

HERE = EnrolledAt(b"key", "centre", "site", "石门村")

places = st.builds(
    EnrolledAt,
    st.sampled_from([b"key", b"other key"]),
    st.sampled_from(["centre", "made again"]),
    st.sampled_from(["site", "another"]),
    st.sampled_from(["石门村", " 石门村 ", "柳沟村"]),
)


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (None, Change.STAYS),
        (HERE, Change.STAYS),
        # The same site under another name, or of a centre that began its books anew: as it was.
        (EnrolledAt(b"key", "centre", "site", "石门"), Change.STAYS),
        (EnrolledAt(b"key", "made again", "site", "石门村"), Change.STAYS),
        # The village was made anew by a centre that lost its books; written forms do not count.
        (EnrolledAt(b"key", "made again", "new id", "石门村"), Change.MADE_ANEW),
        (EnrolledAt(b"key", "made again", "new id", " 石门村"), Change.MADE_ANEW),
        # Another village, another county, or the same books with two sites of one name.
        (EnrolledAt(b"key", "made again", "new id", "柳沟村"), Change.MOVED),
        (EnrolledAt(b"key", "centre", "new id", "石门村"), Change.MOVED),
        (EnrolledAt(b"other key", "made again", "new id", "石门村"), Change.MOVED),
        (EnrolledAt(b"other key", "centre", "site", "石门村"), Change.MOVED),
    ],
)
def test_what_becomes_of_the_record(after: EnrolledAt | None, change: Change) -> None:
    assert change_of(HERE, after) is change


@given(st.none() | places)
def test_a_record_that_was_no_sites_goes_with_the_first(after: EnrolledAt | None) -> None:
    assert change_of(None, after) is Change.STAYS


@given(places, places)
def test_no_fact_goes_to_another_key_unless_a_person_says_it_is_this_village(
    before: EnrolledAt, after: EnrolledAt
) -> None:
    said = change_of(before, after, same_village=True)
    assert said is not Change.MOVED
    assert (said is Change.STAYS) == (change_of(before, after) is Change.STAYS)
    if before.centre_key != after.centre_key:
        assert change_of(before, after) is Change.MOVED
