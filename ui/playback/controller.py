"""Plays the courses of a session: one player, what the room saw of each course, and the keys.

Knows no widget and no thread: the player answers through observations, the store
through ``Jobs``, and time comes in as monotonic ms. A play is full by what was really shown; where
the player says "ended" too soon the file's own bytes tell whether it is broken.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.areas.courses.course import Course
from app.areas.playback.plays import BOOKMARK_EVERY_MS, RATES, Coverage, PlayOutcome, is_full_play
from app.domain.errors import MediaTrouble, UserError
from app.domain.ids import PlayId, SessionId
from app.ports.player import Clip, Observation, Player, PlayerEvent
from app.words import say, say_error
from app.words.codes import code_of
from ui.jobs.protocols import Jobs
from ui.playback.state import CurrentPlay, PlaybackListener, PlaybackState

if TYPE_CHECKING:
    from app.usecases.station import Station

SEEK_UNDO_MS = 10_000
SECOND_PRESS_MS = 2_000
VOLUME_STEP = 5
SILENCE_MS = 15_000
"""A player that gives no sign for so long after a load is not going to."""
STOP_BEFORE_END_MS = 1_000
"""A seek goes no nearer to the end than this, so that the end is really played."""

_log = logging.getLogger("ui.playback")


class PlaybackController:
    """One for the program; GUI thread only. ``tick`` wants to be called 4 times a second."""

    def __init__(
        self,
        station: Station,
        jobs: Jobs,
        player: Player,
        listener: PlaybackListener,
        mono_ms: Callable[[], int],
    ) -> None:
        self._station, self._jobs, self._player = station, jobs, player
        self._listener, self._mono_ms = listener, mono_ms
        self._run: CurrentPlay | None = None
        self._undo_until_ms = self._armed_until_ms = 0
        self._held_playing, self._evens, self._asking = False, True, 0
        self.state = PlaybackState()
        player.listen(self._on_observed)

    # --- beginning and ending -------------------------------------------------

    def open(self, session: SessionId | None, course: Course) -> None:
        """Ask once whether to go on from last time if there is reason to; else begin."""
        self.stop()
        self._asking += 1
        asking = self._asking
        self._show(
            session=session, course=None, asked=course, resume_ms=None, opening=True, trouble=""
        )

        def offered(position_ms: int | None) -> None:
            if asking != self._asking:
                return
            if position_ms is None:
                self.begin(0)
            else:
                self._show(opening=False, resume_ms=position_ms)

        self._jobs.store(
            lambda: self._station.playback.resume_offer(session, course.id), offered, self._refused
        )

    def begin(self, from_ms: int) -> None:
        """Play the course that was asked for, from ``from_ms`` on."""
        course, session = self.state.asked, self.state.session
        if course is None:
            return
        self._show(opening=True, resume_ms=None)
        asking, evened = self._asking, self._evens

        def job() -> tuple[Clip, PlayId]:
            clip = self._station.playback.clip(course.id, evened=evened)
            return clip, self._station.playback.started(session, course.id, from_ms)

        def ready(opened: tuple[Clip, PlayId]) -> None:
            if asking == self._asking:
                self._load(course, opened[0], opened[1], from_ms)
            else:
                self._end_in_store(opened[1], PlayOutcome.STOPPED, from_ms, Coverage())

        self._jobs.store(job, ready, self._refused)

    def stop(self) -> None:
        """End what plays, if anything; its position is kept for a resume."""
        self._asking += 1
        if self._run is not None:
            self._finish(PlayOutcome.STOPPED)
            self._player.stop()
        self._show(
            course=None, asked=None, resume_ms=None, opening=False, playing=False,
            ended=False, position_ms=0, frozen=False, black=False, undo_to_ms=None, armed=0,
        )  # fmt: skip

    def dismiss(self) -> None:
        """The question or the sentence has been read."""
        self._asking += 1
        self._show(asked=None, resume_ms=None, opening=False, trouble="")

    # --- while it plays ---------------------------------------------------------

    def toggle(self) -> None:
        """Pause or go on; leaves freeze and black first."""
        if not self.state.is_on:
            return
        if self.state.playing:
            self.pause()
        else:
            self._show(frozen=False, black=False)
            self._player.play()

    def pause(self) -> None:
        """Hold picture and sound; harmless when nothing plays."""
        # Who pauses behind a black screen means it: what comes back is not the moving picture.
        self._held_playing = False
        if self._run is not None and self.state.is_on:
            self._player.pause()
            self._run.coverage.pause()
            self._show(playing=False)
            self._bookmark()

    def seek_by(self, step_ms: int) -> None:
        """Jump relative to where the picture is."""
        if self.state.is_on:
            self.seek(self._player.position_ms() + step_ms)

    def seek(self, position_ms: int) -> None:
        """Jump; one key leads back for 10 s."""
        if not self.state.is_on:
            return
        now_ms = self._mono_ms()
        origin = self.state.undo_to_ms
        if origin is None or now_ms >= self._undo_until_ms:
            origin = self._player.position_ms()
        self._undo_until_ms = now_ms + SEEK_UNDO_MS
        self._jump(position_ms, undo_to_ms=origin)

    def undo_seek(self) -> None:
        """Back to where the picture was before the last seeks."""
        origin = self.state.undo_to_ms
        if origin is not None and self.state.is_on:
            self._jump(origin, undo_to_ms=None)

    def step_rate(self, step: int) -> None:
        """Slower (-1), faster (+1) or back to normal (0)."""
        at = RATES.index(self.state.rate) + step if step else RATES.index(1.0)
        self.set_rate(RATES[min(max(at, 0), len(RATES) - 1)])

    def set_rate(self, rate: float) -> None:
        """One of ``RATES``; for this course only."""
        if self.state.is_on:
            self._player.set_rate(rate)
            self._show(rate=rate)

    def step_volume(self, step: int) -> None:
        """Louder or softer by 5 %."""
        self.set_volume(self.state.volume + step * VOLUME_STEP)

    def set_volume(self, percent: int) -> None:
        """0–100; also ends muting."""
        self._show(volume=min(max(percent, 0), 100), muted=False)
        self._player.set_volume(self.state.volume)

    def even_out(self, *, on: bool) -> None:
        """Whether courses are made as loud as each other, also the one that is on."""
        self._evens, course = on, self.state.course
        if course is not None:
            self._player.set_gain(course.evened_db if on else 0.0)

    def toggle_mute(self) -> None:
        """Sound off or as it was."""
        muted = not self.state.muted
        self._player.set_volume(0 if muted else self.state.volume)
        self._show(muted=muted)

    def toggle_subtitles(self) -> None:
        """Show or hide the subtitle."""
        shown = not self.state.subtitles
        self._player.set_subtitles(shown)
        self._show(subtitles=shown)

    def toggle_freeze(self) -> None:
        """Hold the picture for the room; the course waits meanwhile."""
        self._cover(frozen=not self.state.frozen, black=False)

    def toggle_black(self) -> None:
        """Black for the room; the course waits meanwhile."""
        self._cover(frozen=False, black=not self.state.black)

    def uncover(self) -> None:
        """Leave freeze or black; never stops a course."""
        if self.state.frozen or self.state.black:
            self._cover(frozen=False, black=False)

    def arm(self, step: int) -> bool:
        """A clicker's page key: True only at the second press within 2 s."""
        now_ms = self._mono_ms()
        if self.state.armed == step and now_ms < self._armed_until_ms:
            self._show(armed=0)
            return True
        self._armed_until_ms = now_ms + SECOND_PRESS_MS
        self._show(armed=step)
        return False

    def tick(self) -> None:
        """Time has passed: follow the position, bookmark every 5 s, let offers lapse."""
        now_ms = self._mono_ms()
        changes: dict[str, object] = {}
        if self.state.undo_to_ms is not None and now_ms >= self._undo_until_ms:
            changes["undo_to_ms"] = None
        if self.state.armed and now_ms >= self._armed_until_ms:
            changes["armed"] = 0
        if self.state.playing and self._run is not None:
            changes["position_ms"] = self._player.position_ms()
            if now_ms - self._run.bookmarked_ms >= BOOKMARK_EVERY_MS:
                self._bookmark()
        if changes:
            self._show(**changes)
        run = self._run
        if run is not None and not run.began and now_ms - run.bookmarked_ms > SILENCE_MS:
            self.stop()
            self._show(trouble=say("op.play.silent"))

    # --- inside -------------------------------------------------------------------

    def _load(self, course: Course, clip: Clip, play: PlayId, from_ms: int) -> None:
        try:
            generation = self._player.load(clip, start_ms=from_ms)
        except UserError as said:
            self._end_in_store(play, PlayOutcome.STOPPED, from_ms, Coverage())
            self._refused(said)
            return
        self._player.set_rate(1.0)
        self._player.set_volume(0 if self.state.muted else self.state.volume)
        self._player.set_subtitles(self.state.subtitles)
        self._run = CurrentPlay(play, generation, Coverage(), self._mono_ms())
        self._show(
            course=course, asked=None, opening=False, playing=False, ended=False, rate=1.0,
            position_ms=from_ms, frozen=False, black=False, undo_to_ms=None, trouble="",
        )  # fmt: skip

    def _on_observed(self, seen: Observation) -> None:
        run = self._run
        if run is None or seen.generation != run.generation:
            return
        run.began = True
        if seen.event is PlayerEvent.PLAYING:
            run.coverage.begin(seen.position_ms, seen.mono_ms)
            self._show(playing=True, position_ms=seen.position_ms)
        elif seen.event is PlayerEvent.POSITION:
            if self.state.playing:
                run.coverage.sample(seen.position_ms, seen.mono_ms, self.state.rate)
            self._show(position_ms=seen.position_ms)
        elif seen.event is PlayerEvent.PAUSED:
            run.coverage.pause()
            self._show(playing=False)
        elif seen.event is PlayerEvent.ENDED:
            self._on_ended(run, seen)
        elif seen.event is PlayerEvent.UNAVAILABLE:
            self._on_no_player()
        else:
            self._on_broken()

    def _on_no_player(self) -> None:
        """This PC can't play at all: that says nothing about the course's file."""
        _log.info("%s: no player here", code_of("media.no_player"))
        self._finish(PlayOutcome.STOPPED)
        self._player.stop()
        self._off(say("media.no_player"))

    def _on_ended(self, run: CurrentPlay, seen: Observation) -> None:
        course, duration_ms = self.state.course, self.state.duration_ms
        if course is None:
            return
        rate = self.state.rate
        as_long = run.coverage.end(duration_ms, seen.mono_ms, rate)
        self._run = None
        self._show(position_ms=duration_ms, playing=False, ended=True, undo_to_ms=None)
        if as_long:
            self._settle(run, duration_ms, duration_ms)
            return

        def looked_at(right: bool) -> None:
            if right:
                self._settle(run, run.coverage.believe_end(duration_ms, rate), duration_ms)
            else:
                reached_ms = run.coverage.reached_ms
                self._end_in_store(run.play, PlayOutcome.BROKEN, reached_ms, run.coverage)
                self._told_broken(course, "media.broken")

        self._jobs.store(
            lambda: self._station.playback.file_is_right(course.id), looked_at, self._refused
        )

    def _settle(self, run: CurrentPlay, length_ms: int, duration_ms: int) -> None:
        full = is_full_play(run.coverage.shown(), length_ms)
        outcome = PlayOutcome.FULL if full else PlayOutcome.STOPPED
        self._end_in_store(run.play, outcome, duration_ms, run.coverage)

    def _on_broken(self) -> None:
        course = self.state.course
        if course is None:
            return
        self._finish(PlayOutcome.BROKEN)
        self._player.stop()
        self._show(playing=False)
        self._jobs.store(
            lambda: self._station.playback.report_broken(course.id),
            lambda why: self._told_broken(course, why),
            self._refused,
        )

    def _told_broken(self, course: Course, why: str) -> None:
        _log.info("%s: course %s", code_of(why), course.id)
        if self.state.course == course:
            self._off(say(why, title=course.title))
        self._listener.unplayable(course.id)

    def _off(self, trouble: str) -> None:
        self._show(
            course=None, playing=False, ended=False, position_ms=0, undo_to_ms=None,
            frozen=False, black=False, trouble=trouble,
        )  # fmt: skip

    def _finish(self, outcome: PlayOutcome) -> None:
        run, self._run = self._run, None
        if run is not None:
            self._end_in_store(run.play, outcome, self._position_ms(), run.coverage)

    def _end_in_store(
        self, play: PlayId, outcome: PlayOutcome, position_ms: int, coverage: Coverage
    ) -> None:
        shown = coverage.shown()
        self._jobs.store(
            lambda: self._station.playback.ended(play, outcome, position_ms, shown),
            lambda _none: None,
            self._refused,
        )

    def _bookmark(self) -> None:
        run = self._run
        if run is None:
            return
        run.bookmarked_ms = self._mono_ms()
        play, position_ms, shown = run.play, self._position_ms(), run.coverage.shown()
        self._jobs.store(
            lambda: self._station.playback.bookmark(play, position_ms, shown),
            lambda _none: None,
            self._refused,
        )

    def _position_ms(self) -> int:
        return min(self.state.position_ms, self.state.duration_ms)

    def _jump(self, position_ms: int, *, undo_to_ms: int | None) -> None:
        last_ms = max(self.state.duration_ms - STOP_BEFORE_END_MS, 0)
        position_ms = min(max(position_ms, 0), last_ms)
        if self._run is not None:
            self._run.coverage.pause()
        self._player.seek(position_ms)
        self._show(position_ms=position_ms, undo_to_ms=undo_to_ms)
        self._bookmark()

    def _cover(self, *, frozen: bool, black: bool) -> None:
        was_covered = self.state.frozen or self.state.black
        covered = frozen or black
        if covered and not was_covered:
            was_playing = self.state.playing
            self.pause()
            self._held_playing = was_playing
        self._show(frozen=frozen, black=black)
        if was_covered and not covered and self._held_playing and self.state.is_on:
            self._player.play()

    def _refused(self, said: UserError) -> None:
        asked = self.state.asked
        self._show(opening=False, asked=None, resume_ms=None, trouble=say_error(said))
        if isinstance(said, MediaTrouble) and asked is not None:
            self._listener.unplayable(asked.id)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._listener.playback_changed(self.state)
