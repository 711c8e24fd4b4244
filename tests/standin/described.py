"""Events made from Discord's published description, and each of them spoilt in every field."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.contract import described
from tests.standin import payloads
from tests.standin.payloads import CHANNEL, GUILD, Raw

_ID = "1400000000000000777"
_TIME = "2026-11-24T12:00:00+00:00"
Path = tuple[str | int, ...]
MISSING = object()
# What may stand in a field in place of what was promised.
ODD: tuple[Any, ...] = (None, MISSING, "Frobozz", -1, 10**30, 1.5, True, [], [None], {}, {"Plugh": None})


def example(name: str) -> Any:
    """An object of a schema of the description, with every field it may have."""
    return _made(described()["components"]["schemas"][name], ())


def _made(schema: Raw, inside: tuple[str, ...]) -> Any:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    choices: Any = schema.get("oneOf", schema.get("anyOf", () if "enum" in schema else schema.get("allOf", ())))
    real = [one for one in choices if one.get("type") != "null"]
    made: Any
    if name == "SnowflakeType":
        made = _ID
    elif name:
        made = None if name in inside else _made(described()["components"]["schemas"][name], (*inside, name))
    elif choices:
        made = _made(real[0], inside) if real else None
    elif "enum" in schema or "const" in schema:
        made = schema["const"] if "const" in schema else schema["enum"][0]
    else:
        made = _plain(schema, inside)
    return made


def _plain(schema: Raw, inside: tuple[str, ...]) -> Any:
    kinds = schema.get("type", "object")
    kind = next((one for one in kinds if one != "null"), "null") if isinstance(kinds, list) else kinds
    if kind == "object":
        return {name: _made(inner, inside) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        item = _made(schema.get("items", {"type": "null"}), inside)
        return [] if item is None else [item]
    if schema.get("format") == "date-time":
        return _TIME
    return {"string": "0", "integer": 1, "number": 1.0, "boolean": False, "null": None}[kind]


def events() -> Iterator[tuple[str, Raw]]:
    """(name, payload) of all that a bot is told which asks for nothing but its servers."""
    here = {"guild_id": str(GUILD)}
    channel = {**example("GuildChannelResponse"), "id": str(CHANNEL), **here}
    thread = {**example("ThreadResponse"), "id": _ID, "parent_id": str(CHANNEL), "type": 11, **here}
    role = {**here, "role": {**example("GuildRoleResponse"), "id": _ID}}
    member = {"id": _ID, "user_id": _ID, "join_timestamp": _TIME, "flags": 0}
    guild = {**payloads.guild(), **example("GuildResponse"), "id": str(GUILD), "channels": [channel]}
    stage = {**example("StageInstanceResponse"), **here}
    pins = {**here, "channel_id": str(CHANNEL), "last_pin_timestamp": None}
    listed = {**here, "channel_ids": [str(CHANNEL)], "threads": [thread], "members": [member]}
    members = {**here, "id": _ID, "member_count": 2, "added_members": [member], "removed_member_ids": [_ID]}
    permissions = {
        "id": _ID,
        "application_id": _ID,
        **here,
        "permissions": [{"id": _ID, "type": 1, "permission": True}],
    }
    yield from {
        "GUILD_CREATE": {**guild, "unavailable": False, "threads": [thread], "stage_instances": [stage]},
        "GUILD_UPDATE": guild,
        "GUILD_ROLE_CREATE": role,
        "GUILD_ROLE_UPDATE": role,
        "CHANNEL_CREATE": {**channel, "id": _ID},
        "CHANNEL_UPDATE": channel,
        "CHANNEL_PINS_UPDATE": pins,
        "THREAD_CREATE": thread,
        "THREAD_UPDATE": thread,
        "THREAD_LIST_SYNC": listed,
        "THREAD_MEMBER_UPDATE": {**member, **here},
        "THREAD_MEMBERS_UPDATE": members,
        "THREAD_DELETE": {"id": _ID, "parent_id": str(CHANNEL), "type": 11, **here},
        "STAGE_INSTANCE_CREATE": stage,
        "STAGE_INSTANCE_UPDATE": stage,
        "STAGE_INSTANCE_DELETE": stage,
        "GUILD_ROLE_DELETE": {**here, "role_id": _ID},
        "CHANNEL_DELETE": {**channel, "id": _ID},
        "APPLICATION_COMMAND_PERMISSIONS_UPDATE": permissions,
        "USER_UPDATE": {**example("UserPIIResponse"), "id": payloads.bot_user()["id"]},
        "ENTITLEMENT_CREATE": example("EntitlementResponse"),
        "ENTITLEMENT_UPDATE": example("EntitlementResponse"),
        "ENTITLEMENT_DELETE": example("EntitlementResponse"),
        "SUBSCRIPTION_CREATE": example("SubscriptionResponse"),
        "SUBSCRIPTION_UPDATE": example("SubscriptionResponse"),
        "SUBSCRIPTION_DELETE": example("SubscriptionResponse"),
        "GUILD_DELETE": {"id": _ID, "unavailable": True},
    }.items()


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where there is something in a payload: the whole of it, each field, each field of a field …"""
    yield path
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from paths(one, (*path, key))


def spoilt(payload: Any, path: Path, odd: Any) -> Any:
    """A copy of the payload with something odd at that place, or nothing (MISSING)."""
    if not path:
        return None if odd is MISSING else odd
    copy = deepcopy(payload)
    *outer, last = path
    inside = copy
    for key in outer:
        inside = inside[key]
    if odd is MISSING:
        del inside[last]
    else:
        inside[last] = odd
    return copy
