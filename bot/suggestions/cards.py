"""How a suggestion looks at each point of its life, and what is said around it. No I/O, no decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import discord

from bot.montages import montage_card
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.duplicates import Known
from bot.suggestions.entry import FIELDS, LABELS, Typed
from bot.suggestions.suggestion import Event, Suggestion, suggestion_number
from bot.ui.components import ActionRow, Button, Container, Item, Section, Separator, TextDisplay
from bot.ui.text import capital, clean, clip, escape, host_of, inline_prose, prose, title
from bot.ui.theme import AMBER, GREEN, GREY, build_layout, colour_of
from bot.voting import Tally, vote_buttons

_PRIMARY = discord.ButtonStyle.primary
_RESTS = (
    "It rests for now: this server shows only what is known to be fit for families, and what members suggest "
    "carries no rating."
)


def byline(suggestion: Suggestion) -> str:
    """Who suggested it, as everybody may read it."""
    if suggestion.anonymous:
        return "somebody who would rather not say"
    return f"<@{suggestion.author_id}>" if suggestion.author_id else "somebody who has left"


def suggestion_card(suggestion: Suggestion, tally: Tally, family: str) -> discord.ui.LayoutView:
    """The card that is put to the vote."""
    number = str(suggestion.id)
    container = Container(accent_colour=colour_of(family))
    container.add_item(TextDisplay(f"-# Suggestion {number}, from {byline(suggestion)}"))
    container.add_item(TextDisplay(story(suggestion)))
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    container.add_item(TextDisplay(f"-# {_small_print(suggestion)} · Fired up? Then say so:"))
    row = ActionRow(*vote_buttons(suggestion.montage_id, tally))
    row.add_item(SuggestionButton("report", number, "Report", emoji="🚩"))
    row.add_item(SuggestionButton("manage", number, "Manage", emoji="🔧"))
    container.add_item(row)
    return _view(container)


def shows_card(message: discord.Message | None, suggestion: Suggestion) -> bool:
    """Whether a message is the card that is put to the vote, and so has to change with the suggestion."""
    return message is not None and any(
        button.custom_id == f"sg:manage:{suggestion.id}" for button in _buttons(message.components)
    )


def _buttons(components: Iterable[object]) -> Iterator[discord.Button]:
    for component in components:
        if isinstance(component, discord.Button):
            yield component
        yield from _buttons(getattr(component, "children", ()))


def accepted_card(
    suggestion: Suggestion, tally: Tally, family: str, ending: Event | None, champion_since: date | None = None
) -> discord.ui.LayoutView:
    """The montage that it has become, with a line that says how."""
    view = montage_card(suggestion.as_montage(family), tally, champion_since=champion_since)
    how = "the moderators" if ending and ending.actor == "moderator" else "the vote"
    view.add_item(TextDisplay(f"-# Suggestion {suggestion.id}, from {byline(suggestion)}, accepted by {how}"))
    return view


def closed_card(suggestion: Suggestion, tally: Tally, ending: Event | None) -> discord.ui.LayoutView:
    """A suggestion that is not voted on (any more): no vote buttons, and how it ended."""
    entry = suggestion.entry
    by = "" if suggestion.state == "withdrawn" else f", from {byline(suggestion)}"
    lines = [f"### {title(entry.film, entry.year)}", escape(entry.scene), ""]
    if suggestion.state == "withdrawn":
        lines.append("**Withdrawn** by whoever suggested it.")
    elif suggestion.state == "waiting":
        lines.append("**Back with the moderators**, who want another look.")
    else:
        lines.append(
            "**Declined** by the moderators." + (f" {inline_prose(ending.why)}" if ending and ending.why else "")
        )
    if tally.votes:
        lines.append(f"-# It had 🔥 {tally.up:,} · 🧊 {tally.down:,}")
    container = Container(accent_colour=GREY)
    container.add_item(TextDisplay(f"-# Suggestion {suggestion.id}{by}"))
    container.add_item(TextDisplay("\n".join(lines)))
    return _view(container)


def waiting_card(suggestion: Suggestion) -> discord.ui.LayoutView:
    """For its author alone: it is with the moderators."""
    number = str(suggestion.id)
    container = Container(accent_colour=AMBER)
    container.add_item(TextDisplay(f"-# Suggestion {number}, waiting for a moderator to look before it is posted"))
    container.add_item(TextDisplay(story(suggestion)))
    container.add_item(ActionRow(*author_buttons(suggestion)))
    return _view(container)


def author_buttons(suggestion: Suggestion) -> list[Item]:
    """What its author may do."""
    number = str(suggestion.id)
    return [
        SuggestionButton("edit", number, "Edit", emoji="✏️"),
        SuggestionButton("withdraw", number, "Withdraw", discord.ButtonStyle.danger),
    ]


def author_note(suggestion: Suggestion) -> discord.ui.LayoutView:
    """The author's own way to edit and withdraw."""
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(
            f"### Your suggestion {suggestion.id}\nYou can edit it until somebody else has voted or a moderator "
            "has let it through, and take it back at any time. "
            "For a message when it is decided: `/suggestions notify`."
        )
    )
    container.add_item(ActionRow(*author_buttons(suggestion)))
    return _view(container)


