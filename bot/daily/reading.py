"""What people type about the daily post, read or refused with a sentence that says how to write it."""

from datetime import date

from bot import clock
from bot.daily import typed_dates, typed_rhythms
from bot.daily.rhythm import MOST_DAYS, Rhythm
from bot.daily.typed_times import read_time
from bot.daily.typed_zones import ZoneOffer, matching_zones, meanings, zone_label, zone_named
from bot.errors import UserError
from bot.languages import _, listed
from bot.ui.text import clean, cut, escape, quoted

# Characters of what was typed that are said back, and zones that are offered in words.
_TYPED_AT_MOST, _OFFERS_IN_WORDS = 60, 5


def _said(typed: str) -> str:
    return quoted(escape(cut(clean(typed), _TYPED_AT_MOST)))


def _as_code(examples: list[str]) -> str:
    return listed((f"`{example}`" for example in examples), either=True)


def minute_of(typed: str) -> int:
    """The minute of the day that somebody typed. Raises UserError."""
    minute = read_time(typed)
    if minute is None:
        raise UserError(
            _("{said} is no time I can set a clock by. Write it like `18:30` or `6:30 pm`.", said=_said(typed))
        )
    return minute


def zone_typed(typed: str) -> str:
    """The time zone that somebody typed, as it is stored. Raises UserError, with what it may mean."""
    zone = zone_named(typed)
    if zone is not None:
        return zone
    said = _said(typed)
    meant = [ZoneOffer(zone) for zone in meanings(typed)]
    offers = meant or (matching_zones(typed, _OFFERS_IN_WORDS) if typed.strip() else [])
    if not offers:
        raise UserError(
            _(
                "I know no time zone like {said}. Try a big city near you, like Paris, Mumbai or Lima, or `UTC+2`.",
                said=said,
            )
        )
    now = clock.moment(clock.now())
    asked = _("{said} is more than one clock.", said=said)
    if not meant:
        asked = _("I know no time zone called {said}.", said=said)
    which = _("Which one is yours?") if len(offers) > 1 else _("Is it this one?")
    lines = "\n".join(f"- {escape(zone_label(offer, now))}" for offer in offers)
    raise UserError(
        _("{asked} {which} Type its name as it stands here:\n{lines}", asked=asked, which=which, lines=lines)
    )


def rhythm_typed(typed: str) -> Rhythm:
    """The rhythm that somebody typed. Raises UserError."""
    rhythm = typed_rhythms.read_rhythm(typed)
    if rhythm is None:
        raise UserError(
            _(
                "{said} is no rhythm I can train to. Write it like {examples} ({most_days} at most).",
                said=_said(typed),
                examples=_as_code(typed_rhythms.rhythm_examples()),
                most_days=MOST_DAYS,
            )
        )
    return rhythm


def date_typed(typed: str, today: date) -> date:
    """The day ahead that somebody typed. Raises UserError."""
    day = typed_dates.read_date(typed, today)
    if day is None:
        raise UserError(
            _(
                "{said} is no day ahead that I can be sure of. Write it like {examples}; a year from now is the "
                "furthest.",
                said=_said(typed),
                examples=_as_code(typed_dates.date_examples(today)),
            )
        )
    return day
