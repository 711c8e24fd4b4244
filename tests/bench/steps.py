"""How long the event loop is kept in one step while somebody types, at the largest sizes there are.

    python -m tests.bench.steps

20,000 suggestions of one server, accepted and open, 1,000 shipped montages, 6,000 typed characters. Measured is the
processor time of the loop's thread from one of its turns to the next: neighbours on the machine do not count.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord

from bot.app import create_bot
from bot.client import MontageBot
from bot.daily.reading import zone_typed
from bot.daily.typed_zones import matching_zones, read_tables, zone_label
from bot.errors import UserError
from bot.run import freeze_garbage_collector
from bot.settings import Settings
from bot.suggestions.entry import FIELDS, Typed, read_entry, typed_from
from bot.suggestions.near import near_to
from bot.suggestions.options import Every, Own, Visible
from bot.ui.forms import shorten_typed
from bot.ui.text import clean, escape
from tests.bench import seeding
from tests.bench.figures import Figure, table
from tests.standin import payloads
from tests.standin.payloads import GUILD

SUGGESTIONS, MONTAGES, CHARACTERS = 20_000, 1_000, 6_000
STEP_AT_MOST = 20.0  # milliseconds
# Nothing, a letter, a film, a slip, words in any order, and as much as anybody can send of what costs most.
TYPED = (
    *(
        "",
        "r",
        "rocky",
        "rokcy stais",
        "zzzz",
        "soccer",
        "x y " * 1500,
        "a" * CHARACTERS,
        "a." * 3000,
        "@" * CHARACTERS,
    ),
    *("🥊" * CHARACTERS, "e\u0301\u0302\u0303" * 1500, "می\u200cخواهم " * 700, "https://" + "転" * 5990),
)


async def longest_step(work: Callable[[], Awaitable[Any]]) -> float:
    """Milliseconds of the longest step of the event loop while `work` is done."""
    longest, done = 0.0, False

    async def watch() -> None:
        nonlocal longest
        while not done:
            before = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - before)

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0)
    try:
        await work()
    finally:
        done = True
        await watching
    return longest * 1_000


def seed(path: Path) -> None:
    """Half of the suggestions accepted, half open, each of a discipline of its own."""
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(
            """
            INSERT INTO suggestion (id, guild_id, author_id, film, year, scene, why, discipline, state, created_at)
            VALUES (?, ?, ?, ?, ?, ?, 'A gym, a song and a great many stairs.', ?, ?, 1)
            """,
            (
                (
                    number,
                    GUILD,
                    number % 500,
                    f"{('Rocky', 'Tin Soldiers', 'Whisper of the Wood', 'שלום רוקי')[number % 4]} {number}",
                    1950 + number % 70,
                    f"Stairs, snow and farm number {number} against the laboratory",
                    f"training {number}",
                    "open" if number % 2 else "accepted",
                )
                for number in range(1, SUGGESTIONS + 1)
            ),
        )
    connection.close()


def asked(bot: MontageBot) -> Any:
    """Somebody's completion."""
    data: Any = payloads.slash("ana", "suggestions show", {})
    return discord.Interaction(data=data, state=bot._connection)


async def steps(bot: MontageBot) -> list[Figure]:
    """A row for each thing that a person can ask for by typing."""
    now = discord.utils.utcnow()
    montage: Any = bot.tree.get_command("montage")
    random: Any = montage.get_command("random")

    async def titles() -> None:
        bot.services.title_index.forget()
        await bot.services.title_index.for_guild(GUILD)

    def each(work: Callable[[str], Awaitable[Any]]) -> Callable[[], Awaitable[None]]:
        async def all_of_them() -> None:
            for typed in TYPED:
                await work(typed)
                await asyncio.sleep(0)  # each is asked for by itself

        return all_of_them

    def bounded(typed: str) -> str:
        data: dict[str, Any] = {"options": [{"type": 3, "value": typed}]}
        shorten_typed(data)
        return str(data["options"][0]["value"])

    async def zones(typed: str) -> None:
        for offer in matching_zones(bounded(typed)):
            zone_label(offer, now)

    async def zone(typed: str) -> None:
        with suppress(UserError):
            zone_typed(typed)

    async def suggest(typed: str) -> None:
        read_entry(Typed.from_values(dict.fromkeys(FIELDS, typed)), 2026)
        await asyncio.sleep(0)
        typed_from(typed)
        await asyncio.sleep(0)
        entry, _ = read_entry(
            Typed(f"Rokcy {typed[:40]}", "1985", "Stairs", "He lifts logs until dawn.", "box"), 2026
        )
        assert entry is not None
        await near_to(bot, GUILD, entry)

    async def shown(typed: str) -> None:
        escape(clean(typed))

    rows: dict[str, Callable[[], Awaitable[Any]]] = {"the titles are read": titles}
    for option in (Visible(), Own(), Every()):
        name = type(option).__name__.lower()
        rows[f"a suggestion ({name}) is completed"] = each(
            lambda typed, option=option: option.autocomplete(asked(bot), bounded(typed))  # type: ignore[misc]
        )
        rows[f"a suggestion ({name}) is named"] = each(
            lambda typed, option=option: option.transform(asked(bot), typed)  # type: ignore[misc]
        )
    for name in ("discipline", "country", "language"):
        filtering = random._params[name]._annotation
        rows[f"a {name} is completed"] = each(
            lambda typed, filtering=filtering: filtering.autocomplete(asked(bot), bounded(typed))  # type: ignore[misc]
        )
        rows[f"a {name} is named"] = each(
            lambda typed, filtering=filtering: filtering.transform(asked(bot), typed)  # type: ignore[misc]
        )
    rows |= {
        "a time zone is completed": each(zones),
        "a time zone is named": each(zone),
        "a form is read, and compared with all there is": each(suggest),
        "typed text is cleaned and escaped": each(shown),
    }
    figures = []
    for what, work in rows.items():
        longest = await longest_step(work)
        figures.append(Figure(f"longest step: {what}", longest, 0.0, "ms", at_most=STEP_AT_MOST))
    return figures


async def measure() -> list[Figure]:
    """The same on a bot of its own, with a database of that size."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "steps.db"
        bot = create_bot(Settings(database=path), seeding.catalogue(MONTAGES))
        itself: Any = payloads.bot_user()
        bot._connection.user = discord.ClientUser(state=bot._connection, data=itself)  # as if it had logged in
        await bot.database.open()
        await bot.database.close()
        seed(path)
        await bot.database.open()
        try:
            await bot.services.open()
            await asyncio.to_thread(read_tables)
            await freeze_garbage_collector()
            return await steps(bot)
        finally:
            await bot.services.close()
            await bot.database.close()


if __name__ == "__main__":
    print(table(asyncio.run(measure())))
