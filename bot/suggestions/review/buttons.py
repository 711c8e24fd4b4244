"""What the buttons and forms of the review panel do. Each press asks who presses."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Concatenate, ParamSpec

import discord

from bot import clock
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import N_, Said, _
from bot.suggestions.buttons import ButtonHandler, numbers_in
from bot.suggestions.entry import Entry
from bot.suggestions.forms import entry_or_mend, reason_form, reason_in, suggestion_form
from bot.suggestions.lifecycle import Action, state_phrase
from bot.suggestions.review.cards import undo_button
from bot.suggestions.review.panel import next_review_panel, review_panel
from bot.suggestions.review.store import Person
from bot.suggestions.suggestion import Change, Suggestion
from bot.ui.answers import ask, notice, reply, update
from bot.ui.context import guild_id_of
from bot.ui.registries import FormHandler, Values
from bot.ui.theme import GREEN

P = ParamSpec("P")

_DONE: dict[Action, str] = {
    "posted": N_("Put to the vote"),
    "accepted": N_("Accepted"),
    "corrected": N_("Corrected"),
    "declined": N_("Declined"),
}


def add_buttons(bot: MontageBot) -> None:
    """Every button and form of the review panel; each press asks who presses."""
    for form, action in _FORMS.items():
        bot.forms.add(form, _guarded(action))
    for button, serve in _BUTTONS.items():
        bot.services.suggestion_buttons.add(button, _guarded(serve))


def _guarded(
    action: Callable[Concatenate[Interaction, P], Awaitable[None]],
) -> Callable[Concatenate[Interaction, P], Awaitable[None]]:
    async def guarded(interaction: Interaction, /, *args: P.args, **kwargs: P.kwargs) -> None:
        await interaction.client.services.moderators.require(interaction)
        await action(interaction, *args, **kwargs)

    return guarded


async def _target(interaction: Interaction, argument: str) -> tuple[Suggestion, bool]:
    """(the suggestion as it stands, whether it was shown as part of the queue); `argument` is `12.3.1`.

    Raises UserError where it has changed since it was shown: nobody decides what they have not seen.
    """
    number, version, queue = numbers_in(argument, 3)
    found = await interaction.client.services.suggestions.get(guild_id_of(interaction), number)
    if found is None:
        raise UserError(_("That suggestion is not here any more."))
    if found.version != version:
        raise UserError(
            _(
                "Somebody was quicker: suggestion {number} {state_phrase}, or its text has changed. "
                "Look again with `/moderate look suggestion:{number}`.",
                number=number,
                state_phrase=state_phrase(found.state),
            )
        )
    return found, bool(queue)


async def _queue(interaction: Interaction) -> list[int]:
    return await interaction.client.services.moderation.queue(guild_id_of(interaction))


async def _settled(
    interaction: Interaction, change: Change | None, words: str, seen: Sequence[int] = (), *, stay: bool = False
) -> None:
    """After a decision: what follows from it, then the panel with what to know, or the next in the queue.

    `seen` is the queue as it was before; empty where the suggestion was looked up by itself. `stay`: it was part
    of the queue, and is shown again.
    """
    if change is None:
        raise UserError(_("Somebody was quicker. Look at it again, please."))
    bot, number = interaction.client, change.suggestion.id
    moderation = bot.services.moderation
    decided = change.event.action in ("accepted", "declined") and not change.event.undone_at
    if decided:
        await moderation.settle(number, interaction.user.id, clock.now(), change.event.id)
    trouble = await bot.services.decisions.follow(change)
    name = change.suggestion.entry.title
    remark = _("{words}: **{name}**, suggestion {number}.", words=words, name=name, number=number)
    if trouble:
        remark += f"\n⚠️ {trouble}"
    if seen:
        undo = undo_button(change.suggestion, queue=True, label=_("Undo")) if not change.event.undone_at else None
        await _answer(interaction, await next_review_panel(interaction, seen, number, remark, undo))
        return
    now = await bot.services.suggestions.get(guild_id_of(interaction), number) or change.suggestion
    await _answer(interaction, await _panel(interaction, now, remark, queue=stay))


async def _panel(
    interaction: Interaction, suggestion: Suggestion, remark: str, *, queue: bool
) -> discord.ui.LayoutView:
    """The panel of the same suggestion, with what has just been done; `queue`: it was shown as part of that."""
    waiting = len(await _queue(interaction)) if queue else None
    return await review_panel(interaction, suggestion, remark, waiting=waiting)


async def _answer(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Into the panel's own message; a form that was mended from a note has none to redraw."""
    if interaction.message is not None:
        await update(interaction, view)
    else:
        await reply(interaction, view, private=True)


async def _ask_for_words(form: str, interaction: Interaction, argument: str) -> None:
    suggestion, _more = await _target(interaction, argument)
    await ask(interaction, suggestion_form(suggestion.entry.typed(), form, argument))


async def _reworded(form: str, action: Action, interaction: Interaction, argument: str, values: Values) -> None:
    suggestion, queue = await _target(interaction, argument)
    entry = await entry_or_mend(interaction, form, argument, values)
    if entry is not None:
        await _decide(interaction, suggestion, action, queue, entry=entry)


