"""/moderate, and every button of the review panel. Each press asks who presses."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot import clock
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import N_, Said, _, ngettext
from bot.suggestions.buttons import ButtonHandler, numbers_in
from bot.suggestions.entry import Entry
from bot.suggestions.forms import entry_or_mend, reason_form, reason_in, suggestion_form
from bot.suggestions.lifecycle import Action, state_phrase
from bot.suggestions.options import Every, named
from bot.suggestions.review.cards import blocked_list, undo_button
from bot.suggestions.review.panel import next_review_panel, review_panel
from bot.suggestions.review.permissions import COMMAND
from bot.suggestions.suggestion import Change, Suggestion
from bot.ui.answers import answers, ask, notice, reply, update
from bot.ui.context import guild_id_of
from bot.ui.lists import list_view, pages_of
from bot.ui.registries import FormHandler, Values
from bot.ui.text import clean, cut, title
from bot.ui.theme import GREEN
from bot.voting import Choice

# Of why somebody is blocked.
_REASON_AT_MOST = 200

_DONE: dict[Action, str] = {
    "posted": N_("Put to the vote"),
    "accepted": N_("Accepted"),
    "corrected": N_("Corrected"),
    "declined": N_("Declined"),
}


def add_review(bot: MontageBot) -> None:
    """The moderators' commands, the message's menu, and the review panel."""
    group = app_commands.Group(
        name=COMMAND,
        description="Suggestions, for moderators: the queue, who voted, who may not suggest.",
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="review", description="What is reported, waiting for review or open, one after the other.")
    @answers
    async def review(interaction: Interaction) -> None:
        reported = await bot.services.moderation.reported(guild_id_of(interaction))
        remark = (
            ngettext("🚩 {number} suggestion reported.", "🚩 {number} suggestions reported.", reported)
            if reported
            else ""
        )
        await reply(interaction, await next_review_panel(interaction, remark=remark), private=True)

    @group.command(name="look", description="One suggestion, with everything that happened to it.")
    @app_commands.describe(suggestion="Its number, or start typing the film")
    @answers
    async def look(interaction: Interaction, suggestion: app_commands.Transform[str, Every]) -> None:
        found = await named(interaction, suggestion, Every)
        await reply(interaction, await review_panel(interaction, found), private=True)

    @group.command(name="voters", description="Who voted on a suggestion, and how.")
    @app_commands.describe(suggestion="Its number, or start typing the film")
    @answers
    async def voters(interaction: Interaction, suggestion: app_commands.Transform[str, Every]) -> None:
        found = await named(interaction, suggestion, Every)
        await reply(interaction, await bot.lists.page(interaction, "voters", found.montage_id, 0), private=True)

    @group.command(name="block", description="A member may not suggest or report here any more.")
    @app_commands.describe(member="Who it is", reason="For the other moderators")
    @answers
    async def block(
        interaction: Interaction, member: discord.User, reason: app_commands.Range[str, 0, _REASON_AT_MOST] = ""
    ) -> None:
        why = cut(clean(reason), _REASON_AT_MOST)
        await bot.services.moderation.block(
            guild_id_of(interaction), member.id, interaction.user.id, why, clock.now()
        )
        words = _(
            "<@{id}> can't suggest or report here any more. What they suggested stays, and they may vote.",
            id=member.id,
        )
        await reply(interaction, notice(words, accent=GREEN), private=True)

    @group.command(name="unblock", description="A member may suggest here again.")
    @app_commands.describe(member="Who it is; leave it out for the list of those who are blocked")
    @answers
    async def unblock(interaction: Interaction, member: discord.User | None = None) -> None:
        if member is None:
            await reply(interaction, await bot.lists.page(interaction, "blocked", "", 0), private=True)
            return
        if not await bot.services.moderation.unblock(guild_id_of(interaction), member.id):
            raise UserError(_("<@{id}> is not blocked here.", id=member.id))
        await reply(
            interaction, notice(_("<@{id}> may suggest here again.", id=member.id), accent=GREEN), private=True
        )

    @bot.tree.context_menu(name="Moderate suggestion")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True)
    @app_commands.allowed_installs(guilds=True)
    @answers
    async def moderate_message(interaction: Interaction, message: discord.Message) -> None:
        found = await bot.services.suggestions.at_message(guild_id_of(interaction), message.id)
        if found is None:
            raise UserError(
                _("That message is not the card of a suggestion. `/moderate look` finds one by its number.")
            )
        await reply(interaction, await review_panel(interaction, found), private=True)

    bot.tree.add_command(group)
    bot.lists.add("voters", _voters)
    bot.lists.add("blocked", _blocked)
    for name in ("accept", "correct"):
        bot.forms.add(name, _guarded_form(_accepting(name)))
    bot.forms.add("decline", _guarded_form(_declined))
    routes = bot.services.suggestion_buttons
    for name, handler in _BUTTONS.items():
        routes.add(name, _guarded(handler))


def _guarded(action: ButtonHandler) -> ButtonHandler:
    async def guarded(interaction: Interaction, argument: str) -> None:
        await interaction.client.services.moderators.require(interaction)
        await action(interaction, argument)

    return guarded


def _guarded_form(handler: FormHandler) -> FormHandler:
    async def guarded(interaction: Interaction, argument: str, values: Values) -> None:
        await interaction.client.services.moderators.require(interaction)
        await handler(interaction, argument, values)

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
    name = title(change.suggestion.entry.film, change.suggestion.entry.year)
    remark = _("{words}: **{name}**, suggestion {number}.", words=words, name=name, number=number)
    if trouble:
        remark += f"\n⚠️ {trouble}"
    if seen:
        undo = undo_button(change.suggestion, queue=True, label=_("Undo")) if not change.event.undone_at else None
        await _answer(interaction, await next_review_panel(interaction, seen, number, remark, undo))
        return
    now = await bot.services.suggestions.get(guild_id_of(interaction), number) or change.suggestion
    waiting = len(await _queue(interaction)) if stay else None
    await _answer(interaction, await review_panel(interaction, now, remark, waiting=waiting))


async def _answer(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Into the panel's own message; a form that was mended from a note has none to redraw."""
    if interaction.message is not None:
        await update(interaction, view)
    else:
        await reply(interaction, view, private=True)


