"""Which ranking somebody asked for: whose votes, of when, under which filters. Small enough for a button."""

from dataclasses import dataclass, field
from typing import Literal

from bot.catalogue import Filters
from bot.catalogue.stored_filters import decode_filters, encode_filters
from bot.errors import UserError
from bot.languages import _

Scope = Literal["this server", "everywhere", "editors"]
Window = Literal["all time", "30 days", "7 days"]

DAYS: dict[Window, int | None] = {"all time": None, "30 days": 30, "7 days": 7}
# The lists that `/montage top` shows: duels and votes are two rankings, with one command to ask.
TOP, DUELS = "top-montages", "top-duels"
# How far back the arrows of movement look.
A_WEEK = 7

# Stored in buttons: a code once given is never given to anything else.
_SCOPE_CODES: dict[Scope, str] = {"this server": "0", "everywhere": "1", "editors": "2"}
_WINDOW_CODES: dict[Window, str] = {"all time": "0", "30 days": "1", "7 days": "2"}


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
        """At most 55 characters for a custom id: a code for the scope, one for the window, the filters."""
        return f"{_SCOPE_CODES[self.scope]}{_WINDOW_CODES[self.window]}{encode_filters(self.filters)}"

    @classmethod
    def decode(cls, text: str) -> "Board":
        """The board that `encode` wrote, of this version or an older one. Raises UserError for any other text."""
        scopes = [scope for scope, code in _SCOPE_CODES.items() if code == text[:1]]
        windows = [window for window, code in _WINDOW_CODES.items() if code == text[1:2]]
        if not scopes or not windows:
            raise UserError(
                _("I can't read that ranking's button any more. Ask for it again with the command, please.")
            )
        return cls(scope=scopes[0], window=windows[0], filters=decode_filters(text[2:]))


def spans(today: int, days: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """(first, last) of the `days` up to `today`, all counted like it, and of the days to compare them with:
    the same without the last week; of a single week the one before.
    """
    first, end = today - days + 1, today - A_WEEK
    return (first, today), (first if first <= end else end - days + 1, end)
