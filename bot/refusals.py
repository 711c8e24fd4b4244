"""When Discord does not do what it was asked: whether that passes, and what somebody would have to do about it.

There is one rule for the whole bot. Passing is what the next try may not meet: no connection, a time-out, an error
of Discord's own (5xx), too many requests (429). Everything else is final for that message: it is told to whoever
can mend it, in the words of that error, and what follows goes on.
"""

from collections.abc import Mapping

import aiohttp
import discord

from bot.languages import N_, Said

# Everything that can come out of a request to Discord.
TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError)

_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500

# What each of Discord's error codes asks for, as a sentence; `{where}` is the channel as people see it.
# Codes: Discord's documentation, "JSON Error Codes".
_SENTENCES: Mapping[int, str] = {
    10003: N_("{where} is gone: choose another channel."),
    10008: N_("The message in {where} has been deleted."),
    10062: N_("It took too long, and Discord had stopped waiting."),
    30033: N_("The thread in {where} is full: a thousand people are in it."),
    30046: N_("The message in {where} is old and has been changed too often for now."),
    40033: N_("It is published already."),
    40060: N_("It has been answered already."),
    40067: N_("{where} asks for a tag on every post: give me Manage Channels there, so that I can make mine."),
    50001: N_("I can't see {where}: there I need View Channel."),
    50007: N_("They don't take direct messages from this server."),
    50013: N_("I need View Channel and Send Messages in {where}."),
    50024: N_("{where} is not the kind of channel for that: choose another."),
    50035: N_("Discord finds something wrong with the message itself."),
    50083: N_("The thread {where} is archived: open it again, or choose another channel."),
    50278: N_("They share no server with me any more."),
    160002: N_("I need Read Message History in {where}."),
    160004: N_("There is a thread under that message already."),
    160005: N_("The thread {where} is locked: unlock it, or choose another channel."),
    160006: N_("The server has a thousand open threads, and Discord allows no more: archive some."),
    200000: N_("The server's AutoMod blocks a word in it: let me through, or change the words."),
    200001: N_("The server's AutoMod blocks a word in the title: let me through, or change the words."),
}
_FORBIDDEN, _NOT_FOUND = 403, 404


def is_passing(problem: Exception) -> bool:
    """Whether trying again later may work by itself."""
    if isinstance(problem, discord.HTTPException):
        return problem.status >= _SERVER_ERROR or problem.status == _TOO_MANY_REQUESTS
    return isinstance(problem, (aiohttp.ClientError, OSError, discord.RateLimited))


def explain(problem: Exception, where: str | None = None) -> Said:
    """Why it was refused and what would help, as a sentence for whoever can mend it.

    `where` stands for the channel: its mention, as `<#123>`.
    """
    if is_passing(problem):
        return Said("Discord isn't taking messages just now.")
    code = problem.code if isinstance(problem, discord.HTTPException) else 0
    sentence = _SENTENCES.get(code)
    if sentence is None and isinstance(problem, discord.HTTPException) and not code:
        sentence = {_FORBIDDEN: _SENTENCES[50013], _NOT_FOUND: _SENTENCES[10003]}.get(problem.status)
    if sentence is None:
        return Said("Discord refused it (code {code}).", code=code)
    return Said(sentence, where=where or Said("that channel"))
