"""How a suggestion looks at each point of its life, and what is said around it. No I/O, no decisions."""

from collections.abc import Iterable, Iterator
from datetime import date

import discord

from bot.catalogue.names import discipline_name
from bot.clock import SECOND
from bot.films import FilmLinks, poster
from bot.languages import N_, _, in_a_row, ngettext, numeral
from bot.montages import AgainButton, montage_card
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.suggestion import Event, Suggestion
from bot.ui.components import ActionRow, Button, Container, Item, Section, Separator, TextDisplay
from bot.ui.mentions import person
from bot.ui.text import capital, clean, escape, host_of, inline_prose, prose
from bot.ui.theme import AMBER, GREEN, GREY, build_layout, colour_of
from bot.voting import Choice, Tally, vote_buttons

_PRIMARY, _SECONDARY = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
# Of the bar on a card: more would not fit on a line of a phone.
_STEPS_AT_MOST = 10
_RESTS = N_(
    "It rests for now: this server shows only what is known to be fit for families, and what members suggest "
    "carries no rating."
)


def byline(suggestion: Suggestion) -> str:
    """Who suggested it, as everybody may read it."""
    if suggestion.imported and not suggestion.author_id:
        return _("a list that the moderators brought")
    if suggestion.anonymous:
        return _("somebody who would rather not say")
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
    who = _("“Edit or withdraw” is for its author; the moderators decide there, too.")
    return build_layout(
        Container(
            TextDisplay(_("-# Suggestion {number}, from {byline}", number=number, byline=byline(suggestion))),
            *_story_beside_poster(suggestion, family, film),
            TextDisplay(_how_far(tally, missing)),
            ActionRow(*vote_buttons(suggestion.montage_id, tally, mine)),
            Separator(spacing=discord.SeparatorSpacing.small),
            *_last_bell(suggestion),
            TextDisplay(f"-# {_small_print(suggestion)}\n-# {who}"),
            ActionRow(
                SuggestionButton("report", number, _("Report"), emoji="🚩"),
                SuggestionButton("manage", number, _("Edit or withdraw")),
            ),
            accent_colour=colour_of(family),
        )
    )


def _story_beside_poster(suggestion: Suggestion, family: str, film: FilmLinks | None) -> list[Item]:
    if film is None or not film.poster:
        return [TextDisplay(story(suggestion))]
    head = Section(_head(suggestion), accessory=poster(film.poster, suggestion.as_montage(family)))
    why = suggestion.entry.why
    return [head, TextDisplay(prose(why))] if why else [head]


def _last_bell(suggestion: Suggestion) -> list[Item]:
    if suggestion.closes_at is None:
        return []
    at = suggestion.closes_at // SECOND
    return [TextDisplay(_("-# The last bell rings <t:{at}:R>, on <t:{at}:f>.", at=at))]


def _how_far(tally: Tally, missing: int | None) -> str:
    """`▰▰▰▱▱ 2 more and it's in`: what everybody who comes by can see move."""
    if missing is None:
        return _("It takes every single vote here, and it hasn't got them: now the moderators decide.")
    if missing == 0:
        return _("It has all the votes it takes: now the moderators decide.")
    whole = tally.up + missing
    steps = min(whole, _STEPS_AT_MOST)
    done = tally.up * steps // whole
    words = ngettext("One more and it's in.", "{number} more and it's in.", missing)
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
        suggestion.as_montage(family), tally, AgainButton(""), mine=mine, film=film, champion_since=champion_since
    )
    words = (
        _("-# Suggestion {number}, accepted by the moderators", number=suggestion.id)
        if ending and ending.actor == "moderator"
        else _("-# Suggestion {number}, accepted by the vote", number=suggestion.id)
    )
    view.add_item(TextDisplay(words))
    return view


def closed_card(suggestion: Suggestion, tally: Tally, ending: Event | None) -> discord.ui.LayoutView:
    """A suggestion that is not voted on (any more): no vote buttons, and how it ended."""
    number = _("-# Suggestion {number}", number=suggestion.id)
    if suggestion.state != "withdrawn":
        number = _("-# Suggestion {number}, from {byline}", number=suggestion.id, byline=byline(suggestion))
    entry = suggestion.entry
    lines = [f"### {entry.title}", escape(entry.scene), "", _how_it_ended(suggestion, ending)]
    if tally.votes or (ending and ending.actor == "votes"):
        lines.append(_("-# It had 🔥 {up} · 🧊 {down}", up=numeral(tally.up), down=numeral(tally.down)))
    return build_layout(Container(TextDisplay(number), TextDisplay("\n".join(lines)), accent_colour=GREY))


def _how_it_ended(suggestion: Suggestion, ending: Event | None) -> str:
    if suggestion.state == "withdrawn":
        return _("**Withdrawn** by whoever suggested it.")
    if suggestion.state == "waiting":
        return _("**Back with the moderators**, who want another look.")
    if ending and ending.actor == "votes":
        return _("**Not this time.** The vote is over, and it did not get the lead that it takes here.")
    return _("**Declined** by the moderators.") + (f" {inline_prose(ending.why)}" if ending and ending.why else "")