async def _ask_to_accept(interaction: Interaction, argument: str) -> None:
    suggestion, _more = await _target(interaction, argument)
    await ask(interaction, suggestion_form(suggestion.entry.typed(), "accept", argument))


async def _ask_to_correct(interaction: Interaction, argument: str) -> None:
    suggestion, _more = await _target(interaction, argument)
    await ask(interaction, suggestion_form(suggestion.entry.typed(), "correct", argument))


def _accepting(name: str) -> FormHandler:
    action: Action = "accepted" if name == "accept" else "corrected"

    async def sent(interaction: Interaction, argument: str, values: Values) -> None:
        suggestion, queue = await _target(interaction, argument)
        entry = await entry_or_mend(interaction, name, argument, values)
        if entry is not None:
            await _decide(interaction, suggestion, action, queue, entry=entry)

    return sent


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
    if len(await moderation.reports(suggestion.id)) == shown:
        await moderation.settle(suggestion.id, interaction.user.id, clock.now())
        remark = _("The reports are settled.")
    waiting = len(await _queue(interaction)) if queue else None
    await update(interaction, await review_panel(interaction, suggestion, remark, waiting=waiting))


async def _block(interaction: Interaction, argument: str) -> None:
    await _set_block(interaction, argument, blocked=True)


async def _unblock(interaction: Interaction, argument: str) -> None:
    await _set_block(interaction, argument, blocked=False)


async def _set_block(interaction: Interaction, argument: str, *, blocked: bool) -> None:
    suggestion, queue = await _target(interaction, argument)
    services, guild_id, by = interaction.client.services, suggestion.guild_id, interaction.user.id
    moderation, author, why = (
        services.moderation,
        suggestion.author_id,
        Said("over suggestion {number}", number=suggestion.id),
    )
    if author is not None:
        who = f"<@{author}>"
        if blocked:
            await moderation.block(guild_id, author, by, why, clock.now())
        else:
            await moderation.unblock(guild_id, author)
    else:
        trace = await services.traces.author_of(suggestion.id)
        if trace is None:
            raise UserError(_("Nobody knows any more who suggested it."))
        who = _("Whoever suggested it")
        if blocked:
            await moderation.block_trace(guild_id, trace, by, why, clock.now())
        else:
            await moderation.unblock_trace(guild_id, trace)
    remark = (
        _("{who} can't suggest or report here any more.", who=who)
        if blocked
        else _("{who} may suggest here again.", who=who)
    )
    waiting = len(await _queue(interaction)) if queue else None
    await update(interaction, await review_panel(interaction, suggestion, remark, waiting=waiting))


async def _unblock_listed(interaction: Interaction, argument: str) -> None:
    """`argument` is a member's id, or `t.` and the trace of one who was erased."""
    moderation, guild_id = interaction.client.services.moderation, guild_id_of(interaction)
    trace = argument.removeprefix("t.")
    if trace != argument:
        await moderation.unblock_trace(guild_id, trace)
    else:
        (member_id,) = numbers_in(argument)
        await moderation.unblock(guild_id, member_id)
    if await moderation.blocked(guild_id):
        await update(interaction, await _blocked(interaction, "", 0))
    else:
        await update(interaction, notice(_("Nobody is blocked here any more."), accent=GREEN))


_BUTTONS: dict[str, ButtonHandler] = {
    "accept": _ask_to_accept,
    "correct": _ask_to_correct,
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


async def _voters(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
    """Who voted; `query` is the montage's id."""
    await interaction.client.services.moderators.require(interaction)
    votes = await interaction.client.services.votes.voters(guild_id_of(interaction), query)
    if not votes:
        raise UserError(_("Nobody has voted on that one yet."))
    shown, page, pages = pages_of(votes, page)
    rows = [f"{'🔥' if choice is Choice.UP else '🧊'} <@{person}>" for person, choice in shown]
    heading = ngettext(
        "## {number} vote on suggestion {suggestion}",
        "## {number} votes on suggestion {suggestion}",
        len(votes),
        suggestion=query.removeprefix("s"),
    )
    return list_view("voters", query, heading, rows, [], page, pages)


async def _blocked(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
    """Who may not suggest here."""
    await interaction.client.services.moderators.require(interaction)
    blocked = await interaction.client.services.moderation.blocked(guild_id_of(interaction))
    if not blocked:
        raise UserError(_("Nobody is blocked here."))
    shown, page, pages = pages_of(blocked, page)
    return blocked_list(shown, page, pages)
