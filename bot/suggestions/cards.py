"""How a suggestion looks at each point of its life, and what is said around it. No I/O, no decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import discord

from bot.catalogue import Montage
from bot.clock import SECOND
from bot.films import FilmLinks, poster
from bot.montages import AgainButton, montage_card
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.duplicates import Known, is_likely
from bot.suggestions.entry import FIELDS, LABELS, Typed
from bot.suggestions.suggestion import Event, Suggestion, suggestion_number
from bot.ui.components import ActionRow, Button, Container, Item, Section, Separator, TextDisplay
from bot.ui.mentions import person
from bot.ui.text import capital, clean, clip, escape, host_of, inline_prose, number_in, prose, title
from bot.ui.theme import AMBER, GREEN, GREY, build_layout, colour_of
from bot.voting import Choice, Tally, vote_buttons

_PRIMARY, _SECONDARY = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
# Of the bar on a card: more would not fit on a line of a phone.
_STEPS_AT_MOST = 10
_RESTS = (
    "It rests for now: this server shows only what is known to be fit for families, and what members suggest "
    "carries no rating."
)


def byline(suggestion: Suggestion) -> str:
    """Who suggested it, as everybody may read it."""
    if suggestion.imported and not suggestion.author_id:
        return "a list that the moderators brought"
    if suggestion.anonymous:
        return "somebody who would rather not say"
    return person(suggestion.author_id)


def suggestion_card(
    suggestion: Suggestion,
    tally: Tally,
    family: str,
    missing: int | None,
    mine: Choice = Choice.NONE,
    film: FilmLinks | None = None,
) -> discord.ui.LayoutView:
    """The card that is put to the vote. `missing`: see `votes_missing`; `mine`, `film`: as on a montage's card."""
    number = str(suggestion.id)
    container = Container(accent_colour=colour_of(family))
    container.add_item(TextDisplay(f"-# Suggestion {number}, from {byline(suggestion)}"))
    if film is not None and film.poster:
        container.add_item(Section(_head(suggestion), accessory=poster(film.poster, suggestion.as_montage(family))))
        if suggestion.entry.why:
            container.add_item(TextDisplay(prose(suggestion.entry.why)))
    else:
        container.add_item(TextDisplay(story(suggestion)))
    container.add_item(TextDisplay(_how_far(tally, missing)))
    container.add_item(ActionRow(*vote_buttons(suggestion.montage_id, tally, mine)))
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    if suggestion.closes_at is not None:
        at = suggestion.closes_at // SECOND
        container.add_item(TextDisplay(f"-# The last bell rings <t:{at}:R>, on <t:{at}:f>."))
    who = "“Edit or withdraw” is for its author; the moderators decide there, too."
    container.add_item(TextDisplay(f"-# {_small_print(suggestion)}\n-# {who}"))
    container.add_item(
        ActionRow(
            SuggestionButton("report", number, "Report", emoji="🚩"),
            SuggestionButton("manage", number, "Edit or withdraw"),
        )
    )
    return _view(container)


def _how_far(tally: Tally, missing: int | None) -> str:
    """`▰▰▰▱▱ 2 more and it's in`: what everybody who comes by can see move."""
    if missing is None:
        return "It takes every single vote here, and it hasn't got them: now the moderators decide."
    if missing == 0:
        return "It has all the votes it takes: now the moderators decide."
    whole = tally.up + missing
    steps = min(whole, _STEPS_AT_MOST)
    done = tally.up * steps // whole
    words = "One more and it's in." if missing == 1 else f"{missing:,} more and it's in."
    return f"{'▰' * done}{'▱' * (steps - done)} **{words}**"


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
    suggestion: Suggestion,
    tally: Tally,
    family: str,
    ending: Event | None,
    mine: Choice = Choice.NONE,
    film: FilmLinks | None = None,
    champion_since: date | None = None,
) -> discord.ui.LayoutView:
    """The montage that it has become, with a line that says how; the rest as on every montage's card."""
    view = montage_card(
        suggestion.as_montage(family),
        tally,
        AgainButton(""),
        mine=mine,
        film=film,
        champion_since=champion_since,
    )
    how = "the moderators" if ending and ending.actor == "moderator" else "the vote"
    view.add_item(TextDisplay(f"-# Suggestion {suggestion.id}, accepted by {how}"))
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
    elif ending and ending.actor == "votes":
        lines.append("**Not this time.** The vote is over, and it did not get the lead that it takes here.")
    else:
        lines.append(
            "**Declined** by the moderators." + (f" {inline_prose(ending.why)}" if ending and ending.why else "")
        )
    if tally.votes or (ending and ending.actor == "votes"):
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
    now = "From now on it turns up in `/montage random`, `show`, `find` and `top`."
    if tally.votes:
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
        words = f"### Not this time\n{_how_it_was_declined(name, where, event)}"
        words += "\nEven Rocky lost the first one."
    container = Container(accent_colour=GREEN if accepted else GREY)
    container.add_item(TextDisplay(words))
    container.add_item(TextDisplay("-# You asked for this. `/suggestions notify` in that server turns it off."))
    return _view(container, _see(suggestion))


