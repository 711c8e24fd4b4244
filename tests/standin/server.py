"""The stand-in itself: an aiohttp server that answers discord.py as Discord does."""

import asyncio
import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.pointed import TOKEN
from tests.standin import payloads
from tests.standin.answer import Answer
from tests.standin.gateway import Gateway
from tests.standin.payloads import APPLICATION, CHANNEL, GUILD, Raw

# Seconds that a person waits for an answer here.
_PATIENCE = 10.0
_MESSAGE, _UPDATE, _LATER, _LATER_UPDATE = 4, 7, 5, 6


@dataclass(frozen=True, slots=True)
class Sent:
    """One request of the bot's."""

    method: str
    path: str
    body: Any


@dataclass(slots=True)
class _Trouble:
    """What happens to the next `times` requests whose path matches."""

    path: re.Pattern[str]
    status: int
    retry_after: float
    delay: float
    times: int
    is_global: bool
    scope: str
    says: Any


class StandIn:
    """Discord on loopback, for one application that is in one server (`guilds` are its raw descriptions).

    `remember=False` keeps neither requests nor messages, for long runs.
    """

    def __init__(self, port: int = 0, guilds: Sequence[Raw] | None = None, *, remember: bool = True) -> None:
        self.token = TOKEN
        self.sent: deque[Sent] = deque(maxlen=None if remember else 0)
        self.messages: dict[str, Raw] = {}
        # How many connections may send IDENTIFY in five seconds.
        self.max_concurrency = 1
        self.commands: dict[str, list[Raw]] = {}
        self.gateway = Gateway([payloads.guild()] if guilds is None else guilds)
        self._port, self._remember = port, remember
        self._troubles: list[_Trouble] = []
        self._nonces: dict[tuple[str, str], str] = {}
        # What an interaction's token stands for: the message it came from, then the one that answered it.
        self._originals: dict[str, str] = {}
        self._acknowledged: deque[str] = deque(maxlen=100)
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    # --- serving ---

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._guard])
        app.add_routes(self._routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.gateway.address = f"{self.address.replace('http', 'ws', 1)}/gateway"
        return self

    async def __aexit__(self, *problem: object) -> None:
        await self.gateway.hang_up()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Where it listens: http://127.0.0.1:port."""
        return f"http://127.0.0.1:{self._port}"

    # --- switches ---

    def trouble(
        self,
        path: str,
        *,
        status: int = 200,
        retry_after: float = 0.1,
        delay: float = 0.0,
        times: int = 1,
        is_global: bool = False,
        scope: str = "user",
        says: Any = None,
    ) -> None:
        """The next `times` requests whose path matches wait `delay` seconds and, unless 200, fail with `status`.

        `says` is the body of that answer.
        """
        self._troubles.append(_Trouble(re.compile(path), status, retry_after, delay, times, is_global, scope, says))

    @property
    def silent(self) -> bool:
        """Whether the gateway has stopped answering, with its socket still open."""
        return self.gateway.silent

    @silent.setter
    def silent(self, silent: bool) -> None:
        self.gateway.silent = silent

    async def invalidate(self, *, resumable: bool = False) -> None:
        """INVALID_SESSION."""
        await self.gateway.send({"op": 9, "d": resumable})

    async def hang_up(self, code: int = 4000) -> None:
        """Close every gateway connection with `code`."""
        await self.gateway.hang_up(code)

    async def connected(self, times: int = 1) -> None:
        """Wait until the bot has identified or resumed `times` times."""
        await self.gateway.connected(times)

    # --- people ---

    async def slash(self, by: str, command: str, *, guild_id: int | None = GUILD, **values: Any) -> Answer:
        """Somebody runs `montage random`."""
        return await self.interact(payloads.slash(by, command, values, guild_id=guild_id))

    async def complete(
        self, by: str, command: str, option: str, typed: str, *, guild_id: int | None = GUILD, **values: Any
    ) -> Answer:
        """Somebody types into an option; the choices are `data["choices"]`."""
        return await self.interact(
            payloads.slash(by, command, {**values, option: typed}, typing=option, guild_id=guild_id)
        )

    async def click(
        self, by: str, on: Answer | Raw, custom_id: str, values: Sequence[str] | None = None, **where: Any
    ) -> Answer:
        """Somebody presses a button of a message, or with `values` chooses in a select."""
        shown = on.message if isinstance(on, Answer) else on
        assert shown is not None, "there is no message to press a button of"
        return await self.interact(
            payloads.click(by, self.messages.get(shown["id"], shown), custom_id, values, **where)
        )

    async def submit(self, by: str, custom_id: str, values: Mapping[str, str], **where: Any) -> Answer:
        """Somebody sends a form in."""
        return await self.interact(payloads.form(by, custom_id, values, **where))

    async def interact(self, interaction: Raw) -> Answer:
        """Send a raw interaction over the gateway and wait for the answer (the real one, if it came later)."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[interaction["token"]] = answered
        if "message" in interaction:
            self._originals[interaction["token"]] = interaction["message"]["id"]
        try:
            await self.gateway.dispatch("INTERACTION_CREATE", interaction)
            async with asyncio.timeout(_PATIENCE):
                return await answered
        finally:
            del self._waiting[interaction["token"]]

    def _answered(self, token: str, answer: Answer) -> None:
        waiting = self._waiting.get(token)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    # --- REST ---

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Troubles, the token, and the record of what was asked."""
        path = request.path.removeprefix("/api")
        if path == "/gateway":
            response: web.StreamResponse = await handler(request)
            return response
        body = request["body"] = await _body(request)
        self.sent.append(Sent(request.method, path, body))
        if "Authorization" in request.headers and request.headers["Authorization"] != f"Bot {self.token}":
            return _refused(401, "401: Unauthorized")
        for trouble in self._troubles:
            if trouble.times > 0 and trouble.path.search(path):
                trouble.times -= 1
                await asyncio.sleep(trouble.delay)
                if trouble.status != 200 or trouble.says is not None:
                    return _troubled(trouble)
                break
        try:
            response = await handler(request)
        except web.HTTPNotFound:
            return _refused(404, "404: Not Found")
        return response

    def _routes(self) -> list[web.RouteDef]:
        hook = r"/api/webhooks/{application}/{token}"
        return [
            web.get("/gateway", self.gateway.serve),
            web.get("/api/gateway/bot", self._gateway_bot),
            web.get("/api/users/@me", self._me),
            web.get("/api/oauth2/applications/@me", self._application),
            web.get("/api/applications/@me", self._application),
            web.get(r"/api/applications/{application}/{where:.*commands}", self._get_commands),
            web.put(r"/api/applications/{application}/{where:.*commands}", self._put_commands),
            web.post("/api/interactions/{id}/{token}/callback", self._callback),
            web.post(hook, self._follow_up),
            web.get(hook + "/messages/{message}", self._get_message),
            web.patch(hook + "/messages/{message}", self._edit_message),
            web.delete(hook + "/messages/{message}", self._delete_message),
            web.post("/api/users/@me/channels", self._direct),
            web.get("/api/channels/{channel}", self._channel),
            web.get("/api/channels/{channel}/messages", self._get_messages),
            web.post("/api/channels/{channel}/messages", self._create_message),
            web.get("/api/channels/{channel}/messages/{message}", self._get_message),
            web.patch("/api/channels/{channel}/messages/{message}", self._edit_message),
            web.delete("/api/channels/{channel}/messages/{message}", self._delete_message),
        ]

    async def _gateway_bot(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": self.max_concurrency}
        return _json({"url": self.gateway.address, "shards": 1, "session_start_limit": limit})

    async def _me(self, request: web.Request) -> web.Response:
        return _json(payloads.bot_user())

    async def _application(self, request: web.Request) -> web.Response:
        return _json(
            {
                "id": str(APPLICATION),
                "name": "Montage",
                "icon": None,
                "description": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "0" * 64,
                "flags": 0,
                "owner": payloads.person("owner"),
                "team": None,
            }
        )

    async def _get_commands(self, request: web.Request) -> web.Response:
        return _json(self.commands.get(request.match_info["where"], []))

    async def _put_commands(self, request: web.Request) -> web.Response:
        where = request.match_info["where"]
        known = {command["name"]: command["id"] for command in self.commands.get(where, ())}
        self.commands[where] = [
            {
                "id": known.get(command["name"]) or payloads.new_id(),
                "application_id": str(APPLICATION),
                "version": "1",
                "description": "",  # a message's menu entry has none
                **command,
            }
            for command in request["body"]
        ]
        return _json(self.commands[where])

    async def _callback(self, request: web.Request) -> web.Response:
        identity, token = request.match_info["id"], request.match_info["token"]
        kind, data = request["body"]["type"], request["body"].get("data") or {}
        if token in self._acknowledged:
            return _refused(400, "Interaction has already been acknowledged.", 40060)
        self._acknowledged.append(token)
        shown = None
        if kind == _MESSAGE:
            shown = self._keep(payloads.message(data))
            self._originals[token] = shown["id"]
        elif kind == _UPDATE:
            shown = self._edited(self._originals.get(token, ""), data)
        elif kind == _LATER:
            self._originals[token] = payloads.new_id()
        if kind not in (_LATER, _LATER_UPDATE):
            self._answered(token, Answer(kind, data, shown))
        if not self._remember:
            self._originals.pop(token, None)
        if request.query.get("with_response") not in ("true", "1"):
            return web.Response(status=204)
        interaction: Raw = {
            "id": identity,
            "type": 2,
            "response_message_ephemeral": bool(data.get("flags", 0) & 64),
        }
        if shown is not None:
            interaction["response_message_id"] = shown["id"]
        resource = {"resource": {"type": kind, "message": shown}} if shown else {}
        return _json({"interaction": {**interaction, "response_message_loading": kind == _LATER}, **resource})

    async def _follow_up(self, request: web.Request) -> web.Response:
        shown = self._keep(payloads.message(request["body"]))
        self._answered(request.match_info["token"], Answer(_MESSAGE, request["body"], shown))
        return _json(shown)

    async def _direct(self, request: web.Request) -> web.Response:
        other = request["body"]["recipient_id"]
        recipient = {**payloads.person(f"person {other}"), "id": other}
        return _json({"id": str(int(other) + 1), "type": 1, "recipients": [recipient], "last_message_id": None})

    async def _channel(self, request: web.Request) -> web.Response:
        return _json(payloads.channel(int(request.match_info["channel"])))

    async def _create_message(self, request: web.Request) -> web.Response:
        channel, body = request.match_info["channel"], request["body"]
        nonce = (channel, str(body.get("nonce"))) if body.get("enforce_nonce") and body.get("nonce") else None
        if nonce and nonce in self._nonces:
            return _json(self.messages[self._nonces[nonce]])
        shown = self._keep({**payloads.message(body, channel), "type": 0, "nonce": body.get("nonce")})
        if nonce:
            self._nonces[nonce] = shown["id"]
        return _json(shown)

    async def _get_messages(self, request: web.Request) -> web.Response:
        """The latest, newest first, whatever they are to be after: ids tell no time here."""
        there = [one for one in self.messages.values() if one["channel_id"] == request.match_info["channel"]]
        return _json(there[: -1 - int(request.query.get("limit", 50)) : -1])

    def _named(self, request: web.Request) -> str:
        name = request.match_info["message"]
        return self._originals.get(request.match_info.get("token", ""), "") if name == "@original" else name

    async def _get_message(self, request: web.Request) -> web.Response:
        shown = self.messages.get(self._named(request))
        return _json(shown) if shown else _refused(404, "Unknown Message", 10008)

    async def _edit_message(self, request: web.Request) -> web.Response:
        identity, token = self._named(request), request.match_info.get("token")
        if identity not in self.messages and token is None:
            return _refused(404, "Unknown Message", 10008)
        shown = self._edited(identity, request["body"])
        if token:
            self._answered(token, Answer(_UPDATE, request["body"], shown))
        return _json(shown)

    async def _delete_message(self, request: web.Request) -> web.Response:
        gone = self.messages.pop(self._named(request), None)
        return web.Response(status=204) if gone else _refused(404, "Unknown Message", 10008)

    def _keep(self, shown: Raw) -> Raw:
        if self._remember:
            self.messages[shown["id"]] = shown
        return shown

    def _edited(self, identity: str, body: Raw) -> Raw:
        before = self.messages.get(identity, {})
        channel = before.get("channel_id", str(CHANNEL))
        return self._keep(payloads.message({**before, **body}, channel, identity or None))


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return json.loads(str(form.get("payload_json", "{}")))
    text = await request.read()
    return json.loads(text) if text else None


def _json(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only where the type is exactly this, with no charset behind it.
    return web.Response(
        body=json.dumps(body).encode(), status=status, headers=headers, content_type="application/json"
    )


def _refused(status: int, says: str, code: int = 0) -> web.Response:
    return _json({"message": says, "code": code}, status)


def _troubled(trouble: _Trouble) -> web.Response:
    if trouble.says is not None:
        return _json(trouble.says, trouble.status)
    if trouble.status != 429:
        return _refused(trouble.status, f"{trouble.status}: it was asked for")
    body = {
        "message": "You are being rate limited.",
        "retry_after": trouble.retry_after,
        "global": trouble.is_global,
    }
    # discord.py takes a 429 that no proxy of Discord's signed for a ban.
    headers = {"Retry-After": str(trouble.retry_after), "X-RateLimit-Scope": trouble.scope}
    return _json(body, 429, {"Via": "1.1 google", **headers})
