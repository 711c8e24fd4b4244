"""How a suggestion looks at each point of its life, and what is said around it. No I/O, no decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import discord

from bot.catalogue import Montage
from bot.catalogue.names import discipline_name
from bot.clock import SECOND
from bot.films import FilmLinks, poster
from bot.languages import N_, _, in_a_row, ngettext, numeral
from bot.montages import AgainButton, montage_card
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.duplicates import Known, is_likely
from bot.suggestions.entry import FIELDS, LABELS, Typed
from bot.suggestions.suggestion import Event, Suggestion, suggestion_number
from bot.ui.components import ActionRow, Button, Container, Item, Section, Separator, TextDisplay
from bot.ui.mentions import person
from bot.ui.text import boldly_named, capital, clean, clip, escape, host_of, inline_prose, number_in, prose, title
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
    container = Container(accent_colour=colour_of(family))
    container.add_item(
        TextDisplay(_("-# Suggestion {number}, from {byline}", number=number, byline=byline(suggestion)))
    )
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
        container.add_item(TextDisplay(_("-# The last bell rings <t:{at}:R>, on <t:{at}:f>.", at=at)))
    who = _("“Edit or withdraw” is for its author; the moderators decide there, too.")
    container.add_item(TextDisplay(f"-# {_small_print(suggestion)}\n-# {who}"))
    container.add_item(
        ActionRow(
            SuggestionButton("report", number, _("Report"), emoji="🚩"),
            SuggestionButton("manage", number, _("Edit or withdraw")),
        )
    )
    return _view(container)


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
        suggestion.as_montage(family),
        tally,
        AgainButton(""),
        mine=mine,
        film=film,
        champion_since=champion_since,
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
    entry = suggestion.entry
    lines = [f"### {title(entry.film, entry.year)}", escape(entry.scene), ""]
    if suggestion.state == "withdrawn":
        lines.append(_("**Withdrawn** by whoever suggested it."))
    elif suggestion.state == "waiting":
        lines.append(_("**Back with the moderators**, who want another look."))
    elif ending and ending.actor == "votes":
        lines.append(_("**Not this time.** The vote is over, and it did not get the lead that it takes here."))
    else:
        lines.append(
            _("**Declined** by the moderators.") + (f" {inline_prose(ending.why)}" if ending and ending.why else "")
        )
    if tally.votes or (ending and ending.actor == "votes"):
        lines.append(_("-# It had 🔥 {up} · 🧊 {down}", up=numeral(tally.up), down=numeral(tally.down)))
    container = Container(accent_colour=GREY)
    container.add_item(
        TextDisplay(
            _("-# Suggestion {number}", number=suggestion.id)
            if suggestion.state == "withdrawn"
            else _("-# Suggestion {number}, from {byline}", number=suggestion.id, byline=byline(suggestion))
        )
    )
    container.add_item(TextDisplay("\n".join(lines)))
    return _view(container)


def waiting_card(suggestion: Suggestion) -> discord.ui.LayoutView:
    """For its author alone: it is with the moderators."""
    number = str(suggestion.id)
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(_("-# Suggestion {number}, waiting for a moderator to look before it is posted", number=number))
    )
    container.add_item(TextDisplay(story(suggestion)))
    container.add_item(ActionRow(*author_buttons(suggestion)))
    return _view(container)


def author_buttons(suggestion: Suggestion) -> list[Item]:
    """What its author may do."""
    number = str(suggestion.id)
    return [
        SuggestionButton("edit", number, _("Edit"), emoji="✏️"),
        SuggestionButton("withdraw", number, _("Withdraw"), discord.ButtonStyle.danger),
    ]


def author_note(suggestion: Suggestion) -> discord.ui.LayoutView:
    """The author's own way to edit and withdraw."""
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(
            _(
                "### Your suggestion {id}\nYou can edit it until somebody else has voted or a moderator "
                "has let it through, and take it back at any time. "
                "For a message when it is decided: `/suggestions notify`.",
                id=suggestion.id,
            )
        )
    )
    container.add_item(ActionRow(*author_buttons(suggestion)))
    return _view(container)


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
    container = Container(accent_colour=GREEN)
    container.add_item(
        TextDisplay(
            _(
                _WON if by_votes else _NODDED,
                film=title(entry.film, entry.year),
                scene=escape(entry.scene),
                byline=byline(suggestion),
                up=numeral(tally.up),
                down=numeral(tally.down),
                now=_(_RESTS) if resting else now,
            )
        )
    )
    return _view(container, _see(suggestion))


