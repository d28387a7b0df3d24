"""The transport: where the course is, one large button, and everything a key can do too."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionSlider, QWidget

from app.words import say
from ui.parts.layout import column, row, words
from ui.playback.state import PlaybackState
from ui.state.formatting import running_time
from ui.theme import look, tokens
from ui.widgets.fit.button import FitButton
from ui.widgets.fit.label import FitLabel
from ui.widgets.panel import label
from ui.widgets.touch.slider import HandSlider

STEPS = 10_000
NO_RATE = {0.75: "0.75", 1.0: "1.0", 1.25: "1.25", 1.5: "1.5"}


class ProgressSlider(HandSlider):
    """A place touched on the bar is where it goes; ``sought(part)`` with 0.0–1.0 on release."""

    sought = Signal(float)

    def __init__(self) -> None:
        super().__init__(say("op.play.progress"), STEPS)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sliderReleased.connect(lambda: self.sought.emit(self.value() / STEPS))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the finger first."""
        if event.button() == Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            handle = self.style().subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
            )
            span = self.width() - handle.width()
            at = round(event.position().x()) - handle.width() // 2
            self.setValue(QStyle.sliderValueFromPosition(0, STEPS, at, max(span, 1)))
        super().mousePressEvent(event)


class _Figure(FitLabel):
    """What two buttons change, between them: in one line, or in two where it is narrow."""

    def __init__(self, widest: str) -> None:
        super().__init__(ceiling=look.scaled(tokens.OPERATOR.body), lines=2, tight=1.1)
        metrics = QFontMetricsF(look.font(look.scaled(tokens.OPERATOR.body)))
        self._wide = round(max(map(metrics.horizontalAdvance, widest.split()))) + look.scaled(4)
        self.setFixedHeight(look.scaled(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """The longest word."""
        return QSize(self._wide, look.scaled(tokens.CONTROL))


class Transport(QWidget):
    """Buttons for what the keys do; whoever owns it connects them."""

    def __init__(self) -> None:
        super().__init__()
        self.title = words("", "title")
        self.standing = label("", "caption")
        self.elapsed = label("0:00", "digits")
        self.remaining = label("0:00", "digits")
        self.slider = ProgressSlider()
        self.slider.setMinimumHeight(look.scaled(tokens.TARGET))
        self.back = FitButton(say("op.play.back_10"), icon="rewind")
        self.on = FitButton(say("op.play.on_10"), icon="forward")
        self.main = FitButton(say("op.play.pause"), icon="pause", main=True)
        self.undo = FitButton("", icon="undo")
        self.freeze = _toggle("op.play.freeze", "still")
        self.black = _toggle("op.play.black_key", "black")
        self.subtitles = _toggle("op.play.subtitles", "subtitles")
        self.letters = FitButton("")
        self.mute = _toggle("op.play.mute", "mute")
        self.slower, self.faster = FitButton("−"), FitButton("+")
        self.softer, self.louder = FitButton("−"), FitButton("+")
        for button, key in (
            (self.slower, "slower"), (self.faster, "faster"),
            (self.softer, "softer"), (self.louder, "louder"),
        ):  # fmt: skip
            button.setAccessibleName(say(f"op.play.{key}"))
            button.setToolTip(say(f"op.play.{key}"))
        self.rate = _Figure(say("op.play.rate", rate=NO_RATE[1.25]))
        self.volume = _Figure(say("op.play.volume", percent=100))
        for button in (self.slower, self.faster, self.softer, self.louder):
            button.setFixedWidth(look.scaled(tokens.CONTROL))
        self._moves = row(self.back, self.on)
        keys = row(self.freeze, self.black, self.subtitles, self.mute)
        steps = row(
            _around(self.slower, self.rate, self.faster),
            self.letters,
            _around(self.softer, self.volume, self.louder),
        )
        for line, shares in ((self._moves, (2, 2)), (keys, (3, 3, 4, 3)), (steps, (3, 2, 3))):
            for at, share in enumerate(shares):
                line.setStretch(at, share)
        self.take_main()
        rows = (
            column(
                row(self.title),
                row(
                    label(say("op.play.elapsed"), "caption"), self.elapsed, None, self.standing,
                    self.undo, None, self.remaining, label(say("op.play.remaining"), "caption"),
                ),
                self.slider,
                self._moves,
                keys,
                steps,
            )
        )  # fmt: skip
        rows.setSpacing(tokens.GAP)
        self.setLayout(rows)

    def take_main(self) -> None:
        """The one large button stands here, between the way back and the way on."""
        self._moves.insertWidget(1, self.main, 5)

    def show_playback(self, state: PlaybackState, main: str, icon: str) -> None:
        """Show where the course is, and the word of the one large button."""
        self.title.setText(state.course.title if state.course else say("op.play.nothing"))
        self.standing.setText(_standing(state))
        self.elapsed.setText(running_time(state.position_ms))
        self.remaining.setText(running_time(state.remaining_ms))
        if not self.slider.isSliderDown():
            self.slider.setValue(state.position_ms * STEPS // max(state.duration_ms, 1))
        self.main.say(main, icon=icon)
        self.undo.setVisible(state.undo_to_ms is not None)
        self.standing.setVisible(state.undo_to_ms is None)
        if state.undo_to_ms is not None:
            self.undo.say(say("op.play.undo_seek", at=running_time(state.undo_to_ms)))
        has_subtitle = state.course is None or state.course.subtitle is not None
        self.subtitles.say(say("op.play.subtitles" if has_subtitle else "op.play.no_subtitles"))
        self.subtitles.setChecked(state.subtitles and has_subtitle)
        self.letters.setEnabled(has_subtitle)
        self.freeze.setChecked(state.frozen)
        self.black.setChecked(state.black)
        self.mute.setChecked(state.muted)
        self.rate.show_text(say("op.play.rate", rate=NO_RATE[state.rate]))
        self.volume.show_text(
            say("op.play.muted") if state.muted else say("op.play.volume", percent=state.volume)
        )


def _around(less: FitButton, figure: _Figure, more: FitButton) -> QHBoxLayout:
    made = row(less, figure, more, gap=4)
    made.setStretch(1, 1)
    return made


def _toggle(key: str, icon: str) -> FitButton:
    return FitButton(say(key), icon=icon, checkable=True)


def _standing(state: PlaybackState) -> str:
    if state.black:
        return say("op.play.black")
    if state.frozen:
        return say("op.play.frozen")
    if state.opening:
        return say("op.play.opening")
    if state.course is None:
        return ""
    if state.ended:
        return say("op.play.ended", title=state.course.title)
    if state.session is None:
        return say("op.play.look")
    return say("op.play.playing" if state.playing else "op.play.paused")
