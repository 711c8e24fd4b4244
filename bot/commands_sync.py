"""Telling Discord which commands there are: only when they changed, for a daily quota counts each time."""

import hashlib
import json
from functools import partial

import discord
import structlog

from bot.aliases import JsonObject
from bot.client import MontageBot
from bot.database import remember, remembered
from bot.errors import StartError
from bot.languages import languages
from bot.languages.catalogues import MESSAGES, digest
from bot.languages.command_names import CommandNames
from bot.languages.saying import load_language

log = structlog.get_logger(__name__)


async def sync_commands(bot: MontageBot) -> None:
    """Send the commands if they differ from those sent last, or if Discord has lost them.

    Of several processes one does that, and tells the others what they are called now.
    Raises StartError where Discord refuses them for good.
    """
    try:
        await _sync(bot)
    except discord.HTTPException as refusal:
        if refusal.status in (401, 429) or refusal.status >= 500:  # the token, or it passes
            raise
        raise StartError(_why(bot, refusal)) from refusal


def _why(bot: MontageBot, refusal: discord.HTTPException) -> str:
    server = bot.settings.development_server
    if server and refusal.status in (403, 404):
        return (
            f"MONTAGE_DEVELOPMENT_SERVER={server}: Discord takes no commands there (code {refusal.code}). "
            "Invite the bot to that server with the scope applications.commands, or leave the setting empty."
        )
    # Of several lines, the first says that there are others.
    reasons = [line.strip() for line in str(refusal).splitlines() if line.strip()]
    return (
        f"Discord refused the bot's commands (code {refusal.code}): {' '.join(reasons)} Nothing about them is a "
        "setting: go back to the version that ran before, and tell whoever wrote this one."
    )


async def _sync(bot: MontageBot) -> None:
    """Compare with what was sent last and send what is new.

    What Discord returns always differs in detail from what was sent, so the hash of the payload is kept,
    and of Discord's answer only which commands there are.
    """
    server = bot.settings.development_server
    target = discord.Object(server) if server else None
    if target:
        bot.tree.copy_global_to(guild=target)
    commands = bot.tree.get_commands(guild=target)
    await bot.tree.set_translator(CommandNames(commands) if len(languages()) > 1 else None)
    payload = [command.to_dict(bot.tree) for command in commands]
    # In place of the translations, which would have every language read at each start, the files that hold them.
    wanted = hashlib.sha256(json.dumps(payload, sort_keys=True).encode() + digest(MESSAGES)).hexdigest()
    fetched = await bot.tree.fetch_commands(guild=target)
    if not bot.slot.shards.first:
        bot.command_ids = {command.name: command.id for command in fetched}
        bot.messages.hear("commands", partial(_renamed, bot))
        return
    there = sorted(str(command.id) for command in fetched)
    name = f"commands:{server or 'global'}"
    if await remembered(bot.database, name) == json.dumps([wanted, *there]) and there:
        log.debug("commands unchanged", server=server)
        bot.command_ids = {command.name: command.id for command in fetched}
        return
    synced = await bot.tree.sync(guild=target)
    load_language.cache_clear()  # every language was read for it; those that are spoken are again
    log.info("commands sent", server=server, commands=len(synced))
    bot.command_ids = {command.name: command.id for command in synced}
    await remember(bot.database, name, json.dumps([wanted, *sorted(str(command.id) for command in synced)]))
    await bot.messages.tell("commands", ids=bot.command_ids)


async def _renamed(bot: MontageBot, message: JsonObject) -> None:
    bot.command_ids = {str(name): int(number) for name, number in message["ids"].items()}
