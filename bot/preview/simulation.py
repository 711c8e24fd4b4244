"""Everything the preview needs of simcord that simcord does not promise: its private names stay in here.

Written against simcord 3.2.1, which `pyproject.toml` pins.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from typing import Any

import discord
import simcord
from simcord import _dpy_internals
from simcord.backend.access import can_access_message
from simcord.backend.cdn import CDN_BASE
from simcord.components import walk_components
from simcord.enums import SELECT_TYPES

from bot import clock
from bot.routine import AT_REST

# The (name, content) of the picture at an address; None for one that is not known.
MakePicture = Callable[[str], tuple[str, bytes] | None]
_CHOICES = discord.InteractionResponseType.autocomplete_result.value
_SUBCOMMANDS = (discord.AppCommandOptionType.subcommand.value, discord.AppCommandOptionType.subcommand_group.value)
_FIRST_NUMBER = 1000  # Discord numbers the parts of a message from 1, and there are forty at most


def real_time() -> int:
    """This moment outside the simulated world, in milliseconds."""
    return clock.milliseconds(datetime.now(UTC))


def seconds_behind(env: simcord.Env) -> float:
    """How far the simulated world's clock is behind the real one; it begins on the first of January 2026."""
    return (datetime.now(UTC) - env.now()).total_seconds()


def move_clock_to(env: simcord.Env, at: int) -> None:
    """Move the world's clock on to that time (in milliseconds); it never goes back."""
    env.backend.advance_clock(max(0.0, at / clock.SECOND - env.now().timestamp()))


@contextmanager
def rests_end_by_its_clock() -> Iterator[None]:
    """Let what the bot does by itself rest until the simulated clock is moved, as discord.py's own loops do.

    By itself simcord takes every sleep for work that ends within the seconds it has patience for, and waits for
    that on the real clock: whoever pressed something shortly before a routine's next turn waited until it came.
    """
    of_a_loop = _dpy_internals.tasks_loop_sleep

    def at_rest(task: asyncio.Task[Any], waiter: Any) -> bool:
        return of_a_loop(task, waiter) or (task.get_name() == AT_REST and waiter is not None and not waiter.done())

    _dpy_internals.tasks_loop_sleep = at_rest
    try:
        yield
    finally:
        _dpy_internals.tasks_loop_sleep = of_a_loop


def say(env: simcord.Env, channel: simcord.ChannelHandle, member: simcord.MemberActor, words: str) -> None:
    """A member writes something. Nobody waits for the bot, which does not read along."""
    env.backend.create_message(channel.id, member.id, words)


def speak(bot: discord.Client, locale: str) -> None:
    """Have everybody's client, and every server, set to that language: simcord knows American English alone."""
    came = bot._connection.parsers["INTERACTION_CREATE"]

    def said(data: dict[str, object]) -> None:
        came({**data, "locale": locale, **({"guild_locale": locale} if "guild_locale" in data else {})})

    bot._connection.parsers["INTERACTION_CREATE"] = said


def tell_whole_commands(env: simcord.Env, bot: discord.Client, locale: str) -> None:
    """Have the line above an answer say `/montage random`, in that language: simcord keeps `montage` alone."""
    came = bot._connection.parsers["INTERACTION_CREATE"]

    def told(data: Any) -> None:
        record = env.backend.interactions[int(data["id"])]
        if record.command_name is not None:
            record.command_name = " ".join(_path_called(env, data["data"], locale))
        came(data)

    bot._connection.parsers["INTERACTION_CREATE"] = told


def _path_called(env: simcord.Env, chosen: Any, locale: str) -> Iterator[str]:
    """What a command that was sent is called, and each group and subcommand in it."""
    known = {str(command["id"]): command for scope in env.backend.commands.values() for command in scope.values()}
    command: Any = known[chosen["id"]]
    yield _localised(command, "name", locale)
    while inside := [option for option in chosen.get("options", ()) if option["type"] in _SUBCOMMANDS]:
        (chosen,) = inside
        command = next(inner for inner in command["options"] if inner["name"] == chosen["name"])
        yield _localised(command, "name", locale)


