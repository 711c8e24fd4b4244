"""/suggest: from the form to a card that is voted on."""

import discord
import structlog
from discord import app_commands

from bot import clock
from bot.catalogue import Montage
from bot.catalogue.names import discipline_name
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.guilds import GuildSettings
from bot.languages import N_, Said, _
from bot.refusals import TROUBLE, explain, is_passing
from bot.suggestions.buttons import OLD, numbers_in
from bot.suggestions.cards import waiting_card
from bot.suggestions.disciplines import meant_by
from bot.suggestions.drafts import Draft
from bot.suggestions.entry import Entry, Typed, read_entry, typed_from
from bot.suggestions.forms import draft_of, entry_or_mend, keep_draft, open_again, suggestion_form
from bot.suggestions.limits import refusal
from bot.suggestions.near import near_to
from bot.suggestions.store import LimitsUsedUp
from bot.suggestions.suggest_cards import discipline_question, duplicates_question, later_note
from bot.suggestions.suggestion import Suggestion
from bot.ui.answers import answers, answers_privately, ask, notice, reply, update
from bot.ui.components import TextDisplay
from bot.ui.context import guild_id_of
from bot.ui.registries import Values
from bot.ui.speaking import publicly
from bot.ui.text import number_in
from bot.ui.theme import GREEN
from bot.ui.turns import in_portions

log = structlog.get_logger(__name__)


def add_suggest(bot: MontageBot) -> None:
    """`/suggest`, the same from a message, its form, and the question about near-duplicates."""

    @bot.tree.command(name="suggest", description="Suggest a montage of your own. The server votes on it.")
    @app_commands.allowed_contexts(guilds=True)
    @app_commands.allowed_installs(guilds=True)
    @answers
    async def suggest(interaction: Interaction) -> None:
        await _open_form(interaction, Typed())

    @bot.tree.context_menu(name="Suggest as montage")
    @app_commands.allowed_contexts(guilds=True)
    @app_commands.allowed_installs(guilds=True)
    @answers
    async def suggest_message(interaction: Interaction, message: discord.Message) -> None:
        await _open_form(interaction, typed_from(message.content))

    bot.forms.add("suggest", _sent)
    routes = bot.services.suggestion_buttons
    routes.add("mend", open_again)
    routes.add("new", _is_new)
    routes.add("as-typed", _discipline_is_right)
    routes.add("meant", _meant)
    routes.add("take", _take)


async def _open_form(interaction: Interaction, typed: Typed) -> None:
    """Nobody types a whole form only to hear that it can't be sent."""
    if reason := await _refusal(interaction):
        raise UserError(reason)
    await ask(interaction, suggestion_form(typed))


async def _refusal(interaction: Interaction) -> str | None:
    bot, guild_id = interaction.client, guild_id_of(interaction)
    if not guild_id:
        return _("Suggestions belong to a server: use `/suggest` in one that has me.")
    usage = await bot.services.suggestions.usage(guild_id, interaction.user.id)
    made_at = clock.milliseconds(interaction.user.created_at)
    return refusal(usage, await bot.services.guild_settings.get(guild_id), made_at, clock.now())


async def _sent(interaction: Interaction, argument: str, values: Values) -> None:
    entry = await entry_or_mend(interaction, "suggest", argument, values)
    if entry is None:
        return
    typed, draft = Typed.from_values(values), number_in(argument) or 0
    if reason := await _refusal(interaction):
        await _later(interaction, reason, typed)
        return
    if meant := await near_disciplines(interaction, entry.discipline):
        question = discipline_question(typed, meant, await _kept(interaction, typed, draft))
        await reply(interaction, question, private=True)
    elif near := await near_to(interaction.client, guild_id_of(interaction), entry):
        question = duplicates_question(typed, near, await _kept(interaction, typed, draft))
        await reply(interaction, question, private=True)
    else:
        await _add(interaction, entry, typed, draft)


async def _kept(interaction: Interaction, typed: Typed, draft: int = 0) -> int:
    """Keep what was typed as a draft; it takes the place of the one that it came from."""
    kept = await keep_draft(interaction, Draft(typed, "suggest", "0"))
    if draft:
        await interaction.client.services.drafts.drop(interaction.user.id, draft)
    return kept


