"""How a duel looks, and a row of the ranking that duels make. No I/O, no decisions."""

import discord

from bot.catalogue import Montage, localised
from bot.duels.standings import Standing
from bot.duels.store import Duel
from bot.languages import _, in_a_row, ngettext, numeral, percent
from bot.ui.components import ActionRow, Container, Item, Section, TextDisplay
from bot.ui.text import capital, escape, montage_line, title
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
        TextDisplay(_("### Which one gets you going?")),
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
    montage = localised(montage)
    lines = [f"**{title(montage.film, montage.year)}**", escape(montage.scene)]
    if montage.tagline:
        lines.append(f"-# {escape(montage.tagline)}")
    lines += [f"- {escape(bit)}" for bit in montage.bits[:2] if "||" not in bit]
    return "\n".join(lines)


def _standing(duel: Duel, sides: tuple[Montage, Montage]) -> str:
    if not duel.first + duel.second + duel.neither:
        return _("Nobody has chosen yet. Each of you has one choice, and it stands.")
    if duel.first == duel.second:
        text = (
            _("Level at {votes} all.", votes=numeral(duel.first)) if duel.first else _("Nobody has picked one yet.")
        )
    else:
        leader = sides[0] if duel.first > duel.second else sides[1]
        most, least = max(duel.first, duel.second), min(duel.first, duel.second)
        text = _(
            "{film} leads {most} to {least}.",
            film=escape(localised(leader).film),
            most=numeral(most),
            least=numeral(least),
        )
    if not duel.neither:
        return text
    undecided = ngettext("{number} person can't choose.", "{number} people can't choose.", duel.neither)
    return in_a_row((text, undecided))


def standing_row(standing: Standing, montage: Montage, level: int) -> str:
    """Rank, title and scene, and under them what was won and how sure the place is; `level` others share it."""
    notes = [
        _("won {won} of {held}", won=numeral(standing.won), held=numeral(standing.won + standing.lost)),
    ]
    if standing.even:
        notes.append(_("{even} undecided", even=numeral(standing.even)))
    if standing.choices < FEW_VOTES:
        notes.append(_("new"))
    if level:
        notes.append(ngettext("may be level with {number} other", "may be level with {number} others", level))
    if standing.high - standing.low <= _TELLING:
        chance, low, high = percent(standing.chance), percent(standing.low), percent(standing.high)
        notes.append(_("{chance} against an average one ({low} to {high})", chance=chance, low=low, high=high))
    return f"**{standing.rank}.** {montage_line(montage)}\n-# {capital(' · '.join(notes))}"
