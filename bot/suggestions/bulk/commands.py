"""/suggestions import and export, for those who manage the server."""

import asyncio
import re
from collections.abc import Sequence
from typing import Literal

import discord
from discord import app_commands

from bot import clock
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.guilds import require_manager
from bot.languages import N_, _, numeral
from bot.refusals import TROUBLE, is_passing
from bot.suggestions.bulk import cards
from bot.suggestions.bulk.reading import BYTES_AT_MOST, ROWS_AT_MOST, ReadList, read_list
from bot.suggestions.bulk.sifting import Sifted, sift
from bot.suggestions.bulk.store import Becoming
from bot.suggestions.bulk.writing import as_files
from bot.suggestions.buttons import numbers_in
from bot.suggestions.duplicates import Known
from bot.suggestions.lifecycle import State
from bot.suggestions.near import known_suggestion
from bot.suggestions.suggestion import Suggestion
from bot.ui.answers import answers, defer, notice, reply, update
from bot.ui.components import attachment
from bot.ui.context import guild_id_of
from bot.ui.theme import GREEN

# Seconds that Discord has to give the file.
_PATIENCE = 20.0
_FILES_AT_MOST = 10  # of a message
# States in which the same montage need not come again.
_KNOWN: tuple[State, ...] = ("waiting", "open", "accepted")
_EXPORTED: dict[str, tuple[State, ...]] = {
    "open": ("open",),
    "accepted": ("accepted",),
    "declined": ("declined",),
    "all": ("waiting", "open", "accepted", "declined"),
}
# `3.open.0`
_BRING = re.compile(r"(?P<list>[0-9]+)\.(?P<becoming>open|accepted)\.(?P<near>[01])")
_NOT_HERE = N_("That list is not here any more: it came in already, another took its place, or a day has passed.")


def add_bulk(bot: MontageBot, group: app_commands.Group) -> None:
    """Add both to the group `/suggestions`, and the buttons under a list."""

    @group.command(
        name="import",
        description="Bring in a list: film, year, scene, who. I show what I understood before anything happens.",
        extras={"managers": True},
    )
    @app_commands.describe(
        file="A CSV of any spreadsheet, or plain text with a line for each; 500 at most",
        become="What they become: suggestions to vote on, or montages of this server at once",
    )
    @app_commands.rename(become="as")
    @answers
    async def import_(
        interaction: Interaction, file: discord.Attachment, become: Literal["open for votes", "accepted"]
    ) -> None:
        require_manager(interaction)
        _must_not_be_larger(file)
        await defer(interaction, private=True)
        becoming: Becoming = "accepted" if become == "accepted" else "open"
        await _show(interaction, file.filename, await _read(file), becoming)

    @group.command(
        name="export",
        description="This server's suggestions as a file that any spreadsheet opens, and that import reads.",
        extras={"managers": True},
    )
    @app_commands.describe(which="Which ones; all of them, unless you choose")
    @answers
    async def export(
        interaction: Interaction, which: Literal["all", "open", "accepted", "declined"] = "all"
    ) -> None:
        require_manager(interaction)
        await _send_all(interaction, _EXPORTED[which])

    routes = bot.services.suggestion_buttons
    routes.add("bring", _bring)
    routes.add("leave", _leave)


async def _send_all(interaction: Interaction, states: Sequence[State]) -> None:
    """Everything in these states, as files."""
    found: list[Suggestion] = []
    async for portion in interaction.client.services.suggestions.in_portions(guild_id_of(interaction), *states):
        found += portion
    if not found:
        raise UserError(_("There is nothing to pack yet. Suggest something: `/suggest`."))
    found.sort(key=lambda suggestion: suggestion.id)
    kept = found[-ROWS_AT_MOST * _FILES_AT_MOST :]
    contents = as_files(kept)
    many = len(contents) > 1
    names = [f"suggestions-{number}.csv" if many else "suggestions.csv" for number in range(1, len(contents) + 1)]
    files = [attachment(content, name) for content, name in zip(contents, names, strict=True)]
    view = cards.exported(names, len(kept), len(found) - len(kept))
    await reply(interaction, view, private=True, files=files)


