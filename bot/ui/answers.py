"""One answer to every interaction, whatever happens.

Discord shows "The application did not respond" when three seconds pass without an answer. `answering`
makes that impossible to see: a failure becomes a private sentence, slowness becomes "thinking…".
"""

import asyncio
import functools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import ParamSpec

import aiohttp
import discord
import structlog

from bot.aliases import Coro
from bot.errors import UserError, sentence_for, sentence_in
from bot.languages import N_, _
from bot.refusals import TROUBLE, is_passing
from bot.ui.client import Interaction, Outcome
from bot.ui.components import ActionRow, Container, Item, TextDisplay
from bot.ui.theme import AMBER, build_layout

log = structlog.get_logger(__name__)
P = ParamSpec("P")

_INTERACTION_GONE = 10062
_NOT_TAKEN = N_(
    "Discord lost my answer on its way to you. What you asked for may well be done: look before you try again."
)
# Discord gives three seconds; what is left after this pays for the way there.
_DEFER_AFTER = 1.8


class Offer(UserError):
    """A refusal with ways on: buttons under its sentence, five at most."""

    def __init__(self, sentence: str, *ways: Item) -> None:
        super().__init__(sentence)
        self.ways = ways


def notice(*paragraphs: str, accent: discord.Colour = AMBER) -> discord.ui.LayoutView:
    """A few plain words in the bot's own frame."""
    return build_layout(Container(*map(TextDisplay, paragraphs), accent_colour=accent))


@asynccontextmanager
async def answering(interaction: Interaction) -> AsyncIterator[None]:
    """Around everything that serves one interaction."""
    deferral = asyncio.get_running_loop().call_later(_DEFER_AFTER, _ask_for_time, interaction)
    task, serving = asyncio.current_task(), interaction.client.serving
    if task is None:
        raise RuntimeError("only a task can serve an interaction")
    serving.add(task)
    outcome: Outcome = "answered"
    began = perf_counter()
    try:
        yield
    except Exception as error:  # the one handler: nothing may pass it unanswered
        outcome = "failed" if sentence_in(error) is None else "refused"
        await _send_error(interaction, error)
    finally:
        deferral.cancel()
        serving.discard(task)
        for observe in interaction.client.observers:
            observe(interaction, outcome, perf_counter() - began)


def answers(command: Callable[P, Coro[None]]) -> Callable[P, Coro[None]]:
    """Decorates the callback of a command, so that it is served inside `answering`."""

    @functools.wraps(command)
    async def served(*args: P.args, **kwargs: P.kwargs) -> None:
        interaction = next(value for value in args if isinstance(value, discord.Interaction))
        async with answering(interaction):
            interaction.client.rate_limiter.check(interaction.user.id)
            await command(*args, **kwargs)

    return served


def _ask_for_time(interaction: Interaction) -> None:
    if not interaction.response.is_done() and "answering" not in interaction.extras:
        interaction.extras["time"] = asyncio.create_task(_defer(interaction))


async def _defer(interaction: Interaction) -> None:
    try:
        # A click on a message is waited for silently; a command or a form shows "thinking…" to its person.
        if interaction.type is discord.InteractionType.component:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
            interaction.extras["thinking"] = "private"
    except discord.HTTPException as problem:
        log.warning("could not ask for time", interaction=interaction.id, problem=str(problem))


async def defer(interaction: Interaction, *, private: bool = False) -> None:
    """Show "thinking…" at once, before something that is known to take a while; the reply takes its place.

    Whoever may see "thinking…" sees the reply, so say here whether it is private, and refuse before this.
    """
    if not await _was_deferred(interaction):
        await interaction.response.defer(ephemeral=private, thinking=True)
        interaction.extras["thinking"] = "private" if private else "public"


async def answers_privately(interaction: Interaction) -> bool:
    """Whether only the person would see a reply now: it took so long that they see "thinking…" already."""
    if (asked := interaction.extras.get("time")) is not None:
        await asked
    return interaction.extras.get("thinking") == "private"


async def _was_deferred(interaction: Interaction) -> bool:
    """Whether the one direct answer is spent; waits for a deferral that is on its way.

    If it is not, it is about to be: however long that answer is on its way, no deferral may overtake it.
    """
    if (asked := interaction.extras.get("time")) is not None:
        await asked
    interaction.extras["answering"] = True
    return interaction.response.is_done()


async def reply(
    interaction: Interaction,
    view: discord.ui.LayoutView,
    *,
    private: bool = False,
    files: Sequence[discord.File] = (),
) -> int:
    """Answer with a new message and return its id. `private`: only the person sees it."""
    view.stop()  # buttons find their code by their custom id; a view kept in memory would stay there for ever
    if not await _was_deferred(interaction):
        sent = await interaction.response.send_message(view=view, ephemeral=private, files=list(files))
        return sent.message_id or 0
    thinking = interaction.extras.pop("thinking", None)
    if thinking == "public" and private:
        # Whoever sees "thinking…" would see what takes its place.
        await interaction.delete_original_response()
    elif thinking:
        return (await interaction.edit_original_response(view=view, attachments=list(files))).id
    return (await interaction.followup.send(view=view, ephemeral=private, files=list(files), wait=True)).id


async def update(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Answer a click by redrawing the message it came from."""
    view.stop()
    if not await _was_deferred(interaction):
        await interaction.response.edit_message(view=view)
    else:
        await interaction.edit_original_response(view=view)


async def ask(interaction: Interaction, form: discord.ui.Modal) -> None:
    """Answer by opening a form. A form can only be the first answer, so nothing slow may come before it."""
    form.stop()  # `bot.ui.forms` finds its code by the custom id: an open form survives a restart
    if await _was_deferred(interaction):
        raise UserError(_("I was too slow to open the form. Press it once more, please."))
    await interaction.response.send_modal(form)


async def _send_error(interaction: Interaction, error: Exception) -> None:
    if isinstance(error, discord.NotFound) and error.code == _INTERACTION_GONE:
        log.warning("an interaction ended before its answer", interaction=interaction.id)
        return
    if isinstance(error, (discord.HTTPException, aiohttp.ClientError)) and is_passing(error):
        log.warning("Discord did not take an answer", interaction=interaction.id, problem=str(error))
        sentence = _(_NOT_TAKEN)
    else:
        sentence = sentence_for(
            error,
            interaction=interaction.id,
            kind=interaction.type.name,
            guild=interaction.guild_id,
            user=interaction.user.id,
        )
    view = notice(sentence)
    if isinstance(error, Offer) and error.ways:
        view = build_layout(Container(TextDisplay(sentence), ActionRow(*error.ways), accent_colour=AMBER))
    try:
        await reply(interaction, view, private=True)
    except TROUBLE as problem:
        log.warning("could not deliver an error", interaction=interaction.id, problem=str(problem))