async def _ask_to_decline(interaction: Interaction, argument: str) -> None:
    await _target(interaction, argument)
    hint = _("Everybody can read it on the card.")
    await ask(interaction, reason_form("decline", argument, _("Decline a suggestion"), _("Why?"), hint))


async def _declined(interaction: Interaction, argument: str, values: Values) -> None:
    suggestion, queue = await _target(interaction, argument)
    await _decide(interaction, suggestion, "declined", queue, why=reason_in(values))


async def _put_to_the_vote(interaction: Interaction, argument: str) -> None:
    suggestion, queue = await _target(interaction, argument)
    await _decide(interaction, suggestion, "posted", queue)


async def _decide(
    interaction: Interaction,
    suggestion: Suggestion,
    action: Action,
    queue: bool,
    *,
    why: str = "",
    entry: Entry | None = None,
) -> None:
    seen = await _queue(interaction) if queue else []
    change = await interaction.client.services.decisions.change(
        suggestion, action, "moderator", interaction.user.id, why=why, entry=entry
    )
    await _settled(interaction, change, _(_DONE[action]), seen)


async def _undo(interaction: Interaction, argument: str) -> None:
    suggestion, queue = await _target(interaction, argument)
    change = await interaction.client.services.decisions.undo(suggestion, interaction.user.id)
    words = _("Undone")
    if change and change.suggestion.state != suggestion.state:
        words = _("Undone; it {state} again", state=state_phrase(change.suggestion.state))
    await _settled(interaction, change, words, stay=queue)


async def _skip(interaction: Interaction, argument: str) -> None:
    number, *_more = numbers_in(argument, 3)
    waiting = await _queue(interaction)
    remark = _("This is the only one in the queue.") if waiting == [number] else ""
    await update(interaction, await next_review_panel(interaction, waiting, number, remark))


async def _show_voters(interaction: Interaction, argument: str) -> None:
    number, *_more = numbers_in(argument, 3)
    view = await interaction.client.lists.page(interaction, "voters", f"s{number}", 0)
    await reply(interaction, view, private=True)


async def _settle(interaction: Interaction, argument: str) -> None:
    """`argument` ends with how many reports were shown: one that has come since is still to be read."""
    *_target_of, shown = numbers_in(argument, 4)
    suggestion, queue = await _target(interaction, argument.rpartition(".")[0])
    moderation, remark = interaction.client.services.moderation, _("Another report has come in: read it first.")
    if sum(not report.settled_at for report in await moderation.reports(suggestion.id)) == shown:
        await moderation.settle(suggestion.id, interaction.user.id, clock.now())
        remark = _("The reports are settled.")
    await update(interaction, await _panel(interaction, suggestion, remark, queue=queue))


async def _block(interaction: Interaction, argument: str) -> None:
    suggestion, queue, author, who = await _author_in(interaction, argument)
    why = Said("over suggestion {number}", number=suggestion.id)
    await interaction.client.services.moderation.block(
        suggestion.guild_id, author, interaction.user.id, why, clock.now()
    )
    remark = _("{who} can't suggest or report here any more.", who=who)
    await update(interaction, await _panel(interaction, suggestion, remark, queue=queue))


async def _unblock(interaction: Interaction, argument: str) -> None:
    suggestion, queue, author, who = await _author_in(interaction, argument)
    await interaction.client.services.moderation.unblock(suggestion.guild_id, author)
    remark = _("{who} may suggest here again.", who=who)
    await update(interaction, await _panel(interaction, suggestion, remark, queue=queue))


async def _author_in(interaction: Interaction, argument: str) -> tuple[Suggestion, bool, Person, str]:
    """As `_target`, and (the author, what to call them). Raises UserError where nobody knows who that is."""
    suggestion, queue = await _target(interaction, argument)
    author = await interaction.client.services.moderation.author_of(suggestion)
    if author is None:
        raise UserError(_("Nobody knows any more who suggested it."))
    who = f"<@{author}>" if isinstance(author, int) else _("Whoever suggested it")
    return suggestion, queue, author, who


async def _unblock_listed(interaction: Interaction, argument: str) -> None:
    """`argument` is a member's id, or `t.` and the trace of one who was erased."""
    moderation, guild_id = interaction.client.services.moderation, guild_id_of(interaction)
    trace = argument.removeprefix("t.")
    await moderation.unblock(guild_id, trace if trace != argument else numbers_in(argument)[0])
    if await moderation.blocked(guild_id):
        await update(interaction, await interaction.client.lists.page(interaction, "blocked", "", 0))
    else:
        await update(interaction, notice(_("Nobody is blocked here any more."), accent=GREEN))


_BUTTONS: dict[str, ButtonHandler] = {
    "accept": partial(_ask_for_words, "accept"),
    "correct": partial(_ask_for_words, "correct"),
    "decline": _ask_to_decline,
    "post": _put_to_the_vote,
    "undo": _undo,
    "skip": _skip,
    "voters": _show_voters,
    "settle": _settle,
    "block": _block,
    "unblock": _unblock,
    "unblock-listed": _unblock_listed,
}
_FORMS: dict[str, FormHandler] = {
    "accept": partial(_reworded, "accept", "accepted"),
    "correct": partial(_reworded, "correct", "corrected"),
    "decline": _declined,
}
