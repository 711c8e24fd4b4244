"""What Discord sends: raw objects as they come over the gateway, built from a few words."""

from collections.abc import Mapping, Sequence
from copy import copy
from itertools import count
from typing import Any

Raw = dict[str, Any]

GUILD, CHANNEL, APPLICATION = 700_000_000_000_000_001, 700_000_000_000_000_002, 700_000_000_000_000_003
_TIME = "2026-11-24T12:00:00.000000+00:00"
_ids = count(1_400_000_000_000_000_000)
_PEOPLE: dict[str, int] = {}
_EVERYTHING = str((1 << 53) - 1)
# What everybody's Discord is set to, and every server; by Discord's code.
spoken = "en-US"


def new_id() -> str:
    """An id that nothing else has."""
    return str(next(_ids))


def _each(value: Any, names: str) -> Raw:
    return {name: copy(value) for name in names.split()}


def person(name: str) -> Raw:
    """A user; the same name is the same person. Accounts are years old."""
    identity = _PEOPLE.setdefault(name, 200_000_000_000_000_000 + len(_PEOPLE))
    return {
        "id": str(identity),
        "username": name,
        "discriminator": "0",
        "avatar": None,
        "global_name": name.title(),
    }


def bot_user() -> Raw:
    """The bot's own user."""
    return {**person("montage"), "id": str(APPLICATION), "bot": True, "mfa_enabled": False, "verified": True}


def member(name: str, permissions: str = _EVERYTHING) -> Raw:
    """Somebody as a member of a server."""
    return {
        "user": person(name),
        "roles": [],
        "joined_at": _TIME,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": permissions,
    }


def guild(identity: int = GUILD, channels: Sequence[int] = (CHANNEL,)) -> Raw:
    """A server as GUILD_CREATE describes it."""
    everyone = {"id": str(identity), "name": "@everyone", "permissions": _EVERYTHING, "position": 0, "color": 0}
    return {
        "id": str(identity),
        "name": "Montage Club",
        "owner_id": person("owner")["id"],
        "roles": [{**everyone, "hoist": False, "managed": False, "mentionable": False, "flags": 0}],
        "channels": [channel(number, identity) for number in channels],
        "members": [{**member("montage"), "user": bot_user()}],
        "member_count": 3,
        "large": False,
        "unavailable": False,
        "joined_at": _TIME,
        **_each([], "emojis stickers features threads presences voice_states"),
        **_each([], "stage_instances guild_scheduled_events soundboard_sounds"),
        **_each(0, "afk_timeout verification_level default_message_notifications explicit_content_filter"),
        **_each(0, "mfa_level nsfw_level premium_tier system_channel_flags premium_subscription_count"),
        "preferred_locale": spoken,
        "premium_progress_bar_enabled": False,
    }


def channel(identity: int = CHANNEL, guild_id: int = GUILD) -> Raw:
    """A text channel."""
    return {
        "id": str(identity),
        "guild_id": str(guild_id),
        "type": 0,
        "name": "the-gym",
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": None,
        "permissions": _EVERYTHING,
    }


def message(body: Mapping[str, Any], channel_id: str = str(CHANNEL), identity: str | None = None) -> Raw:
    """The message that Discord makes of what was sent, every component numbered."""
    numbers = count(1)

    def numbered(component: Raw) -> Raw:
        inner = {"components": [numbered(c) for c in component["components"]]} if "components" in component else {}
        return {"id": next(numbers), **component, **inner}

    return {
        "id": identity or new_id(),
        "channel_id": channel_id,
        "author": bot_user(),
        "content": body.get("content") or "",
        "timestamp": _TIME,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        **_each([], "mentions mention_roles attachments"),
        "embeds": body.get("embeds") or [],
        "pinned": False,
        "type": 20,
        "flags": body.get("flags") or 0,
        "components": [numbered(dict(component)) for component in body.get("components") or ()],
        "application_id": str(APPLICATION),
        "webhook_id": str(APPLICATION),
    }


def _interaction(kind: int, by: str, data: Raw, guild_id: int | None, channel_id: int) -> Raw:
    identity = new_id()
    where: Raw = {"user": person(by), "context": 1, "channel": {"id": str(channel_id), "type": 1, "recipients": []}}
    if guild_id is not None:
        where = {
            "member": member(by),
            "context": 0,
            "guild_id": str(guild_id),
            "guild": {"id": str(guild_id), "locale": spoken, "features": []},
            "guild_locale": spoken,
            "channel": channel(channel_id, guild_id),
        }
    return {
        "id": identity,
        "application_id": str(APPLICATION),
        "type": kind,
        "token": f"token-{identity}",
        "version": 1,
        "data": data,
        "channel_id": str(channel_id),
        "app_permissions": _EVERYTHING,
        "locale": spoken,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": str(guild_id or 0)},
        "attachment_size_limit": 10_485_760,
        **where,
    }


def _options(values: Mapping[str, Any], typing: str | None = None) -> list[Raw]:
    kinds = {str: 3, int: 4, bool: 5, float: 10}
    return [
        {"name": name, "type": kinds[type(value)], "value": value, **({"focused": True} if name == typing else {})}
        for name, value in values.items()
    ]


def slash(
    by: str,
    command: str,
    values: Mapping[str, Any],
    *,
    typing: str | None = None,
    guild_id: int | None = GUILD,
    channel_id: int = CHANNEL,
) -> Raw:
    """`montage random` with its options; `typing` names the option that wants to be completed."""
    name, *deeper = command.split()
    options = _options(values, typing)
    for word in reversed(deeper):
        options = [{"name": word, "type": 1 if word == deeper[-1] else 2, "options": options}]
    data = {"id": "900", "name": name, "type": 1, "options": options}
    return _interaction(4 if typing else 2, by, data, guild_id, channel_id)


def click(
    by: str,
    on: Raw,
    custom_id: str,
    values: Sequence[str] | None = None,
    *,
    guild_id: int | None = GUILD,
    channel_id: int = CHANNEL,
) -> Raw:
    """A press of a button, or with `values` a choice in a select."""
    data: Raw = {"custom_id": custom_id, "component_type": 2 if values is None else 3, "id": 0}
    if values is not None:
        data["values"] = list(values)
    return {**_interaction(3, by, data, guild_id, channel_id), "message": on}


def form(
    by: str, custom_id: str, values: Mapping[str, str], *, guild_id: int | None = GUILD, channel_id: int = CHANNEL
) -> Raw:
    """A form as it is sent in, every field inside its label."""
    fields = [
        {"type": 18, "id": n, "component": {"type": 4, "id": n + 100, "custom_id": name, "value": value}}
        for n, (name, value) in enumerate(values.items(), 1)
    ]
    return _interaction(5, by, {"custom_id": custom_id, "components": fields}, guild_id, channel_id)
