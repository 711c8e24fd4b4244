"""/suggestions: what every member may do with suggestions, their own above all."""

import secrets
from typing import Literal

from discord import app_commands

from bot import clock
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import N_, Said, _
from bot.suggestions.bulk.commands import add_bulk
from bot.suggestions.buttons import numbers_in
from bot.suggestions.cards import author_note, withdrawn_note
from bot.suggestions.forms import entry_or_mend, reason_form, reason_in, suggestion_form
from bot.suggestions.lifecycle import UNDECIDED, state_phrase
from bot.suggestions.lists import seen_by
from bot.suggestions.options import Own, Visible, suggestion_given
from bot.suggestions.review.panel import review_panel
from bot.suggestions.suggestion import Suggestion
from bot.ui.answers import answers, ask, notice, reply, update
from bot.ui.context import guild_id_of
from bot.ui.registries import Values
from bot.ui.speaking import where_seen
from bot.ui.theme import GREEN

_VOTED_ON = N_(
    "Somebody has voted on it already, and they voted for what they read. You can take it back and suggest it "
    "anew, or ask a moderator: they can mend it when they accept it."
)

_LET_THROUGH = N_(
    "A moderator has read it and let it through as it is. You can take it back and suggest it anew, or ask a "
    "moderator: they can mend it when they accept it."
)
_BLOCKED = N_(
    "The moderators of this server have asked me not to take suggestions from you, and that goes for new words "
    "in an old one. You can still take it back."
)

# How long its author can put back what they took back.
_PUT_BACK_WITHIN = clock.HOUR


def add_commands(bot: MontageBot) -> None:
    """The group `/suggestions`, and the buttons on a card that are for everybody."""
    group = app_commands.Group(
        name="suggestions",
        description="What members have suggested: look, edit, take back.",
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )

    @group.command(name="list", description="What was suggested here, ten a page.")
    @app_commands.describe(which="Which ones", order="Which come first")
    @answers
    async def list_(
        interaction: Interaction,
        which: Literal["open", "accepted", "declined", "mine"] = "open",
        order: Literal["newest", "oldest", "most wanted", "random"] = "newest",
    ) -> None:
        seed = secrets.token_hex(3) if order == "random" else ""
        with await where_seen(interaction, private=which == "mine"):
            view = await bot.lists.page(interaction, "suggestions", f"{which}.{order}.{seed}", 0)
        await reply(interaction, view, private=which == "mine")

    @group.command(name="show", description="One suggestion, with its votes.")
    @app_commands.describe(suggestion="Its number, or start typing the film")
    @answers
    async def show(interaction: Interaction, suggestion: app_commands.Transform[str, Visible]) -> None:
        found = await suggestion_given(interaction, suggestion, Visible)
        private = found.state not in ("open", "accepted")
        with await where_seen(interaction, private=private):
            card = await seen_by(interaction, found, alone=private)
        await reply(interaction, card, private=private)

    @group.command(name="edit", description="Change your suggestion, until somebody else has voted on it.")
    @app_commands.describe(suggestion="Its number, or start typing the film")
    @answers
    async def edit(interaction: Interaction, suggestion: app_commands.Transform[str, Own]) -> None:
        await _ask_to_edit(interaction, await suggestion_given(interaction, suggestion, Own))

    @group.command(name="withdraw", description="Take your suggestion back.")
    @app_commands.describe(suggestion="Its number, or start typing the film")
    @answers
    async def withdraw(interaction: Interaction, suggestion: app_commands.Transform[str, Own]) -> None:
        await _withdraw(interaction, await suggestion_given(interaction, suggestion, Own))

    @group.command(name="notify", description="A direct message when a suggestion of yours is decided: on or off.")
    @app_commands.describe(when_decided="Off unless you turn it on")
    @answers
    async def notify(interaction: Interaction, when_decided: bool) -> None:
        await bot.services.notices.set(interaction.user.id, when_decided)
        words = _(
            "You'll hear from me in a direct message when a suggestion of yours is decided, wherever you made it."
        )
        if not when_decided:
            words = _("No more messages from me. Your suggestions are decided all the same.")
        await reply(interaction, notice(words, accent=GREEN), private=True)

    add_bulk(bot, group)
    bot.tree.add_command(group)
    bot.forms.add("edit", _edited)
    bot.forms.add("report", _reported)
    routes = bot.services.suggestion_buttons
    routes.add("manage", _manage)
    routes.add("report", _ask_to_report)
    routes.add("edit", _edit_pressed)
    routes.add("withdraw", _withdraw_pressed)
    routes.add("put-back", _put_back)


async def _suggestion(interaction: Interaction, argument: str) -> Suggestion:
    (number,) = numbers_in(argument)
    found = await interaction.client.services.suggestions.get(guild_id_of(interaction), number)
    if found is None:
        raise UserError(_("That suggestion is not here any more."))
    return found


def _must_be_author(interaction: Interaction, suggestion: Suggestion) -> None:
    if suggestion.author_id != interaction.user.id:
        raise UserError(_("That one isn't yours. Only whoever suggested it can change it or take it back."))


async def _edit_pressed(interaction: Interaction, number: str) -> None:
    await _ask_to_edit(interaction, await _suggestion(interaction, number))


async def _withdraw_pressed(interaction: Interaction, number: str) -> None:
    await _withdraw(interaction, await _suggestion(interaction, number))


async def _ask_to_edit(interaction: Interaction, suggestion: Suggestion) -> None:
    _must_be_author(interaction, suggestion)
    if reason := await _stays_as_it_is(interaction, suggestion):
        raise UserError(reason)
    await ask(interaction, suggestion_form(suggestion.entry.typed(), "edit", str(suggestion.id)))


