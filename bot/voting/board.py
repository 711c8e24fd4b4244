"""Which ranking somebody asked for: whose votes, of when, under which filters. Small enough for a button."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.catalogue import Filters

Scope = Literal["this server", "everywhere", "editors"]
Window = Literal["all time", "30 days", "7 days"]

DAYS: dict[Window, int | None] = {"all time": None, "30 days": 30, "7 days": 7}
# The list that `/montage top by:duels` shows; duels and votes are two rankings, with one command to ask.
DUELS = "top-duels"
# How far back the arrows of movement look.
A_WEEK = 7

_SCOPES: tuple[Scope, ...] = get_args(Scope)
_WINDOWS: tuple[Window, ...] = get_args(Window)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One ranking."""

    scope: Scope = "this server"
    window: Window = "all time"
    filters: Filters = field(default_factory=Filters)

    @property
    def days(self) -> int | None:
        """How many days of votes count, today's included; None: all."""
        return DAYS[self.window]

    def encode(self) -> str:
        """At most 54 characters for a custom id: a digit for the scope, one for the window, the filters."""
        return f"{_SCOPES.index(self.scope)}{_WINDOWS.index(self.window)}{self.filters.encode()}"

    @classmethod
    def decode(cls, text: str) -> "Board":
        """The board that `encode` wrote; the plain one for a text that it did not write."""
        try:
            scope, window = _SCOPES[int(text[0])], _WINDOWS[int(text[1])]
        except (ValueError, IndexError):
            return cls()
        return cls(scope=scope, window=window, filters=Filters.decode(text[2:]))


def spans(today: int, days: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """(first, last) of the `days` up to `today`, all counted like it, and of the days to compare them with:
    the same without the last week; of a single week the one before.
    """
    first, end = today - days + 1, today - A_WEEK
    return (first, today), (first if first <= end else end - days + 1, end)
