"""What is said about privacy. No I/O, no decisions."""

from collections.abc import Iterator, Mapping

import discord

from bot.languages import N_, NN_, _, in_a_row, listed, ngettext
from bot.privacy.records import Erased
from bot.privacy.tables import FOR_OPERATORS
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Container, Item, TextDisplay
from bot.ui.theme import AMBER, GOLD, GREEN, build_layout

FILE = "what-the-bot-keeps.json"
_NOTHING = N_("I keep nothing about you. Not a vote, not a word. We have never trained together.")


def policy_card(policy: str) -> discord.ui.LayoutView:
    """The policy, word for word."""
    return notice(policy, accent=GOLD)


def export_card(kept: Mapping[str, int]) -> discord.ui.LayoutView:
    """The words beside the exported file."""
    if not kept:
        return notice(_(_NOTHING), accent=GREEN)
    container = Container(
        TextDisplay(
            _(
                "### Everything I keep about you\n{amounts}, in one file. Only you can see this message.",
                amounts=amounts(kept),
            )
        ),
        discord.ui.File(f"attachment://{FILE}"),
        accent_colour=GREEN,
    )
    return build_layout(container)


def ask_card(kept: Mapping[str, int], *buttons: Item) -> discord.ui.LayoutView:
    """The one question before everything goes."""
    if not kept:
        return notice(_(_NOTHING), accent=GREEN)
    words = _(
        "### Forget you?\nOf yours I keep {amounts}, in every server and in direct messages.", amounts=amounts(kept)
    )
    if "suggestions" in kept:
        stay = _(
            "Suggestions can stay without your name, for whoever likes them; or they go too, with their cards and "
            "every vote on them, also where a server has taken one into its catalogue. If a card was my answer to "
            "your `/suggest`, Discord itself says above it who asked, for as long as the card stands."
        )
        words = in_a_row((words, stay))
    undone = _("This can't be undone. `/privacy export` gives you a copy first.")
    container = Container(
        TextDisplay(f"{words}\n\n{undone}"),
        ActionRow(*buttons),
        accent_colour=AMBER,
    )
    return build_layout(container)


def erased_card(erased: Erased) -> discord.ui.LayoutView:
    """What was done."""
    lines = []
    if +erased.gone:
        lines.append(_("- deleted: {amounts}", amounts=amounts(erased.gone)))
    if +erased.nameless:
        lines.append(_("- kept without your name: {amounts}", amounts=amounts(erased.nameless)))
    if +erased.staying:
        lines.append(_("- kept: {amounts}, which only moderators can lift", amounts=amounts(erased.staying)))
    done = "\n".join(lines) or _("There was nothing left to forget.")
    return notice(
        _("### Forgotten\n{done}", done=done),
        in_a_row(
            (
                _(
                    "-# Rankings have corrected themselves. The next time you vote I begin to keep your "
                    "votes again.",
                ),
                *_on_discord(erased),
            )
        ),
        accent=GREEN,
    )


def _on_discord(erased: Erased) -> Iterator[str]:
    """What becomes of messages in channels that were about their suggestions."""
    if erased.cards and erased.suggestions:
        yield ngettext(
            "I am deleting {number} card now, which may take a few minutes.",
            "I am deleting {number} cards now, which may take a few minutes.",
            erased.cards,
        )
    elif erased.cards:
        yield ngettext(
            "I am redrawing {number} card without your name now, which may take a few minutes.",
            "I am redrawing {number} cards without your name now, which may take a few minutes.",
            erased.cards,
        )
    if erased.gone["suggestions"] or erased.nameless["suggestions"]:
        yield _(
            "If a suggestion of yours was ever announced as accepted, that message stays: I don't remember where "
            "it stands. Moderators can delete it."
        )


# By what `tables` calls it.
_AMOUNTS = {
    one_and_many[1].removeprefix("{number} "): one_and_many
    for one_and_many in (
        NN_("{number} vote", "{number} votes"),
        NN_("{number} duel", "{number} duels"),
        NN_("{number} suggestion", "{number} suggestions"),
        NN_("{number} change to suggestions", "{number} changes to suggestions"),
        NN_("{number} report", "{number} reports"),
        NN_("{number} block", "{number} blocks"),
        NN_("{number} block of people who were erased", "{number} blocks of people who were erased"),
        NN_("{number} request for messages", "{number} requests for messages"),
        NN_("{number} draft", "{number} drafts"),
        NN_("{number} list of suggestions waiting for a yes", "{number} lists of suggestions waiting for a yes"),
        NN_("{number} suggestion in such lists", "{number} suggestions in such lists"),
        NN_("{number} montage shown in direct messages", "{number} montages shown in direct messages"),
        NN_("{number} montage on your list", "{number} montages on your list"),
        NN_("{number} vote in brackets", "{number} votes in brackets"),
        *FOR_OPERATORS,
    )
}


def amounts(counts: Mapping[str, int]) -> str:
    """`2 votes and 1 draft`, of what there is."""
    if not any(counts.values()):
        return _("nothing")
    return listed(ngettext(*_AMOUNTS[says], amount) for says, amount in counts.items() if amount)