async def near_disciplines(interaction: Interaction, discipline: str) -> list[Montage]:
    """For a discipline that nothing here has: montages of those that may be meant, the likeliest first."""
    bot, guild_id = interaction.client, guild_id_of(interaction)
    by_name: dict[str, Montage] = {}
    async for portion in in_portions(bot.catalogue.visible_to(guild_id)):
        for montage in portion:
            by_name.setdefault(montage.discipline.casefold(), montage)
            by_name.setdefault(discipline_name(montage.discipline).casefold(), montage)
    discipline = bot.catalogue.discipline_meant(discipline)
    if discipline.casefold() in by_name or bot.catalogue.family_of(discipline):
        return []
    return list(dict.fromkeys(by_name[name] for name in meant_by(discipline, by_name)))


async def _draft_entry(interaction: Interaction, argument: str) -> tuple[int, Typed, Entry]:
    """(a draft's number, what lies in it). Raises UserError where it cannot be sent as it is, or not now."""
    (number,) = numbers_in(argument)
    draft = await draft_of(interaction, number)
    entry, _more = read_entry(draft.typed, clock.moment(clock.now()).year)
    if entry is None:
        raise UserError(_("Something in it has to be mended first: press “Change what I typed”."))
    if reason := await _refusal(interaction):
        raise UserError(_("{reason} What you typed is kept for a day.", reason=reason))
    return number, draft.typed, entry


async def _is_new(interaction: Interaction, argument: str) -> None:
    """“No, it's new”: what was kept goes on its way."""
    number, typed, entry = await _draft_entry(interaction, argument)
    await _add(interaction, entry, typed, number, asked=True)


async def _discipline_is_right(interaction: Interaction, argument: str) -> None:
    """It stays as it was typed; there may be more to ask."""
    number, typed, entry = await _draft_entry(interaction, argument)
    await _go_on(interaction, entry, typed, number)


async def _meant(interaction: Interaction, argument: str) -> None:
    """It is the discipline of that montage."""
    carried, _dot, montage_id = argument.partition(".")
    montage = interaction.client.catalogue.get(guild_id_of(interaction), montage_id)
    if montage is None:
        raise UserError(_(OLD))
    number, typed, entry = await _draft_entry(interaction, carried)
    typed = typed._replace(discipline=montage.discipline)
    kept = await _kept(interaction, typed, number)
    await _go_on(interaction, entry._replace(discipline=montage.discipline), typed, kept)


async def _go_on(interaction: Interaction, entry: Entry, typed: Typed, draft: int) -> None:
    """After the question about the discipline: the one about near-duplicates, or off it goes."""
    if near := await near_to(interaction.client, guild_id_of(interaction), entry):
        await update(interaction, duplicates_question(typed, near, draft))
    else:
        await _add(interaction, entry, typed, draft, asked=True)


async def _take(interaction: Interaction, argument: str) -> None:
    """“That's it”: a vote for what is there already, and the draft is done with."""
    carried, _dot, montage_id = argument.partition(".")
    (draft,) = numbers_in(carried)
    bot, voting = interaction.client, interaction.client.services.voting
    vote = await voting.support(interaction, montage_id)
    await bot.services.drafts.drop(interaction.user.id, draft)
    card = await bot.lists.open(interaction, montage_id)
    suggestion = await bot.services.suggestions.of_montage(guild_id_of(interaction), montage_id)
    words = _("-# Great minds, one montage: your 🔥 is counted.")
    if suggestion and suggestion.address:
        words = _(
            "-# Great minds, one montage: your 🔥 is counted. It stands [over there]({address}).",
            address=suggestion.address,
        )
    card.add_item(TextDisplay(words))
    await update(interaction, card)
    await voting.follow(interaction, montage_id, vote)


async def _later(interaction: Interaction, reason: str, typed: Typed) -> None:
    await reply(interaction, later_note(reason, typed, await _kept(interaction, typed)), private=True)


