"""The ring of pictures, driven through the very callbacks libvlc is given."""

from __future__ import annotations

import ctypes

from hypothesis import given
from hypothesis import strategies as st

from app.player.frames import BUFFERS, Frame, FrameRing


class Drawer:
    """Calls the ring as libvlc does: format, lock, draw, display."""

    def __init__(self, ring: FrameRing) -> None:
        self.lock, self.display, self.form, self.cleanup = ring.callbacks
        self.height = self.pitch = 0

    def agree(self, width: int, height: int) -> tuple[int, int]:
        chroma = ctypes.create_string_buffer(b"I420", 4)
        opaque, number = ctypes.c_void_p(), ctypes.c_uint
        sizes = [number(width), number(height), number(), number()]
        count = self.form(
            ctypes.byref(opaque), ctypes.addressof(chroma), *(ctypes.byref(one) for one in sizes)
        )
        assert count == BUFFERS
        assert chroma.raw == b"RV32"
        self.height, self.pitch = sizes[1].value, sizes[2].value
        assert self.pitch % 32 == 0
        assert sizes[3].value >= self.height
        return sizes[0].value, sizes[1].value

    def begin(self) -> tuple[int, int]:
        planes = (ctypes.c_void_p * 3)()
        picture = self.lock(None, planes)
        assert picture, "never nothing"
        assert planes[0] is not None
        assert planes[0] % 32 == 0
        return picture, planes[0]

    def show(self, value: int) -> None:
        picture, address = self.begin()
        ctypes.memset(address, value, self.pitch * self.height)
        self.display(None, picture)


def ring_with(width: int = 64, height: int = 36) -> tuple[FrameRing, Drawer, list[None]]:
    wakes: list[None] = []
    ring = FrameRing(lambda: wakes.append(None), lambda: None)
    ring.admit(1)
    ring.expect(width, height, 1)
    return ring, Drawer(ring), wakes


def content(frame: Frame) -> set[int]:
    return set(bytes(memoryview(frame.buffer)[: frame.pitch * frame.height]))


def taken(ring: FrameRing) -> Frame:
    frame = ring.take()
    assert frame is not None
    return frame


@given(st.lists(st.sampled_from(["show", "take", "agree", "half"]), max_size=60))
def test_what_was_taken_stays_whole_until_the_next_take(steps: list[str]) -> None:
    ring, drawer, _ = ring_with()
    drawer.agree(64, 40)
    held: tuple[Frame, int] | None = None
    value = 0
    for step in steps:
        if step == "show":
            value = value % 255 + 1
            drawer.show(value)
        elif step == "half":
            _, address = drawer.begin()
            ctypes.memset(address, 0, drawer.pitch * drawer.height)
        elif step == "agree":
            drawer.agree(64, 40)
        else:
            frame = ring.take()
            if frame is not None:
                assert content(frame) == {value}, "the newest that was shown, nothing older"
                held = (frame, value)
        if held is not None:
            assert content(held[0]) == {held[1]}


def test_the_picture_on_the_screen_is_never_drawn_over() -> None:
    ring, drawer, _ = ring_with()
    drawer.agree(64, 36)
    drawer.show(200)
    held = taken(ring)
    for value in range(1, BUFFERS * 3):
        drawer.show(value)
        assert content(held) == {200}


def test_one_wake_until_somebody_takes() -> None:
    ring, drawer, wakes = ring_with()
    drawer.agree(64, 36)
    for value in (1, 2, 3, 4, 5, 6):
        drawer.show(value)
    assert len(wakes) == 1
    assert content(taken(ring)) == {6}
    assert ring.take() is None
    drawer.show(7)
    assert len(wakes) == 2


def test_a_clip_nobody_took_from_does_not_silence_the_next() -> None:
    ring, drawer, wakes = ring_with()
    drawer.agree(64, 36)
    drawer.show(1)
    ring.admit(2)
    ring.expect(64, 36, 2)
    drawer.agree(64, 36)
    drawer.show(2)
    assert len(wakes) == 2
    assert content(taken(ring)) == {2}


def test_a_late_picture_of_a_stopped_clip_is_not_given_out() -> None:
    ring, drawer, _ = ring_with()
    drawer.agree(64, 36)
    ring.admit(2)
    drawer.show(1)
    assert ring.take() is None


def test_the_visible_size_of_the_course_is_agreed_and_not_the_padded_one() -> None:
    _, drawer, _ = ring_with(1280, 720)
    assert drawer.agree(1280, 738) == (1280, 720)


def test_without_a_known_size_the_smallest_that_libvlc_names_is_the_visible_one() -> None:
    _, drawer, _ = ring_with(0, 0)
    assert drawer.agree(1280, 720) == (1280, 720)
    assert drawer.agree(1280, 738) == (1280, 720)


def test_another_size_of_the_next_clip_leaves_the_held_picture_alone() -> None:
    ring, drawer, _ = ring_with()
    drawer.agree(64, 36)
    drawer.show(9)
    held = taken(ring)
    ring.expect(128, 72, 1)
    drawer.agree(128, 72)
    for value in range(BUFFERS * 2):
        drawer.show(value)
    assert content(held) == {9}
    assert (taken(ring).width, held.width) == (128, 64)


def test_a_taken_picture_outlives_the_release_of_the_ring() -> None:
    ring, drawer, _ = ring_with()
    drawer.agree(64, 36)
    drawer.show(5)
    held = taken(ring)
    ring.release()
    assert ring.take() is None
    assert content(held) == {5}


def test_serials_grow() -> None:
    ring, drawer, _ = ring_with()
    drawer.agree(64, 36)
    drawer.show(1)
    first = taken(ring).serial
    drawer.show(2)
    assert taken(ring).serial > first