def _how_it_was_declined(name: str, where: str, event: Event) -> str:
    if event.actor == "votes":
        return f"The vote on your {name} {where} is over, and it did not get the lead that it takes there."
    if not event.why:
        return f"The moderators {where} declined your {name}."
    return f"The moderators {where} declined your {name}. They said: {inline_prose(event.why)}"


def duplicates_question(typed: Typed, near: Sequence[Known], draft: int) -> discord.ui.LayoutView:
    """Is it one of these?"""
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(
            "### Is it one of these?\nIf it is, take it: that counts as your vote for it. What you typed is kept."
        )
    )
    year = number_in(typed.year) or 0
    likely = is_likely(clean(typed.film), year, near[0])
    for known in near:
        stands_out = likely and known is near[0]
        suggested = "\n-# suggested here" if suggestion_number(known.id) is not None else ""
        container.add_item(
            Section(
                TextDisplay(f"**{title(known.film, known.year)}** {escape(known.scene)}{suggested}"),
                accessory=SuggestionButton(
                    "take", f"{draft}.{known.id}", "That's it", _PRIMARY if stands_out else _SECONDARY
                ),
            )
        )
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    yours = clip(clean(f"{typed.film} ({typed.year}): {typed.scene}"), 160)
    container.add_item(TextDisplay(f"-# You typed: {escape(yours)}"))
    container.add_item(
        ActionRow(
            SuggestionButton("new", str(draft), "No, it's new", _SECONDARY if likely else _PRIMARY),
            SuggestionButton("mend", str(draft), "Change what I typed"),
        )
    )
    return _view(container)


def discipline_question(typed: Typed, meant: Sequence[Montage], draft: int) -> discord.ui.LayoutView:
    """A discipline that nothing here has: is it one of those that these montages have?"""
    question = "Did you mean one of these?" if len(meant) > 1 else "Did you mean this one?"
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(
            f"### “{escape(clip(clean(typed.discipline), 60))}” is new here\n{question} What you typed is kept."
        )
    )
    container.add_item(
        ActionRow(
            *(
                SuggestionButton("meant", f"{draft}.{montage.id}", capital(montage.discipline), _PRIMARY)
                for montage in meant
            )
        )
    )
    container.add_item(
        ActionRow(
            SuggestionButton("as-typed", str(draft), "No, it's new"),
            SuggestionButton("mend", str(draft), "Change what I typed"),
        )
    )
    return _view(container)


def withdrawn_note(suggestion: Suggestion) -> discord.ui.LayoutView:
    """For its author, who has just taken it back: the way back, for a while."""
    return _kept(
        "### Taken back",
        "Nobody votes on it any more. A slip? For an hour you can put it back as it was; later a moderator can.",
        SuggestionButton("put-back", str(suggestion.id), "Put it back", emoji="↩️"),
    )


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
    return f"{_head(suggestion)}\n\n{prose(suggestion.entry.why)}".rstrip()


def _head(suggestion: Suggestion) -> str:
    entry = suggestion.entry
    return f"## {title(entry.film, entry.year)}\n**{escape(entry.scene)}**"


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
