"""What is said about privacy. No I/O, no decisions."""

from collections.abc import Mapping

import discord

from bot.privacy.records import Erased
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Container, Item, TextDisplay
from bot.ui.text import count, listed
from bot.ui.theme import AMBER, GOLD, GREEN, build_layout

FILE = "what-the-bot-keeps.json"
_NOTHING = "I keep nothing about you. Not a vote, not a word. We have never trained together."


def policy_card(policy: str) -> discord.ui.LayoutView:
    """The policy, word for word."""
    return notice(policy, accent=GOLD)


def export_card(kept: Mapping[str, int]) -> discord.ui.LayoutView:
    """The words beside the exported file."""
    if not kept:
        return notice(_NOTHING, accent=GREEN)
    container = Container(
        TextDisplay(
            f"### Everything I keep about you\n{amounts(kept)}, in one file. Only you can see this message."
        ),
        discord.ui.File(f"attachment://{FILE}"),
        accent_colour=GREEN,
    )
    return build_layout(container)


def ask_card(kept: Mapping[str, int], *buttons: Item) -> discord.ui.LayoutView:
    """The one question before everything goes."""
    if not kept:
        return notice(_NOTHING, accent=GREEN)
    words = f"### Forget you?\nOf yours I keep {amounts(kept)}, in every server and in direct messages."
    if "suggestions" in kept:
        words += (
            " Suggestions can stay without your name, for whoever likes them; or they go too, with their cards and "
            "every vote on them, also where a server has taken one into its catalogue. If a card was my answer to "
            "your `/suggest`, Discord itself says above it who asked, for as long as the card stands."
        )
    container = Container(
        TextDisplay(f"{words}\n\nThis can't be undone. `/privacy export` gives you a copy first."),
        ActionRow(*buttons),
        accent_colour=AMBER,
    )
    return build_layout(container)


def erased_card(erased: Erased) -> discord.ui.LayoutView:
    """What was done."""
    lines = []
    if +erased.gone:
        lines.append(f"- deleted: {amounts(erased.gone)}")
    if +erased.nameless:
        lines.append(f"- kept without your name: {amounts(erased.nameless)}")
    if +erased.staying:
        lines.append(f"- kept: {amounts(erased.staying)}, which only moderators can lift")
    done = "\n".join(lines) or "There was nothing left to forget."
    return notice(
        f"### Forgotten\n{done}",
        "-# Rankings have corrected themselves. The next time you vote I begin to keep your votes again."
        + _on_discord(erased),
        accent=GREEN,
    )


def _on_discord(erased: Erased) -> str:
    """What becomes of messages in channels that were about their suggestions."""
    words = ""
    if erased.cards:
        doing = "deleting {} now" if erased.suggestions else "redrawing {} without your name now"
        words += f" I am {doing.format(count(erased.cards, 'card'))}, which may take a few minutes."
    if erased.gone["suggestions"] or erased.nameless["suggestions"]:
        words += (
            " If a suggestion of yours was ever announced as accepted, that message stays: I don't remember where "
            "it stands. Moderators can delete it."
        )
    return words


def amounts(counts: Mapping[str, int]) -> str:
    """`2 votes and 1 draft`, of what there is."""
    if not any(counts.values()):
        return "nothing"
    return listed(f"{number:,} {says if number != 1 else _one(says)}" for says, number in counts.items() if number)


def _one(says: str) -> str:
    first, _, rest = says.partition(" ")
    return f"{first.removesuffix('s')} {rest}".rstrip()