def set_bot_profile(
    env: simcord.Env, bot: discord.Client, name: str, picture: bytes
) -> dict[str, tuple[str, bytes]]:
    """Call the bot and its role `name`, and give it a picture; returns the assets that its page must be given."""
    if bot.user is None:
        raise RuntimeError("the bot has not logged in")
    user = env.backend.users[bot.user.id]
    for role in (role for guild in env.backend.guilds.values() for role in guild.roles.values()):
        role.name = name if role.name == user.name else role.name
    user.name, user.avatar = name, "montage"
    return {f"{CDN_BASE}/avatars/{user.id}/{user.avatar}.png": ("face.png", picture)}


def keep_address(page: simcord.Preview, key: str) -> None:
    """Use `key` in the page's address, instead of one that changes at every start."""
    page.capability = key


class _Pictures(dict[str, tuple[str, bytes]]):
    """Pictures from the network that the page shows, by their address: made when they are first seen."""

    def __init__(self, given: dict[str, tuple[str, bytes]], make: MakePicture) -> None:
        super().__init__(given)
        self._make = make

    def get(self, address: str, default: Any = None) -> Any:
        if address not in self and (made := self._make(address)) is not None:
            self[address] = made
        return super().get(address, default)


def serve_pictures(page: simcord.Preview, make: MakePicture) -> None:
    """Show what `make` gives for an address; the page itself fetches nothing from anywhere."""
    page._explicit_assets = _Pictures(page._explicit_assets, make)


class Drawing:
    """What the open windows of a page show, and when.

    By itself a window stays where it is once a message comes while its box for commands shrinks: it takes the
    reader for somebody who has scrolled up. It keeps what was chosen in a select for whatever stands in that place
    later. And it does not see what others do.
    """

    def __init__(self, page: Any) -> None:
        self._page, self._publish = page, page._publish
        page._publish = self._draw
        self._newest: dict[str, int] = {}  # the newest message in each window
        self._drawn: dict[str, int] = {}  # how many changes each window shows
        self._changes = self._read = 0
        self._numbers = count(_FIRST_NUMBER)

    def catch_up(self) -> None:
        """Draw the windows that do not show yet all that the bot has done."""
        self._page._advance_presentation_time()  # what the page counts "3 minutes ago" from
        for window in tuple(self._page._pages.values()):
            if self._drawn.get(window.id) != self._changes_by_now():
                self._draw(window, reason="refresh")

    def _draw(self, window: Any, **reason: Any) -> None:
        backend = self._page.env.backend
        messages = list(backend.messages.get(window.channel_id, {}).values())
        for message in messages:
            self._renew_selects(message)
        newest = self._newest_of(messages, window)
        at_the_end = window.target_id is None and window.window_end_id is None  # after "jump to latest"
        if newest and (newest > self._newest.get(window.id, 0) or at_the_end):
            window.target_id, window.window_end_id = newest, None  # a window never loses sight of its target
        self._newest[window.id] = newest
        self._drawn[window.id] = self._changes_by_now()
        self._publish(window, **reason)

    def _changes_by_now(self) -> int:
        """How often the bot has done something that can be seen; offering choices to somebody who types is not."""
        happened = self._page.env.backend.transcript[self._read :]
        self._read += len(happened)
        requests = ((request, body or {}) for kind, request, body in happened if kind == "HTTP")
        self._changes += sum(
            not request.startswith("GET") and body.get("type") != _CHOICES for request, body in requests
        )
        return self._changes

    def _newest_of(self, messages: list[Any], window: Any) -> int:
        """The id of the newest message that the person at `window` may see; 0 if there is none."""
        env, guild_id, person = self._page.env, window.channel_id, window.viewer
        seen = (it.id for it in reversed(messages) if can_access_message(env, guild_id, it, person, history=True))
        return next(seen, 0)

    def _renew_selects(self, message: Any) -> None:
        """Make each select a new one to the page when it was sent anew: then its number is small again."""
        for component in walk_components(message.components):
            if component["type"] in SELECT_TYPES and component["id"] < _FIRST_NUMBER:
                component["id"] = next(self._numbers)


