"""How the week in montages looks. No I/O, no decisions."""

from collections.abc import Iterator
from datetime import date

import discord

from bot.catalogue import Montage
from bot.daily.week import Mover, Week
from bot.languages import N_, _, ngettext, numeral
from bot.ui.components import ActionRow, Container, Separator, TextDisplay
from bot.ui.dates import spoken
from bot.ui.lists import OpenSelect
from bot.ui.text import clip_shown, montage_label, montage_line
from bot.ui.theme import GOLD, build_layout
from bot.voting import Ranked

# Each line is cut to this: a dozen of them and the headings stay within one message.
_LINE_AT_MOST = 220


def week_heading(day: date) -> str:
    """Above the card; the bot knows its own post by it."""
    return _("### The week in montages, up to {spoken}", spoken=spoken(day))


def week_card(week: Week) -> discord.ui.LayoutView:
    """The whole card: what was loved, what moved, what is new, who won; and a way to open each."""
    container = Container(accent_colour=GOLD)
    parts = list(_parts(week)) or [_(_QUIET)]
    for number, part in enumerate(parts):
        if number:
            container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
        container.add_item(TextDisplay(part))
    if entries := _entries(week):
        container.add_item(ActionRow(OpenSelect("week", entries)))
    return build_layout(TextDisplay(week_heading(week.day)), container)


_QUIET = N_(
    "A quiet week: no votes, nothing new, everybody resting between sets. Somebody has to run up the stairs first: "
    "`/montage random`."
)


def _parts(week: Week) -> Iterator[str]:
    if week.champion is not None:
        yield _("🏆 **Champion of the bracket**\n{named}", named=_named(week.champion))
    if week.favourites:
        yield "\n".join([_("🔥 **Loved most this week**"), *(_favourite(m, r) for m, r in week.favourites)])
    if week.movers:
        yield "\n".join([_("📈 **On the move**"), *(_moved(montage, mover) for montage, mover in week.movers)])
    if week.suggested.shown:
        lines = [_("💡 **New, and waiting for your vote**"), *(f"- {_named(m)}" for m in week.suggested.shown)]
        more = week.suggested.total - len(week.suggested.shown)
        if more > 0:
            lines.append(
                ngettext(
                    "-# {number} more is in `/suggestions list`.",
                    "-# {number} more are in `/suggestions list`.",
                    more,
                )
            )
        yield "\n".join(lines)


def _favourite(montage: Montage, ranked: Ranked[str]) -> str:
    return _(
        "{named}\n-# 🔥 {up} · 🧊 {down} in seven days",
        named=_named(montage),
        up=numeral(ranked.up),
        down=numeral(ranked.down),
    )


def _moved(montage: Montage, mover: Mover) -> str:
    arrow = "▲" if mover.climbed > 0 else "▼"
    return ngettext(
        "{montage}\n-# {arrow} {number} place, now number {rank} here",
        "{montage}\n-# {arrow} {number} places, now number {rank} here",
        abs(mover.climbed),
        montage=_named(montage),
        arrow=arrow,
        rank=numeral(mover.rank),
    )


def _named(montage: Montage) -> str:
    return clip_shown(montage_line(montage), _LINE_AT_MOST)


def _entries(week: Week) -> list[tuple[str, str]]:
    told = [
        *([week.champion] if week.champion else []),
        *(montage for montage, _more in week.favourites),
        *(montage for montage, _more in week.movers),
        *week.suggested.shown,
    ]
    return [(montage_label(montage), identity) for identity, montage in {m.id: m for m in told}.items()]
