"""How a duel looks, and a row of the ranking that duels make. No I/O, no decisions."""

import discord

from bot.catalogue import Montage
from bot.duels.standings import Standing
from bot.duels.store import Duel
from bot.ui.components import ActionRow, Container, Item, Section, TextDisplay
from bot.ui.text import capital, count, escape, title
from bot.ui.theme import GOLD, build_layout, colour_of
from bot.voting import FEW_VOTES

# An interval as narrow as this says more than "somewhere between".
_TELLING = 0.4


def duel_view(
    duel: Duel,
    sides: tuple[Montage, Montage],
    choose: tuple[Item, Item, Item],
    following: Item,
) -> discord.ui.LayoutView:
    """Both montages with the buttons that `choose` the first, the second or neither, and the standing."""
    return build_layout(
        TextDisplay("### Which one gets you going?"),
        *(
            Container(
                Section(TextDisplay(_side(montage)), accessory=button),
                accent_colour=colour_of(montage.family),
            )
            for montage, button in zip(sides, choose, strict=False)
        ),
        Container(
            TextDisplay(f"-# {_standing(duel, sides)}"),
            ActionRow(choose[2], following),
            accent_colour=GOLD,
        ),
    )


def _side(montage: Montage) -> str:
    lines = [f"**{title(montage.film, montage.year)}**", escape(montage.scene)]
    if montage.tagline:
        lines.append(f"-# {escape(montage.tagline)}")
    lines += [f"- {escape(bit)}" for bit in montage.bits[:2] if "||" not in bit]
    return "\n".join(lines)


def _standing(duel: Duel, sides: tuple[Montage, Montage]) -> str:
    if not duel.first + duel.second + duel.neither:
        return "Nobody has chosen yet. Each of you has one choice, and it stands."
    if duel.first == duel.second:
        text = f"Level at {duel.first} all." if duel.first else "Nobody has picked one yet."
    else:
        leader = sides[0] if duel.first > duel.second else sides[1]
        most, least = max(duel.first, duel.second), min(duel.first, duel.second)
        text = f"{escape(leader.film)} leads {most} to {least}."
    return text + (f" {count(duel.neither, 'person', 'people')} can't choose." if duel.neither else "")


def standing_row(standing: Standing, montage: Montage, level: int) -> str:
    """Rank, title and scene, and under them what was won and how sure the place is; `level` others share it."""
    notes = [f"won {standing.won:,} of {standing.won + standing.lost:,}"]
    if standing.even:
        notes.append(f"{standing.even:,} undecided")
    if standing.choices < FEW_VOTES:
        notes.append("new")
    if level:
        notes.append(f"may be level with {count(level, 'other')}")
    if standing.high - standing.low <= _TELLING:
        notes.append(f"{standing.chance:.0%} against an average one ({standing.low:.0%} to {standing.high:.0%})")
    name = title(montage.film, montage.year)
    return f"**{standing.rank}.** **{name}** {escape(montage.scene)}\n-# {capital(' · '.join(notes))}"