def change_files(page: simcord.Preview, changed: Callable[[str, str], str]) -> None:
    """Serve the page's files as `changed(name, text)` has them. To be called before the page is opened."""
    server: Any = page._server
    serve = server._static

    async def serve_changed(request: Any) -> Any:
        response, name = await serve(request), server._STATIC_FILES[request.path]
        if name.endswith((".html", ".js", ".css")):
            response.text = changed(name, response.text)
        return response

    server._static = serve_changed


def name_commands(page: simcord.Preview, locale: str) -> None:
    """Have the page offer the commands under what they are called in that language, as Discord does.

    The page gets the English names alone; `path` and an option's `name` stay so, for they are what it sends. To be
    called before the page is opened.
    """
    server: Any = page._server
    serve = server._commands

    async def serve_named(request: Any) -> Any:
        response = await serve(request)
        if response.status == HTTPStatus.OK:
            catalog = json.loads(response.text)
            scopes = page.env.backend.commands.values()
            known = {str(command["id"]): command for scope in scopes for command in scope.values()}
            for entry in catalog["entries"]:
                _name_entry(entry, known[entry["commandId"]], locale)
            response.text = json.dumps(catalog)
        return response

    server._commands = serve_named


def _name_entry(entry: Any, command: Any, locale: str) -> None:
    """Give one command of the page's list, and its options, their names and descriptions."""
    called = [_localised(command, "name", locale)]
    for name in entry["path"][1:]:
        command = next(inner for inner in command["options"] if inner["name"] == name)
        called.append(_localised(command, "name", locale))
    entry["invocation"] = " ".join(called)
    entry["description"] = _localised(command, "description", locale)
    for shown, option in zip(entry["options"], command.get("options", ()), strict=True):
        shown["called"] = _localised(option, "name", locale)
        shown["description"] = _localised(option, "description", locale)
        for choice, given in zip(shown["choices"], option.get("choices") or (), strict=True):
            choice["name"] = _localised(given, "name", locale)


def _localised(payload: Any, field: str, locale: str) -> str:
    said: str = (payload.get(f"{field}_localizations") or {}).get(locale) or payload[field]
    return said


class PreviewClock:
    """Lets the simulated world's time run with the real one, and people act one after the other.

    The simulated Discord does one thing at a time and refuses what comes meanwhile in a way that its page takes for
    a lost answer: it would never send anything again. So whoever presses waits for their turn here. And no press
    is refused because the window has been drawn anew since: what was pressed is looked for in what stands now.
    """

    def __init__(self, env: simcord.Env, page: simcord.Preview) -> None:
        self._env, self._page, self._drawing = env, page, Drawing(page)
        self._turn = asyncio.Lock()
        self._acting = 0  # how many act or wait for their turn
        self._act = self._page._action
        self._page._action = self._act_in_turn  # type: ignore[method-assign]

    async def _act_in_turn(self, context_id: str | None, body: Any) -> Any:
        self._acting += 1
        try:
            async with self._turn:
                window = self._page._pages.get(context_id or "")
                if window is not None and isinstance(body, dict) and "published_revision" in body:
                    body = body | {"published_revision": window.revision}
                return await self._act(context_id, body)
        finally:
            self._acting -= 1

    async def tick(self) -> None:
        """Catch up with the real clock; skipped while somebody acts.

        A window is drawn anew only when something happened that it does not show: an action draws its own effects.
        """
        behind = seconds_behind(self._env)
        if self._acting or behind <= 0:
            return
        async with self._turn:
            await self._env.advance_time(behind)
        if not self._acting:  # somebody may have pressed meanwhile
            self._drawing.catch_up()
