"""The two vote buttons. They carry the montage and the choice, and work on any card, however old."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

import discord

from bot.client import Interaction
from bot.languages import N_, _, numeral
from bot.refusals import TROUBLE
from bot.ui.answers import notice, reply, update
from bot.ui.components import Button, View
from bot.ui.context import is_published, only_they_see
from bot.ui.persistent import PersistentItem
from bot.ui.prebuilt import Component
from bot.ui.speaking import where_pressed
from bot.ui.theme import GREEN
from bot.voting.store import Choice, Tally, Vote

_WORDS = {Choice.UP: (N_("Fired up"), "🔥"), Choice.DOWN: (N_("Cold"), "🧊")}
_NAMES = {"up": Choice.UP, "down": Choice.DOWN}

_VOTE = re.compile(r"vote:(?P<montage>[a-z0-9-]{1,80}):(?P<name>up|down)")
# A vote for it leads the eye; on a card that one person alone sees, their own vote does.
_STYLES = {Choice.UP: discord.ButtonStyle.primary, Choice.DOWN: discord.ButtonStyle.secondary}


def _label(choice: Choice, tally: Tally, mine: Choice = Choice.NONE) -> str:
    votes = numeral(tally.up if choice is Choice.UP else tally.down)
    if choice is mine:
        return _("{answer} · {votes} ✓", answer=_(_WORDS[choice][0]), votes=votes)
    return _("{answer} · {votes}", answer=_(_WORDS[choice][0]), votes=votes)


def _style(choice: Choice, mine: Choice) -> discord.ButtonStyle:
    if mine is Choice.NONE:
        return _STYLES[choice]
    return discord.ButtonStyle.success if choice is mine else discord.ButtonStyle.secondary


class VoteButton(PersistentItem[Button], template=_VOTE):
    """One of the two. A subclass with a template and a kind of its own shows something else after the vote."""

    kind = "vote"

    def __init__(self, montage: str, name: str, tally: Tally | None = None, mine: Choice = Choice.NONE) -> None:
        self.montage, self.choice = montage, _NAMES[name]
        super().__init__(
            Button(
                label=_label(self.choice, tally or Tally(), mine),
                style=_style(self.choice, mine),
                emoji=_WORDS[self.choice][1],
                custom_id=f"{self.kind}:{montage}:{name}",
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        voting = interaction.client.services.voting
        vote = await voting.cast(interaction, self.montage, self.choice)
        try:
            if not await voting.follow(interaction, self.montage, vote):
                await self.show(interaction, vote)
        except TROUBLE:
            voting.answer_was_lost(interaction, self.montage, self.choice)
            raise
        told = only_they_see(interaction) or is_published(interaction)
        if voting.is_their_first(interaction, vote) and not told:
            with suppress(*TROUBLE):  # the vote counts whether or not this arrives
                await reply(interaction, self._counted(interaction), private=True)

    def _counted(self, interaction: Interaction) -> discord.ui.LayoutView:
        """For somebody who has just voted here for the first time."""
        top = interaction.client.mention("montage top")
        return notice(
            _(
                "{emoji} Counted, and that was your first vote here. The same button takes it back, "
                "the other one moves it, and {top} shows what it did.",
                emoji=_WORDS[self.choice][1],
                top=top,
            ),
            accent=GREEN,
        )

    def _counts(self, tally: Tally) -> discord.ui.LayoutView:
        """For whoever votes on a message that stays as it is."""
        return notice(
            _(
                "Your corner is heard. It stands at 🔥 {up} · 🧊 {down}.",
                up=numeral(tally.up),
                down=numeral(tally.down),
            ),
            accent=GREEN,
        )

    async def show(self, interaction: Interaction, vote: Vote) -> None:
        """Answer the press with how things stand after it."""
        if is_published(interaction):  # Discord takes three changes of it an hour
            await reply(interaction, self._counts(vote.tally), private=True)
            return
        card = self.view
        if not isinstance(card, discord.ui.LayoutView):
            raise TypeError("a vote button stands on a card")
        with await where_pressed(interaction):
            show_tally(card, self.montage, vote.tally, vote.choice if only_they_see(interaction) else Choice.NONE)
        await update(interaction, card)


def vote_buttons(montage_id: str, tally: Tally, mine: Choice = Choice.NONE) -> tuple[VoteButton, VoteButton]:
    """Both buttons with the counts, for a card. `mine`: the vote of the person who alone sees it."""
    return VoteButton(montage_id, "up", tally, mine), VoteButton(montage_id, "down", tally, mine)


def with_tally(card: Component, montage_id: str, tally: Tally) -> Component:
    """A card (the container of a montage) with these counts on its vote buttons."""
    labels = {f"vote:{montage_id}:{name}": _label(choice, tally) for name, choice in _NAMES.items()}

    def labelled(row: Component) -> Component:
        return {**row, "components": [_labelled(button, labels) for button in row["components"]]}

    return {**card, "components": [labelled(row) if "components" in row else row for row in card["components"]]}


def _labelled(button: Component, labels: Mapping[str, str]) -> Component:
    label = labels.get(button.get("custom_id", ""))
    return {**button, "label": label} if label else button


def hide_tally(card: discord.ui.LayoutView, montage_id: str) -> None:
    """Take the counts off the vote buttons of a card."""
    for choice, button in _buttons_of(card, montage_id):
        button.label = _(_WORDS[choice][0])


def show_tally(card: discord.ui.LayoutView, montage_id: str, tally: Tally, mine: Choice = Choice.NONE) -> None:
    """Write the counts on the vote buttons of a card, whichever kind of card it is; `mine` as in `vote_buttons`."""
    for choice, button in _buttons_of(card, montage_id):
        button.label, button.style = _label(choice, tally, mine), _style(choice, mine)


def montage_on(card: discord.ui.View | discord.ui.LayoutView | None) -> str:
    """The id of the montage whose votes stand on a card; empty where none do."""
    found = (_VOTE.fullmatch(button.custom_id or "") for button in _buttons(card)) if card else ()
    return next((match["montage"] for match in found if match), "")


def _buttons_of(card: discord.ui.LayoutView, montage_id: str) -> Iterator[tuple[Choice, discord.ui.Button[View]]]:
    choices = {f"vote:{montage_id}:{name}": choice for name, choice in _NAMES.items()}
    for button in _buttons(card):
        if (choice := choices.get(button.custom_id or "")) is not None:
            yield choice, button


def _buttons(card: discord.ui.View | discord.ui.LayoutView) -> Iterator[discord.ui.Button[View]]:
    for item in card.walk_children():
        button = item.item if isinstance(item, discord.ui.DynamicItem) else item
        if isinstance(button, discord.ui.Button):
            yield button
