"""A slot: a part of the shards, held by one process at a time through an advisory lock of PostgreSQL.

The lock is the connection's: it goes when the process dies or is cut off. Two never serve the same shards:

    a holder asks every second whether the lock is still its own, and `TRUSTED_SECONDS` after the last question that
    was answered with yes it serves nothing more until it has asked again;
    whoever takes a slot waits for `GRACE_SECONDS`, which is longer, before it begins.

So a process that was stopped in its tracks and wakes up later finds out before it does anything, and one whose
connection broke may take its lock again as long as nobody else can have begun.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TYPE_CHECKING

import structlog

from bot.shards import NotServingError, Shards, Slot
from bot.slots.link import CONNECT_SECONDS, PATIENCE_SECONDS, connect, once_connected, passing, steady_seconds

if TYPE_CHECKING:
    from bot.slots.link import Connection

log = structlog.get_logger(__name__)

CHECK_SECONDS = 1.0
TRUSTED_SECONDS = 6.0
GRACE_SECONDS = 8.0
# Between two tries to take a lock again that was lost with its connection, and to get one's turn with Discord.
_AGAIN_SECONDS = 0.25
# What Discord asks for between two IDENTIFYs of the same bucket (its `max_concurrency`).
_BETWEEN_IDENTIFIES = 5.0

# Advisory locks have two numbers. These are the upper halves of the first; its lower half is the number of shards,
# and the second is how many slots there are and which one it is.
_SLOT, _IDENTIFY = 0x4D6F, 0x4D70
_MINE = """
    locktype = 'advisory' AND granted AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
# ruff: noqa: S608 - conditions of our own
_BY_ME = f"""EXISTS (
    SELECT 1 FROM pg_locks WHERE {_MINE}
    AND pid = pg_backend_pid() AND classid::bigint = {{}} AND objid::bigint = {{}})
"""
_IS_HELD = f"SELECT NOT pg_is_in_recovery() AND {_BY_ME.format('$1', '$2')}"
_LEFT = "left"
_LEAVE = f"UPDATE memo SET value = '{_LEFT}' WHERE name = $1 AND {_BY_ME.format('$2', '$3')}"
_NOTE = "SELECT value FROM memo WHERE name = $1"
# Whether this slot, or one of another layout that had the same servers, was not let go of in good order.
_UNSURE = f"""
    SELECT EXISTS (
        SELECT 1 FROM memo
        WHERE name LIKE 'slot %' AND value <> '{_LEFT}' AND (name = $1 OR name NOT LIKE $2))
"""
_FORGET_OTHERS = "DELETE FROM memo WHERE name LIKE 'slot %' AND name NOT LIKE $1"
_TAKE_NOTE = """
    INSERT INTO memo (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
_HELD = f"SELECT classid::bigint AS layout, objid::bigint AS slot FROM pg_locks WHERE {_MINE}"


class SlotLostError(Exception):
    """The lock is somebody else's, or nobody can say whose."""


def parts_of(shards: int, slots: int) -> list[Shards]:
    """The shards of each slot; `shards` is a multiple of `slots`."""
    each = shards // slots
    return [Shards(shards, range(number * each, (number + 1) * each)) for number in range(slots)]


class Layout:
    """The locks of one way to share the shards out."""

    def __init__(self, shards: int, slots: int) -> None:
        self.parts = parts_of(shards, slots)
        self._first = _SLOT << 16 | shards
        self._second = slots << 16

    def key(self, number: int) -> tuple[int, int]:
        """Both numbers of that slot's lock."""
        return self._first, self._second | number

    def note(self, number: int) -> str:
        """The name of the memo that says whether whoever held it last has let go in good order."""
        return f"slot {number}{self.siblings.removeprefix('slot %')}"

    @property
    def siblings(self) -> str:
        """What the names of all notes of this layout look like."""
        return f"slot % of {len(self.parts)}, {self.parts[0].count} shards"

    async def held(self, connection: "Connection") -> tuple[set[int], bool]:
        """Which slots are held, and whether somebody serves by another layout."""
        taken, others = set[int](), False
        for layout, slot in await connection.fetch(_HELD):
            if layout == self._first and slot >> 16 == self._second >> 16:
                taken.add(slot & 0xFFFF)
            elif layout >> 16 == _SLOT:
                others = True
        return taken, others