async def _stays_as_it_is(interaction: Interaction, suggestion: Suggestion) -> str | None:
    """Why its author may not change it any more; None where they may."""
    bot, store = interaction.client, interaction.client.services.suggestions
    if suggestion.state not in UNDECIDED:
        return _("It {state_phrase}, so it stays as it is.", state_phrase=state_phrase(suggestion.state))
    if await bot.services.moderation.is_blocked(suggestion.guild_id, interaction.user.id):
        return _(_BLOCKED)
    author = suggestion.author_id or 0
    if await bot.services.votes.others_voted(suggestion.guild_id, suggestion.montage_id, author):
        return _(_VOTED_ON)
    posted = any(e.action == "posted" and not e.undone_at for e in await store.history(suggestion.id))
    return _(_LET_THROUGH) if posted else None


async def _edited(interaction: Interaction, argument: str, values: Values) -> None:
    suggestion = await _suggestion(interaction, argument)
    _must_be_author(interaction, suggestion)
    entry = await entry_or_mend(interaction, "edit", argument, values)
    if entry is None:
        return
    decisions = interaction.client.services.decisions
    change = await decisions.change(suggestion, "edited", "author", interaction.user.id, entry=entry)
    if change is None:
        now = await _suggestion(interaction, argument)
        raise UserError(await _stays_as_it_is(interaction, now) or _("Somebody was quicker. Try again, please."))
    # Answer the author first; the card follows.
    await reply(interaction, notice(_("Changed. It reads better already."), accent=GREEN), private=True)
    await decisions.follow(change)


async def _withdraw(interaction: Interaction, suggestion: Suggestion) -> None:
    _must_be_author(interaction, suggestion)
    decisions = interaction.client.services.decisions
    change = await decisions.change(suggestion, "withdrawn", "author", interaction.user.id)
    if change is None:
        now = await _suggestion(interaction, str(suggestion.id))
        raise UserError(
            _("There is nothing to take back: it {state_phrase}.", state_phrase=state_phrase(now.state))
        )
    await reply(interaction, withdrawn_note(change.suggestion), private=True)
    await decisions.follow(change)


async def _put_back(interaction: Interaction, number: str) -> None:
    """What its author took back a moment ago stands again as it was."""
    suggestion, services = await _suggestion(interaction, number), interaction.client.services
    _must_be_author(interaction, suggestion)
    standing = [event for event in await services.suggestions.history(suggestion.id) if not event.undone_at]
    if suggestion.state != "withdrawn" or not standing:
        raise UserError(
            _("There is nothing to put back: it {state_phrase}.", state_phrase=state_phrase(suggestion.state))
        )
    if clock.now() - standing[0].at > _PUT_BACK_WITHIN:
        raise UserError(_("That was a while ago. A moderator can still put it back."))
    usage = await services.suggestions.usage(suggestion.guild_id, interaction.user.id)
    if usage.blocked:
        raise UserError(_(_BLOCKED))
    settings = await services.guild_settings.get(suggestion.guild_id)
    was_accepted = any(event.action in ("accepted", "corrected") for event in standing[1:2])
    if not was_accepted and usage.undecided >= settings.open_per_member:
        raise UserError(_("You have suggested others since, as many as this server takes at a time."))
    change = await services.decisions.undo(suggestion, interaction.user.id)
    if change is None:
        raise UserError(_("Somebody was quicker. Look at it again, please."))
    await update(interaction, notice(_("It's back, as it was."), accent=GREEN))
    await services.decisions.follow(change)


async def _manage(interaction: Interaction, number: str) -> None:
    """The button on a card: the review panel, or the author's own choices."""
    suggestion = await _suggestion(interaction, number)
    if await interaction.client.services.moderators.include(interaction):
        await reply(interaction, await review_panel(interaction, suggestion), private=True)
    elif suggestion.author_id == interaction.user.id:
        await reply(interaction, author_note(suggestion), private=True)
    else:
        raise UserError(
            _(
                "That one is for whoever suggested it, and for the moderators. If something is wrong with it, "
                "press “Report”."
            )
        )


async def _ask_to_report(interaction: Interaction, number: str) -> None:
    suggestion = await _suggestion(interaction, number)
    if suggestion.author_id == interaction.user.id:
        raise UserError(_("It's yours: you can take it back with `/suggestions withdraw`."))
    await _must_not_be_blocked(interaction)
    hint = _("Only the moderators read this.")
    await ask(
        interaction, reason_form("report", number, _("Report a suggestion"), _("What is wrong with it?"), hint)
    )


async def _must_not_be_blocked(interaction: Interaction) -> None:
    if await interaction.client.services.moderation.is_blocked(guild_id_of(interaction), interaction.user.id):
        raise UserError(_("The moderators of this server have asked me not to take reports from you."))


async def _reported(interaction: Interaction, number: str, values: Values) -> None:
    """Into the moderators' queue, in front; nobody else hears of it, the author least of all."""
    suggestion, why = await _suggestion(interaction, number), reason_in(values)
    bot = interaction.client
    await _must_not_be_blocked(interaction)
    if not await bot.services.moderation.report(suggestion, interaction.user.id, why, clock.now()):
        raise UserError(_("You have reported this one before; the moderators have it."))
    words = _("Thank you. The moderators of this server will see it, and nobody else.")
    await reply(interaction, notice(words, accent=GREEN), private=True)
    said = Said("🚩 Suggestion {id} was reported: `/moderate review`", id=suggestion.id)
    await bot.services.publisher.tell_moderators(suggestion.guild_id, said)
