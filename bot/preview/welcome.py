"""The first message of the preview, with buttons that do what a command would."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from bot.client import Interaction
from bot.errors import UserError
from bot.languages import N_, _, in_a_row, numeral
from bot.preview.members import MEMBERS, PLAYED
from bot.suggestions import Suggestion
from bot.ui.answers import answering, reply
from bot.ui.components import ActionRow, AnyInteraction, Button, Container, Section, Separator, TextDisplay
from bot.ui.context import guild_id_of
from bot.ui.persistent import PersistentItem
from bot.ui.text import escape
from bot.ui.theme import GOLD, build_layout


class CommandButton(PersistentItem[Button], template=r"run:(?P<command>[a-z -]{1,60})"):
    """Does a command that needs no options."""

    def __init__(self, command: str, label: str = "…", emoji: str | None = None) -> None:
        self.command = command
        super().__init__(Button(label=label, emoji=emoji, custom_id=f"run:{command}"))

    async def callback(self, interaction: AnyInteraction) -> None:
        # The command answers by itself; only a refusal is answered here.
        root, *inner = self.command.split()
        found: Any = interaction.client.tree.get_command(root)
        permissions = found.default_permissions if found else None
        for name in inner:
            found = found.get_command(name) if isinstance(found, app_commands.Group) else None
        if not isinstance(found, app_commands.Command):
            await _refuse(interaction, _("That command is gone. Type `/help` for those there are."))
        elif permissions is not None and not interaction.permissions >= permissions:
            await _refuse(
                interaction, _("That one is Mia's. Be her for a moment: choose her at the top of the page.")
            )
        else:
            await found.callback(interaction)  # type: ignore[call-arg]


async def _refuse(interaction: Interaction, sentence: str) -> None:
    async with answering(interaction):
        raise UserError(sentence)


class CardButton(PersistentItem[Button], template=r"card:(?P<number>\d{1,18})"):
    """Shows a suggestion with its vote buttons, as `/suggestions show` does."""

    def __init__(self, number: str, label: str = "…") -> None:
        self.number = int(number)
        super().__init__(Button(label=label, custom_id=f"card:{number}"))

    async def on_press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        found = await services.suggestions.get(guild_id_of(interaction), self.number)
        if found is None:
            raise UserError(_("That suggestion is not here any more."))
        await reply(interaction, await services.publisher.card(found))


_MORE = N_(
    "-# Or type: `/montage show` finds one by name, `/montage find` searches (try *philly stairs*), `/help` has "
    "everything. Mia also has `/settings`, `/daily` and `/bracket`."
)
_STAYS = N_(
    "-# Votes, suggestions and settings are here again next time, and so are the cards above; the rest of the "
    "channel begins anew. Should the page stop answering one day, load it again."
)


def first_message(close: Suggestion | None, *, blank: bool, pictures: bool) -> discord.ui.LayoutView:
    """What a newcomer sees first. `close` is the suggestion that lacks one vote, if it still does.

    `pictures`: there are posters.
    """
    container = Container(accent_colour=GOLD)
    for part in (
        TextDisplay(_greeting(blank=blank, pictures=pictures)),
        ActionRow(
            CommandButton("montage random", _("Show me one"), "🎲"),
            CommandButton("montage top", _("The ranking"), "🏆"),
            CommandButton("montage duel", _("A duel"), "⚔️"),
            CommandButton("montage for-me", _("Picks for me"), "🧭"),
            CommandButton("montage stats", _("In pictures"), "📊"),
        ),
        Separator(spacing=discord.SeparatorSpacing.small),
        TextDisplay(_("### Three small things to try")),
        *_things_to_try(close, blank=blank),
        TextDisplay("\n".join((_(_MORE), _(_STAYS)))),
    ):
        container.add_item(part)
    view = build_layout(container)
    view.stop()
    return view


def _greeting(*, blank: bool, pictures: bool) -> str:
    club = (
        _("A blank club: nobody has voted on anything yet, and a suggestion wins once it leads by two.")
        if blank
        else _(
            "The club is make-believe, too: its {number} other members, their votes and their words are made up.",
            number=numeral(len(MEMBERS) - len(PLAYED)),
        )
    )
    if pictures:
        invented = _("Posters, trailers and where to watch are drawn and invented here, and nobody was asked.")
        club = in_a_row((club, invented))
    return _(
        "## You are at the foot of the steps\n"
        "This is the real bot, in a make-believe Discord on your own machine. Nothing leaves it. "
        "{club} You are **Ana**, **Ben** or **Mia**, who moderates: choose at the top of the page.",
        club=club,
    )


def _things_to_try(close: Suggestion | None, *, blank: bool) -> Iterator[Section]:
    if close is not None:
        yield Section(
            _("**{film}** is one vote short. Yours would do.", film=escape(close.entry.film)),
            accessory=CardButton(str(close.id), _("Show me that one")),
        )
    else:
        yield Section(
            _("What has been suggested here, and how is it doing?"),
            accessory=CommandButton("suggestions list", _("The list")),
        )
    yield Section(
        _("**Something missing?** Suggest it, and let the others vote."),
        accessory=CommandButton("suggest", _("Suggest a montage")),
    )
    yield Section(
        _("**Mia, look at the queue.** It will fill.")
        if blank
        else _("**Mia, look at the queue.** There has been talk."),
        accessory=CommandButton("moderate review", _("The queue")),
    )