async def _add(interaction: Interaction, entry: Entry, typed: Typed, draft: int, *, asked: bool = False) -> None:
    """Make it a suggestion, and show it. `asked`: the answer to the question whether it is new."""
    bot, guild_id, author = interaction.client, guild_id_of(interaction), interaction.user.id
    settings = await bot.services.guild_settings.get(guild_id)
    entry = entry._replace(discipline=bot.catalogue.discipline_meant(entry.discipline))
    try:
        suggestion = await bot.services.suggestions.add(
            guild_id, author, entry, clock.now(), settings=settings, channel_id=interaction.channel_id, draft=draft
        )
    except LimitsUsedUp:
        reason = await _refusal(interaction) or _("Your last suggestion was a moment ago.")
        if draft:
            raise UserError(_("{reason} What you typed is kept for a day.", reason=reason)) from None
        await _later(interaction, reason, typed)
        return
    if suggestion is None and asked:
        raise UserError(_("That one is on its way already: you pressed twice."))
    if suggestion is None:
        reason = _(
            "It is on its way already, or it lay here for more than a day. Look at `/suggestions list` first."
        )
        await _later(interaction, reason, typed)
        return
    bot.services.title_index.put(suggestion)
    if asked:
        await update(interaction, notice(_("New it is. Off it goes!"), accent=GREEN))
    await _show(interaction, suggestion, settings)


_FOLLOWS = N_(
    "It is kept, but Discord isn't taking messages just now. Its card follows by itself; there is no need "
    "to send it again."
)
_REFUSED = N_("It is kept, but I'm not allowed to post it here. The moderators will find it in their queue.")


async def _show(interaction: Interaction, suggestion: Suggestion, settings: GuildSettings) -> None:
    """Post its card where the server wants it: for the answer itself that costs no second trip."""
    services, here = interaction.client.services, interaction.channel_id or 0
    if suggestion.state == "waiting":
        await reply(interaction, waiting_card(suggestion), private=True)
        waits = Said("Suggestion {id} is waiting for you: `/moderate review`", id=suggestion.id)
        await services.publisher.tell_moderators(suggestion.guild_id, waits)
        return
    # An answer names whoever asked, so an anonymous one has to be a message of the bot's own; so has one that
    # took so long that only its author would see the answer.
    apart = suggestion.anonymous or settings.suggestion_channel_id not in (None, here)
    try:
        if apart or await answers_privately(interaction):
            suggestion, trouble = await services.publisher.post(suggestion)
            said = _posted(suggestion)
        else:
            trouble = await _post_as_answer(interaction, suggestion, threads=settings.threads)
            said = None
    except TROUBLE as problem:
        # The suggestion is stored, whatever becomes of its card: nobody should send it again.
        log.info("a card is not posted", suggestion=suggestion.id, problem=str(problem))
        why = explain(problem, f"<#{here}>")
        trouble = "" if is_passing(problem) else Said("I could not post it. {why}", why=why)
        await services.suggestions.trouble(suggestion.id, trouble)
        services.decisions.catching_up.wake()
        said = _(_REFUSED if trouble else _FOLLOWS)
    if said is not None:
        await reply(interaction, notice(said, accent=GREEN), private=True)
    await services.publisher.report_trouble(suggestion, trouble)


def _posted(suggestion: Suggestion) -> str:
    """For the author: where its card stands, or that there is none."""
    if suggestion.message_id is None:
        return _(_REFUSED)
    if suggestion.anonymous:
        return _("It is up for the vote, and I'll keep your name out of it: {address}", address=suggestion.address)
    return _("It is up for the vote: {address}", address=suggestion.address)


async def _post_as_answer(interaction: Interaction, suggestion: Suggestion, *, threads: bool) -> str:
    """The card as the answer to the command; returns what the moderators should know."""
    services = interaction.client.services
    with await publicly(interaction):
        card = await services.publisher.card(suggestion)
    message_id = await reply(interaction, card)
    suggestion = await services.publisher.record_card(suggestion, interaction.channel_id or 0, message_id)
    trouble = await services.publisher.open_thread(suggestion) if threads else ""
    await services.suggestions.trouble(suggestion.id, trouble)
    return trouble