def waiting_card(suggestion: Suggestion) -> discord.ui.LayoutView:
    """For its author alone: it is with the moderators."""
    number = str(suggestion.id)
    return build_layout(
        Container(
            TextDisplay(
                _("-# Suggestion {number}, waiting for a moderator to look before it is posted", number=number)
            ),
            TextDisplay(story(suggestion)),
            ActionRow(*author_buttons(suggestion)),
            accent_colour=AMBER,
        )
    )


def author_buttons(suggestion: Suggestion) -> list[Item]:
    """What its author may do."""
    number = str(suggestion.id)
    return [
        SuggestionButton("edit", number, _("Edit"), emoji="✏️"),
        SuggestionButton("withdraw", number, _("Withdraw"), discord.ButtonStyle.danger),
    ]


def author_note(suggestion: Suggestion) -> discord.ui.LayoutView:
    """The author's own way to edit and withdraw."""
    words = _(
        "### Your suggestion {id}\nYou can edit it until somebody else has voted or a moderator "
        "has let it through, and take it back at any time. "
        "For a message when it is decided: `/suggestions notify`.",
        id=suggestion.id,
    )
    row = ActionRow(*author_buttons(suggestion))
    return build_layout(Container(TextDisplay(words), row, accent_colour=AMBER))


_WON = N_("### 🏆 {film} made it\n**{scene}**, suggested by {byline}, won the vote, {up} to {down}. {now}")
_NODDED = N_("### 🏆 {film} made it\n**{scene}**, suggested by {byline}, got the moderators' nod. {now}")


def announcement(
    suggestion: Suggestion, tally: Tally, event: Event, *, resting: bool = False
) -> discord.ui.LayoutView:
    """To everybody: a suggestion is a montage now. `resting`: the server's settings hide it for the time being."""
    entry = suggestion.entry
    now = _("From now on it turns up in `/montage random`, `show`, `find` and `top`.")
    if tally.votes:
        now = _("From now on it turns up in `/montage random`, `show`, `find` and `top`, with every vote it has.")
    by_votes = event.actor == "votes"
    words = _(
        _WON if by_votes else _NODDED,
        film=entry.title,
        scene=escape(entry.scene),
        byline=byline(suggestion),
        up=numeral(tally.up),
        down=numeral(tally.down),
        now=_(_RESTS) if resting else now,
    )
    return build_layout(Container(TextDisplay(words), *_way_to_card(suggestion), accent_colour=GREEN))


def decided_note(
    suggestion: Suggestion, event: Event, server: str, *, resting: bool = False
) -> discord.ui.LayoutView:
    """The direct message for an author who asked for one; `resting` as in `announcement`."""
    accepted = suggestion.state == "accepted"
    name = f"**{suggestion.entry.title}**"
    where = _("in **{clean}**", clean=escape(clean(server))) if clean(server) else _("in your server")
    if accepted:
        words = _(
            "### It made it\nYour {name} is a montage {where} from now on. Cue the trumpets.",
            name=name,
            where=where,
        )
        if resting:
            words = in_a_row((words, _(_RESTS)))
    else:
        words = _(
            "### Not this time\n{how}\nEven Rocky lost the first one.", how=_how_it_was_declined(name, where, event)
        )
    asked = _("-# You asked for this. `/suggestions notify` in that server turns it off.")
    return build_layout(
        Container(
            TextDisplay(words),
            TextDisplay(asked),
            *_way_to_card(suggestion),
            accent_colour=GREEN if accepted else GREY,
        )
    )


def _how_it_was_declined(name: str, where: str, event: Event) -> str:
    if event.actor == "votes":
        return _(
            "The vote on your {name} {where} is over, and it did not get the lead that it takes there.",
            name=name,
            where=where,
        )
    if not event.why:
        return _("The moderators {where} declined your {name}.", where=where, name=name)
    return _(
        "The moderators {where} declined your {name}. They said: {why}",
        where=where,
        name=name,
        why=inline_prose(event.why),
    )


def withdrawn_note(suggestion: Suggestion) -> discord.ui.LayoutView:
    """For its author, who has just taken it back: the way back, for a while."""
    words = _(
        "Nobody votes on it any more. A slip? For an hour you can put it back as it was; later a moderator can."
    )
    button = SuggestionButton("put-back", str(suggestion.id), _("Put it back"), emoji="↩️")
    return build_layout(
        Container(TextDisplay(_("### Taken back")), TextDisplay(words), ActionRow(button), accent_colour=AMBER)
    )


def story(suggestion: Suggestion) -> str:
    """Film, scene and why, as on every card."""
    return f"{_head(suggestion)}\n\n{prose(suggestion.entry.why)}".rstrip()


def _head(suggestion: Suggestion) -> str:
    entry = suggestion.entry
    return f"## {entry.title}\n**{escape(entry.scene)}**"


def _small_print(suggestion: Suggestion) -> str:
    entry = suggestion.entry
    link = f" · [{host_of(entry.link)}]({entry.link})" if entry.link else ""
    return escape(capital(discipline_name(entry.discipline))) + link


def _way_to_card(suggestion: Suggestion) -> list[Item]:
    """A button that leads to its card, where it has one."""
    return [ActionRow(Button(label=_("See its card"), url=suggestion.address))] if suggestion.address else []