class HeldSlot(Slot):
    """One that this process has taken. `keep` has to run from then on.

    `strict`: nothing is served that the database has not confirmed lately, as where several processes take turns.
    Otherwise this is the only process there is meant to be: an outage of the database does not end it, it goes on
    where nobody else has served meanwhile, and the lock only has a second one wait.
    """

    def __init__(
        self,
        address: str,
        connection: "Connection",
        layout: Layout,
        number: int,
        asked_at: float,
        *,
        strict: bool = True,
    ) -> None:
        super().__init__(layout.parts[number], number)
        self._strict = strict
        # Written down by whoever takes the slot, so that one who takes it again knows whether somebody was between.
        self._mark = f"held by {secrets.token_hex(8)}"
        self._is_marked = self._has_begun = False
        self._address, self._connection, self._layout = address, connection, layout
        self._key, self._note = layout.key(number), layout.note(number)
        self._confirmed_at = asked_at
        self._asking = asyncio.Lock()
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._resting: set[asyncio.Task[None]] = set()
        self._keeping: asyncio.Task[None] | None = None

    @property
    def holds(self) -> bool:
        return not self.lost.is_set() and self._seconds_left > 0

    @property
    def _seconds_left(self) -> float:
        """How long nobody else can have begun to serve."""
        return self._confirmed_at + TRUSTED_SECONDS - steady_seconds() if self._strict else float("inf")

    async def require(self) -> None:
        if not self.holds and not await self._is_confirmed():
            raise NotServingError

    # --- the lock ---

    async def seconds_until_start(self) -> float:
        """How long whoever has just taken it waits: not at all where all before have let go in good order."""
        await self._connection.execute(
            "SELECT set_config('application_name', $1, false)", f"montage slot {self.number}"
        )
        if not await self._connection.fetchval("SELECT to_regclass('memo') IS NOT NULL"):
            return 0.0  # nobody has ever served from this database
        unsure = await self._connection.fetchval(_UNSURE, self._note, self._layout.siblings)
        await self._connection.execute(_TAKE_NOTE, self._note, self._mark)
        self._is_marked = True
        return GRACE_SECONDS if unsure else 0.0

    async def begin(self) -> None:
        """Serve from now on. What was noted by other numbers of shards is of no use any more: nobody has them."""
        self._has_begun = True
        with suppress(*passing()):
            async with self._asking, asyncio.timeout(PATIENCE_SECONDS):
                if self._is_marked:
                    await self._connection.execute(_FORGET_OTHERS, self._layout.siblings)

    def keep(self) -> None:
        """Ask again and again from now on; `lost` is set when the lock is."""
        self._keeping = asyncio.create_task(self._keep(), name=f"slot {self.number}")

    async def _keep(self) -> None:
        try:
            while await self._is_confirmed():  # noqa: ASYNC110 - it is the database that is asked
                await asyncio.sleep(CHECK_SECONDS)
        except Exception:  # whatever it is, nobody asks any more
            log.exception("the slot could not be kept")
            self._give_up("an error")

    async def _is_confirmed(self) -> bool:
        """Ask the database, for what one remembers is no proof; a connection that is lost may be mended."""
        async with self._asking:
            while not self.lost.is_set():
                began = steady_seconds()
                try:
                    await self._confirm()
                except SlotLostError as lost:
                    self._give_up(str(lost))
                except passing() as problem:
                    log.warning(
                        "the slot's connection is lost", slot=self.number, problem=str(problem) or "no answer"
                    )
                    await self._take_again()
                else:
                    self._confirmed_at = began
                    return True
            return False

    async def _confirm(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            if not await self._connection.fetchval(_IS_HELD, *self._key):
                raise SlotLostError("the database says that it is not held any more")

    async def _take_again(self) -> None:
        """On a new connection, while nobody else can have begun to serve: who takes it waits longer than this."""
        self._connection.terminate()
        while self._seconds_left > 0:
            connection = None
            try:
                async with asyncio.timeout(min(self._seconds_left, CONNECT_SECONDS)):
                    connection = await connect(self._address, f"slot {self.number}")
                    is_mine = await connection.fetchval("SELECT pg_try_advisory_lock($1, $2)", *self._key)
                    # Only now, for until then somebody might have come and gone.
                    if self._is_marked and await connection.fetchval(_NOTE, self._note) != self._mark:
                        self._give_up("somebody else has taken it")
                        return
                    if (await self._layout.held(connection))[1]:
                        self._give_up("bots with other numbers of shards or slots have begun")
                        return
                    if is_mine:
                        self._connection, connection = connection, None
                        return
            except once_connected() as problem:
                log.debug("not yet", slot=self.number, problem=str(problem))
            finally:
                if connection is not None:
                    connection.terminate()
            await asyncio.sleep(_AGAIN_SECONDS)
        self._give_up("the database did not answer in time")

    def _give_up(self, why: str) -> None:
        log.error("slot lost", slot=self.number, shards=str(self.shards), why=why)
        self.lost.set()

    async def release(self) -> None:
        """Let go of it, and leave a note that nothing is served any more: then nobody need wait.

        Not where it was still waited: then nobody knows of the one before.
        """
        in_good_order = self.holds and self._has_begun
        self.lost.set()
        for task in (self._keeping, *self._resting):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        with suppress(Exception):
            async with asyncio.timeout(PATIENCE_SECONDS):
                if in_good_order:
                    await self._connection.execute(_LEAVE, self._note, *self._key)
                await self._connection.close()
        self._connection.terminate()

    # --- IDENTIFY ---

    def identify_turn(self, shard_id: int | None) -> AbstractAsyncContextManager[None]:
        """Of all processes' connections that share a bucket, one in five seconds sends IDENTIFY."""
        if self.alone:
            return super().identify_turn(shard_id)
        return self._bucket_turn((shard_id or 0) % self.max_concurrency)

    @asynccontextmanager
    async def _bucket_turn(self, turn: int) -> AsyncIterator[None]:
        await self._turns[turn].acquire()  # a lock of the database is its connection's, so all of ours have it
        try:
            while not await self._ask("SELECT pg_try_advisory_lock($1, $2)", turn):  # noqa: ASYNC110
                await asyncio.sleep(_AGAIN_SECONDS)
            yield
        finally:
            rest = asyncio.create_task(self._pass_on(turn))
            self._resting.add(rest)
            rest.add_done_callback(self._resting.discard)

    async def _pass_on(self, turn: int) -> None:
        try:
            await asyncio.sleep(_BETWEEN_IDENTIFIES)
            await self._ask("SELECT pg_advisory_unlock($1, $2)", turn)
        finally:
            self._turns[turn].release()

    async def _ask(self, sql: str, turn: int) -> bool:
        """False also where the connection is lost, which `keep` finds out by itself."""
        async with self._asking:
            with suppress(*passing()):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return bool(await self._connection.fetchval(sql, _IDENTIFY << 16, turn))
        return False
