"""Whoever is forgotten in one process is forgotten in all, whoever did it and even if nobody could be told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot import clock
from bot.app import create_bot
from bot.client import MontageBot
from bot.guilds import GuildSettings
from bot.privacy.operator import erase_server, erase_user
from bot.settings import PostgresAddress, Settings
from bot.shards import Shards, Slot
from bot.voting import Choice
from tests.operations.waiting import until
from tests.slots.test_ownership import ENTRY, FIRST, SECOND, B
from tests.slots.test_slots import end_connections

ANA, BEN = 200_000_000_000_000_001, 200_000_000_000_000_002


@asynccontextmanager
async def process(shared: PostgresAddress, shards: Shards) -> AsyncIterator[MontageBot]:
    """The bot without Discord."""
    bot = create_bot(Settings(database=shared), slot=Slot(shards))
    await bot.database.open()
    await bot.services.open()
    await bot.messages.open(shared.url)
    try:
        yield bot
    finally:
        await bot.messages.close()
        await bot.services.close()
        await bot.database.close()


async def remembers_ana(bot: MontageBot) -> str:
    """Ana's suggestion was accepted in the server, she has voted, and the server hides something; its id."""
    services = bot.services
    suggestion = await services.suggestions.add(B, ANA, ENTRY, clock.now(), settings=GuildSettings())
    assert suggestion is not None
    change = await services.decisions.change(suggestion, "accepted", "moderator", BEN)
    assert change is not None and bot.catalogue.get(B, suggestion.montage_id)
    await services.votes.cast(B, "rocky-1976", ANA, Choice.UP, clock.now())
    await services.votes.cast(B, "rocky-1976", BEN, Choice.UP, clock.now())
    assert (await services.votes.tally(B, "rocky-1976")).up == 2
    await services.guild_settings.change(B, family_friendly_only=True)
    assert bot.catalogue.restricted == {B}
    await services.guild_settings.change(B, family_friendly_only=False, hidden_notes=("gore",))
    return suggestion.montage_id


async def up(bot: MontageBot) -> int:
    return (await bot.services.votes.tally(B, "rocky-1976")).up


async def test_a_person_erased_in_one_process_is_forgotten_in_the_other(shared: PostgresAddress) -> None:
    async with process(shared, FIRST) as other, process(shared, SECOND) as owner:
        await asyncio.sleep(0.2)  # what is told at a start has arrived
        montage = await remembers_ana(owner)
        await other.services.privacy.erase_person(ANA, suggestions_too=True)
        await until(lambda: owner.catalogue.get(B, montage) is None)
        assert await up(owner) == 1
        assert owner.catalogue.restricted == {B}, "the server itself is as it was"


async def test_a_server_erased_by_a_command_is_forgotten_by_its_owner(shared: PostgresAddress) -> None:
    async with process(shared, SECOND) as owner:
        montage = await remembers_ana(owner)
        said = await asyncio.to_thread(erase_server, shared, B, backups=None)
        assert "deleted" in said
        await until(lambda: owner.catalogue.get(B, montage) is None)
        assert await up(owner) == 0 and owner.catalogue.restricted == set()


async def test_a_person_erased_by_a_command_is_forgotten_by_all(shared: PostgresAddress) -> None:
    async with process(shared, SECOND) as owner:
        montage = await remembers_ana(owner)
        said = await asyncio.to_thread(erase_user, shared, ANA, suggestions_too=True, backups=None)
        assert "deleted" in said
        await until(lambda: owner.catalogue.get(B, montage) is None)
        assert await up(owner) == 1


async def test_what_was_missed_is_dropped_when_it_can_be_heard_again(
    shared: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slots.messages._CHECK_SECONDS", 0.1)
    async with process(shared, SECOND) as owner:
        montage = await remembers_ana(owner)
        async with process(shared, FIRST) as other:
            monkeypatch.setattr(other.messages, "_address", None)  # it dies before it can tell
            await other.services.privacy.erase_person(ANA, suggestions_too=True)
            assert owner.catalogue.get(B, montage)
        kept = await owner.services.suggestions.add(B, BEN, ENTRY, clock.now(), settings=GuildSettings())
        assert kept is not None
        await owner.services.decisions.change(kept, "accepted", "moderator", ANA)
        await end_connections(shared.url, "montage messages")
        await until(lambda: owner.catalogue.get(B, montage) is None)
        assert await up(owner) == 1
        assert owner.catalogue.get(B, kept.montage_id), "what is there stays"
        assert owner.catalogue.restricted == {B}


async def test_whoever_takes_over_says_what_the_one_before_may_not_have(shared: PostgresAddress) -> None:
    async with process(shared, SECOND) as owner:
        montage = await remembers_ana(owner)
        async with process(shared, FIRST) as other:
            await asyncio.sleep(0.2)
            heard_at, other.messages._address = other.messages._address, None
            await other.services.privacy.erase_person(ANA, suggestions_too=True)
            other.messages._address = heard_at
        async with process(shared, FIRST):
            await until(lambda: owner.catalogue.get(B, montage) is None)