def announcement(
    suggestion: Suggestion, tally: Tally, event: Event, *, resting: bool = False
) -> discord.ui.LayoutView:
    """To everybody: a suggestion is a montage now. `resting`: the server's settings hide it for the time being."""
    entry = suggestion.entry
    how = f"won the vote, {tally.up:,} to {tally.down:,}" if event.actor == "votes" else "got the moderators' nod"
    now = "From now on it turns up in `/montage random`, `show`, `find` and `top`, with every vote it has."
    container = Container(accent_colour=GREEN)
    container.add_item(
        TextDisplay(
            f"### 🏆 {title(entry.film, entry.year)} made it\n"
            f"**{escape(entry.scene)}**, suggested by {byline(suggestion)}, {how}. {_RESTS if resting else now}"
        )
    )
    return _view(container, _see(suggestion))


def decided_note(
    suggestion: Suggestion, event: Event, server: str, *, resting: bool = False
) -> discord.ui.LayoutView:
    """The direct message for an author who asked for one; `resting` as in `announcement`."""
    accepted = suggestion.state == "accepted"
    name = f"**{title(suggestion.entry.film, suggestion.entry.year)}**"
    where = f"in **{escape(clean(server))}**" if clean(server) else "in your server"
    if accepted:
        words = f"### It made it\nYour {name} is a montage {where} from now on. Cue the trumpets."
        if resting:
            words += f" {_RESTS}"
    else:
        words = f"### Not this time\nThe moderators {where} declined your {name}."
        if event.why:
            words += f" They said: {inline_prose(event.why)}"
        words += "\nEven Rocky lost the first one."
    container = Container(accent_colour=GREEN if accepted else GREY)
    container.add_item(TextDisplay(words))
    container.add_item(TextDisplay("-# You asked for this. `/suggestions notify` in that server turns it off."))
    return _view(container, _see(suggestion))


def duplicates_question(typed: Typed, near: Sequence[Known], draft: int) -> discord.ui.LayoutView:
    """Is it one of these?"""
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(
            "### Is it one of these?\nIf it is, take it: that counts as your vote for it. What you typed is kept."
        )
    )
    for known in near:
        suggested = "\n-# suggested here" if suggestion_number(known.id) is not None else ""
        container.add_item(
            Section(
                TextDisplay(f"**{title(known.film, known.year)}** {escape(known.scene)}{suggested}"),
                accessory=SuggestionButton("take", f"{draft}.{known.id}", "That's it"),
            )
        )
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    yours = clip(clean(f"{typed.film} ({typed.year}): {typed.scene}"), 160)
    container.add_item(TextDisplay(f"-# You typed: {escape(yours)}"))
    container.add_item(
        ActionRow(
            SuggestionButton("new", str(draft), "No, it's new", _PRIMARY),
            SuggestionButton("mend", str(draft), "Change what I typed"),
        )
    )
    return _view(container)


def mend_note(typed: Typed, problems: Mapping[str, str], draft: int) -> discord.ui.LayoutView:
    """What was typed, with what is wrong beside it, and the button that opens the form again."""
    lines = []
    for name in FIELDS:
        value = escape(clip(clean(getattr(typed, name)), 200)) or "*nothing*"
        problem = f"\n⚠️ **{LABELS[name]}** {problems[name]}." if name in problems else ""
        lines.append(f"**{LABELS[name]}:** {value}{problem}")
    return _kept(
        "### Nearly there\nNothing you typed is lost. Mend what is marked and send it again.",
        "\n".join(lines),
        SuggestionButton("mend", str(draft), "Open the form again", _PRIMARY),
    )


def later_note(reason: str, typed: Typed, draft: int) -> discord.ui.LayoutView:
    """It cannot be sent at the moment; what was typed is kept for a day."""
    why = f"-# Kept for a day: {escape(clip(clean(typed.film), 90))}"
    button = SuggestionButton("mend", str(draft), "Open the form again", _PRIMARY)
    return _kept(f"### Not just now\n{reason}", why, button)


def _kept(heading: str, words: str, button: Item) -> discord.ui.LayoutView:
    container = Container(accent_colour=AMBER)
    container.add_item(TextDisplay(heading))
    container.add_item(TextDisplay(words))
    container.add_item(ActionRow(button))
    return _view(container)


def story(suggestion: Suggestion) -> str:
    """Film, scene and why, as on every card."""
    entry = suggestion.entry
    return f"## {title(entry.film, entry.year)}\n**{escape(entry.scene)}**\n\n{prose(entry.why)}"


def _small_print(suggestion: Suggestion) -> str:
    entry = suggestion.entry
    link = f" · [{host_of(entry.link)}]({entry.link})" if entry.link else ""
    return escape(capital(entry.discipline)) + link


def _see(suggestion: Suggestion) -> ActionRow | None:
    if suggestion.address is None:
        return None
    return ActionRow(Button(label="See its card", url=suggestion.address))


def _view(container: Container, row: ActionRow | None = None) -> discord.ui.LayoutView:
    if row is not None:
        container.add_item(row)
    return build_layout(container)