def _must_not_be_larger(file: discord.Attachment) -> None:
    if file.size > BYTES_AT_MOST:
        megabytes = file.size / 1_000_000
        raise UserError(
            _(
                "That file weighs {size} MB, and a list of {rows} rows weighs less than {most}. Is it the "
                "right one? If so, save it as plain CSV, or split it.",
                size=f"{megabytes:.1f}",
                rows=numeral(ROWS_AT_MOST),
                most=BYTES_AT_MOST // 1_000_000,
            )
        )


async def _read(file: discord.Attachment) -> ReadList:
    """Beside the event loop: two megabytes of nonsense take a while."""
    return await asyncio.to_thread(read_list, await _content_of(file))


async def _content_of(file: discord.Attachment) -> bytes:
    try:
        async with asyncio.timeout(_PATIENCE):
            content = await file.read()
    except TimeoutError as slow:
        raise UserError(_("Discord took too long to hand me that file. Try it once more, please.")) from slow
    except TROUBLE as problem:
        if is_passing(problem):
            raise UserError(
                _("Discord could not hand me that file just now. Try it once more, please.")
            ) from problem
        raise UserError(_("That file is gone: Discord has it no more. Attach it once more, please.")) from problem
    if not content.strip():
        raise UserError(_("There is nothing in that file."))
    return content


async def _show(interaction: Interaction, name: str, read: ReadList, becoming: Becoming) -> None:
    services, guild_id = interaction.client.services, guild_id_of(interaction)
    sifted = await _sifted(interaction, read)
    number = 0
    if sifted.understood:
        number = await services.imports.keep(guild_id, interaction.user.id, sifted.understood, clock.now())
    view = cards.question(name, sifted, read.unknown, becoming, number)
    files = []
    if cards.needs_report(sifted):
        files.append(attachment(cards.report(sifted).encode("utf-8"), cards.REPORT))
    await reply(interaction, view, private=True, files=files)


async def _sifted(interaction: Interaction, read: ReadList) -> Sifted:
    services, guild_id = interaction.client.services, guild_id_of(interaction)
    visible = interaction.client.catalogue.visible_to(guild_id)
    known = [Known(m.id, m.film, m.year, m.scene, m.original_title) for m in visible]
    async for portion in services.suggestions.in_portions(guild_id, *_KNOWN):
        known += map(known_suggestion, portion)
    return await sift(read.rows, known, clock.moment(clock.now()).year)


def read_bring(argument: str) -> tuple[int, Becoming, bool]:
    """(the list, what its rows become, whether those near something known come too). Raises UserError."""
    match = _BRING.fullmatch(argument)
    (list_id,) = numbers_in(match["list"] if match else "")
    becoming: Becoming = "accepted" if match and match["becoming"] == "accepted" else "open"
    return list_id, becoming, bool(match and match["near"] == "1")


async def _bring(interaction: Interaction, argument: str) -> None:
    """Yes to a list: see `read_bring`."""
    list_id, becoming, near_too = read_bring(argument)
    require_manager(interaction)
    services, guild_id = interaction.client.services, guild_id_of(interaction)
    settings, at = await services.guild_settings.get(guild_id), clock.now()
    brought = await services.imports.take(
        guild_id,
        interaction.user.id,
        list_id,
        at,
        becoming=becoming,
        near_too=near_too,
        channel_id=settings.suggestion_channel_id or interaction.channel_id,
        settings=settings,
    )
    if brought is None:
        raise UserError(_(_NOT_HERE))
    services.decisions.brought_in(brought, at)
    await update(interaction, cards.brought(len(brought), becoming))
    services.import_posting.routine.wake()


async def _leave(interaction: Interaction, argument: str) -> None:
    (list_id,) = numbers_in(argument)
    require_manager(interaction)
    await interaction.client.services.imports.drop(guild_id_of(interaction), interaction.user.id, list_id)
    await update(
        interaction, notice(_("Nothing came in. The list is yours, and I have forgotten it."), accent=GREEN)
    )
