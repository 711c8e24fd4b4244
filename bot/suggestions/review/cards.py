"""What a moderator sees of a suggestion: all of it, who made it, what happened, and what can be done."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import discord

from bot.catalogue.names import discipline_name
from bot.languages import N_, _, ngettext, now_said, numeral
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.cards import author_buttons, story
from bot.suggestions.duplicates import Known
from bot.suggestions.lifecycle import Action, next_state, state_phrase
from bot.suggestions.suggestion import Blocked, Event, Report, Suggestion
from bot.ui.components import TEXT_AT_MOST, ActionRow, Container, Item, Section, Separator, TextDisplay
from bot.ui.lists import page_row
from bot.ui.mentions import person
from bot.ui.text import capital, clip, escape, length, named, title
from bot.ui.theme import AMBER, GOLD, build_layout
from bot.voting import Tally

_EVENTS_SHOWN = 8
_REPORTS_SHOWN = 5
_SUCCESS, _DANGER = discord.ButtonStyle.success, discord.ButtonStyle.danger


class ReviewItem(NamedTuple):
    """Everything about one suggestion that a moderator decides by.

    `waiting` is how many stand in the queue; None when this one was looked up by itself.
    """

    suggestion: Suggestion
    tally: Tally
    history: Sequence[Event]
    reports: Sequence[Report]  # those that nobody has dealt with
    author_blocked: bool
    waiting: int | None = None
    own: bool = False  # the moderator is its author
    author_known: bool = True  # by their id, or since they were erased by their trace
    all_reports: Sequence[Report] = ()  # settled ones, too
    looks_like: Sequence[Known] = ()  # what is here already and may be the same


def review_card(item: ReviewItem, remark: str = "", undo: SuggestionButton | None = None) -> discord.ui.LayoutView:
    """The whole of it; `remark` says what has just been done, and what went wrong with it; `undo` takes it back."""
    suggestion = item.suggestion
    done = [with_undo(remark, undo), Separator(spacing=discord.SeparatorSpacing.small)] if remark else []
    texts = [_head(item), _short_story(suggestion)]
    about = _about(item, TEXT_AT_MOST - sum(map(length, (remark, *texts))))
    return build_layout(
        Container(
            *done,
            *map(TextDisplay, [*texts, about] if about else texts),
            *_rows(item),
            accent_colour=AMBER if item.reports or suggestion.trouble else GOLD,
        )
    )


def with_undo(remark: str, undo: SuggestionButton | None) -> Item:
    """What has just been done, with the button that takes it back beside it."""
    return Section(TextDisplay(remark), accessory=undo) if undo else TextDisplay(remark)


def undo_button(suggestion: Suggestion, *, queue: bool, label: str) -> SuggestionButton:
    """Takes back what came last."""
    return SuggestionButton("undo", f"{suggestion.id}.{suggestion.version}.{int(queue)}", label, emoji="↩️")


def blocked_list(shown: Sequence[Blocked], page: int, pages: int) -> discord.ui.LayoutView:
    """A page of those who may not suggest, each with the way back."""
    container = Container(TextDisplay(_("## Who may not suggest here")), accent_colour=GOLD)
    for blocked in shown:
        who = person(blocked.user_id)
        words = named(who, escape(clip(now_said(blocked.why), 100))) if blocked.why else who
        target = str(blocked.user_id) if blocked.user_id is not None else f"t.{blocked.trace}"
        container.add_item(Section(words, accessory=SuggestionButton("unblock-listed", target, _("Unblock"))))
    if pages > 1:
        container.add_item(page_row("blocked", "", page, pages))
    return build_layout(container)


def event_line(event: Event) -> str:
    """`accepted by the votes, 3 hours ago; taken back by @Mia`."""
    who = _("the votes") if event.actor == "votes" else person(event.by)
    reworded = event.reworded and event.action == "accepted"
    words = N_("accepted in other words by {who}, {when}") if reworded else _EVENTS[event.action]
    line = _(words, who=who, when=f"<t:{event.at // 1000}:R>")
    if event.why:
        line = named(line, escape(clip(event.why, 120)))
    if not event.undone_at:
        return line
    undone = f"<t:{event.undone_at // 1000}:R>"
    if event.undone_by:
        return _("{line} (taken back by {who}, {when})", line=line, who=f"<@{event.undone_by}>", when=undone)
    return _("{line} (taken back, {when})", line=line, when=undone)


# The same in one word.
_DONE: dict[Action, str] = {
    "edited": N_("edited"),
    "posted": N_("posted"),
    "accepted": N_("accepted"),
    "corrected": N_("corrected"),
    "declined": N_("declined"),
    "withdrawn": N_("withdrawn"),
}
_EVENTS: dict[Action, str] = {
    "edited": N_("edited by {who}, {when}"),
    "posted": N_("posted by {who}, {when}"),
    "accepted": N_("accepted by {who}, {when}"),
    "corrected": N_("corrected by {who}, {when}"),
    "declined": N_("declined by {who}, {when}"),
    "withdrawn": N_("withdrawn by {who}, {when}"),
}


def _head(item: ReviewItem) -> str:
    suggestion, tally = item.suggestion, item.tally
    by = person(suggestion.author_id)
    if suggestion.imported:
        by = _("{who}, with a list", who=by) if suggestion.author_id else _("a list that a manager brought")
    if suggestion.anonymous and suggestion.author_id:
        by = _("{who} (anonymous to everybody else)", who=by)
    if item.author_blocked:
        by = _("{who} (blocked)", who=by)
    number = _("-# Suggestion {number}", number=suggestion.id)
    if item.waiting is not None:
        number = _("-# Suggestion {number} · {waiting} in the queue", number=suggestion.id, waiting=item.waiting)
    words = _(
        "From {who}, {when}. It {state}: 🔥 {up} · 🧊 {down}",
        who=by,
        when=f"<t:{suggestion.created_at // 1000}:R>",
        state=state_phrase(suggestion.state),
        up=numeral(tally.up),
        down=numeral(tally.down),
    )
    if suggestion.state != "open" or suggestion.closes_at is None:
        return f"{number}\n{words}"
    bell = _("-# The last bell rings {soon}.", soon=f"<t:{suggestion.closes_at // 1000}:R>")
    return f"{number}\n{words}\n{bell}"


def _short_story(suggestion: Suggestion) -> str:
    entry = suggestion.entry
    # The address is spelt out: whoever decides should see all of it.
    words = f"{story(suggestion)}\n-# {escape(capital(discipline_name(entry.discipline)))}"
    if not entry.link:
        return words
    address = entry.link.replace("`", "")
    return "\n".join((words, _("-# Link: {address}", address=f"`{address}`")))


def _about(item: ReviewItem, room: int) -> str:
    """What is wrong and what happened, in at most `room` characters: escaped, a word can be twice as long."""
    lines = [
        _(
            "⚠️ Looks like **{film}** {scene}, which is here already.",
            film=title(known.film, known.year),
            scene=escape(known.scene),
        )
        for known in item.looks_like
    ]
    if item.suggestion.trouble:
        lines.append(f"⚠️ {now_said(item.suggestion.trouble)}")
    if item.reports:
        lines.append(ngettext("🚩 **{number} report**", "🚩 **{number} reports**", len(item.reports)))
        lines += [
            f"- {named(_reporter(item, report), escape(clip(report.why, 120)))}"
            for report in item.reports[:_REPORTS_SHOWN]
        ]
    if happened := _happened(item):
        lines.append(_("**What happened**"))
        lines += [f"- {line}" for line in happened[:_EVENTS_SHOWN]]
    ends = accumulate(length(line) + 1 for line in lines)
    return "\n".join(line for line, end in zip(lines, ends, strict=True) if end <= room)


def _happened(item: ReviewItem) -> list[str]:
    """A line for each thing that happened, the latest first: changes, reports and their settling."""
    dated = [(event.at, event_line(event)) for event in item.history]
    dated += [
        (report.at, _("reported by {who}, {when}", who=_reporter(item, report), when=f"<t:{report.at // 1000}:R>"))
        for report in item.all_reports
    ]
    # Reports that were settled in one go share a line.
    settled = {report.settled_at: report.settled_by for report in item.all_reports if report.settled_at}
    for at, by in settled.items():
        dated.append((at, _("reports settled by {who}, {when}", who=person(by), when=f"<t:{at // 1000}:R>")))
    return [line for _at, line in sorted(dated, key=lambda entry: -entry[0])]


def _reporter(item: ReviewItem, report: Report) -> str:
    """Who reported it; not for its author, who may be a moderator as well."""
    return _("somebody") if item.own else f"<@{report.by}>"


def _rows(item: ReviewItem) -> list[ActionRow]:
    suggestion = item.suggestion
    target = f"{suggestion.id}.{suggestion.version}.{int(item.waiting is not None)}"
    decide: list[SuggestionButton] = []
    if next_state("posted", "moderator", suggestion.state):
        words = _("Reopen the vote") if suggestion.state == "declined" else _("Put to the vote")
        decide.append(SuggestionButton("post", target, words, discord.ButtonStyle.primary))
    if next_state("accepted", "moderator", suggestion.state):
        decide.append(SuggestionButton("accept", target, _("Accept"), _SUCCESS))
    if next_state("corrected", "moderator", suggestion.state):
        decide.append(SuggestionButton("correct", target, _("Correct")))
    if next_state("declined", "moderator", suggestion.state):
        decide.append(SuggestionButton("decline", target, _("Decline"), _DANGER))
    if item.waiting is not None:
        decide.append(SuggestionButton("skip", target, _("Skip")))
    more: list[SuggestionButton] = [SuggestionButton("voters", target, _("Who voted"))]
    last = next((event for event in item.history if not event.undone_at), None)
    if last is not None:
        label = _("Undo “{action}”", action=_(_DONE[last.action]))
        more.append(undo_button(suggestion, queue=item.waiting is not None, label=label))
    if item.reports:
        more.append(SuggestionButton("settle", f"{target}.{len(item.reports)}", _("The reports are settled")))
    if item.author_known and item.author_blocked:
        more.append(SuggestionButton("unblock", target, _("Unblock its author")))
    elif item.author_known and not item.own:
        more.append(SuggestionButton("block", target, _("Block its author"), _DANGER))
    rows: list[ActionRow] = [ActionRow(*row) for row in (decide, more) if row]
    if item.own and suggestion.state in ("waiting", "open", "accepted"):
        rows.append(ActionRow(*author_buttons(suggestion)))
    return rows
