"""What the shelf of books shows."""

from __future__ import annotations

from app.areas.forms.form import Form
from app.areas.sessions.views import SessionView
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ShelfState:
    """The books of a month, and the one that is open; months newest first."""

    months: tuple[str, ...] = ()
    month: str = ""
    forms: tuple[Form, ...] = ()
    chosen: str = ""
    """Name of the file of the form that is open: two classes have the same form."""
    private: Form | None = None
    """The visit list while it is open: for the secretary alone."""
    behind: tuple[SessionView, ...] | None = None
    """The sessions behind the figure that was touched; None while nobody asks."""

    @property
    def form(self) -> Form | None:
        """The form that is open."""
        listed = next((one for one in self.forms if one.file_name == self.chosen), None)
        return self.private or listed

    @property
    def may_go_back(self) -> bool:
        """Whether an earlier month has books."""
        return self.month in self.months[:-1]

    @property
    def may_go_on(self) -> bool:
        """Whether a later month has books."""
        return self.month in self.months[1:]