def decided_note(
    suggestion: Suggestion, event: Event, server: str, *, resting: bool = False
) -> discord.ui.LayoutView:
    """The direct message for an author who asked for one; `resting` as in `announcement`."""
    accepted = suggestion.state == "accepted"
    name = f"**{title(suggestion.entry.film, suggestion.entry.year)}**"
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
    container = Container(accent_colour=GREEN if accepted else GREY)
    container.add_item(TextDisplay(words))
    container.add_item(TextDisplay(_("-# You asked for this. `/suggestions notify` in that server turns it off.")))
    return _view(container, _see(suggestion))


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


def duplicates_question(typed: Typed, near: Sequence[Known], draft: int) -> discord.ui.LayoutView:
    """Is it one of these?"""
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(
            _(
                "### Is it one of these?\nIf it is, take it: that counts as your vote for it. What you "
                "typed is kept.",
            )
        )
    )
    year = number_in(typed.year) or 0
    likely = is_likely(clean(typed.film), year, near[0])
    for known in near:
        stands_out = likely and known is near[0]
        words = f"**{title(known.film, known.year)}** {escape(known.scene)}"
        if suggestion_number(known.id) is not None:
            words = _("{montage}\n-# suggested here", montage=words)
        container.add_item(
            Section(
                TextDisplay(words),
                accessory=SuggestionButton(
                    "take", f"{draft}.{known.id}", _("That's it"), _PRIMARY if stands_out else _SECONDARY
                ),
            )
        )
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    yours = clip(clean(f"{typed.film} ({typed.year}): {typed.scene}"), 160)
    container.add_item(TextDisplay(_("-# You typed: {yours}", yours=escape(yours))))
    container.add_item(
        ActionRow(
            SuggestionButton("new", str(draft), _("No, it's new"), _SECONDARY if likely else _PRIMARY),
            SuggestionButton("mend", str(draft), _("Change what I typed")),
        )
    )
    return _view(container)


def discipline_question(typed: Typed, meant: Sequence[Montage], draft: int) -> discord.ui.LayoutView:
    """A discipline that nothing here has: is it one of those that these montages have?"""
    question = _("Did you mean one of these?") if len(meant) > 1 else _("Did you mean this one?")
    container = Container(accent_colour=AMBER)
    container.add_item(
        TextDisplay(
            _(
                "### “{clean}” is new here\n{question} What you typed is kept.",
                clean=escape(clip(clean(typed.discipline), 60)),
                question=question,
            )
        )
    )
    container.add_item(
        ActionRow(
            *(
                SuggestionButton(
                    "meant", f"{draft}.{montage.id}", capital(discipline_name(montage.discipline)), _PRIMARY
                )
                for montage in meant
            )
        )
    )
    container.add_item(
        ActionRow(
            SuggestionButton("as-typed", str(draft), _("No, it's new")),
            SuggestionButton("mend", str(draft), _("Change what I typed")),
        )
    )
    return _view(container)


def withdrawn_note(suggestion: Suggestion) -> discord.ui.LayoutView:
    """For its author, who has just taken it back: the way back, for a while."""
    return _kept(
        _("### Taken back"),
        _("Nobody votes on it any more. A slip? For an hour you can put it back as it was; later a moderator can."),
        SuggestionButton("put-back", str(suggestion.id), _("Put it back"), emoji="↩️"),
    )


def mend_note(typed: Typed, problems: Mapping[str, str], draft: int) -> discord.ui.LayoutView:
    """What was typed, with what is wrong beside it, and the button that opens the form again."""
    lines = []
    for name in FIELDS:
        value = escape(clip(clean(getattr(typed, name)), 200)) or _("*nothing*")
        lines.append(boldly_named(_(LABELS[name]), value))
        if name in problems:
            # For translators: {field} is one of the form's, as “Film”; {problem} is what it does, as “is empty”.
            lines.append(_("⚠️ **{field}** {problem}.", field=_(LABELS[name]), problem=problems[name]))
    return _kept(
        _("### Nearly there\nNothing you typed is lost. Mend what is marked and send it again."),
        "\n".join(lines),
        SuggestionButton("mend", str(draft), _("Open the form again"), _PRIMARY),
    )


def later_note(reason: str, typed: Typed, draft: int) -> discord.ui.LayoutView:
    """It cannot be sent at the moment; what was typed is kept for a day."""
    why = _("-# Kept for a day: {clean}", clean=escape(clip(clean(typed.film), 90)))
    button = SuggestionButton("mend", str(draft), _("Open the form again"), _PRIMARY)
    return _kept(_("### Not just now\n{reason}", reason=reason), why, button)


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
    return escape(capital(discipline_name(entry.discipline))) + link


def _see(suggestion: Suggestion) -> ActionRow | None:
    if suggestion.address is None:
        return None
    return ActionRow(Button(label=_("See its card"), url=suggestion.address))


def _view(container: Container, row: ActionRow | None = None) -> discord.ui.LayoutView:
    if row is not None:
        container.add_item(row)
    return build_layout(container)
