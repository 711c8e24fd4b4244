"""What an operator sees of the slots: the settings, health, metrics, the doctor."""

from pathlib import Path

import aiohttp
import pytest

from bot.app import create_bot
from bot.doctor.server import judged, slot_findings
from bot.errors import StartError
from bot.monitoring import add_monitoring, waiting_pages
from bot.settings import PostgresAddress, Settings, SettingsError, read_settings
from bot.shards import Shards, Slot
from bot.slots import SPARE, Layout, Seen, Waiting, look
from tests.operations.waiting import free_port
from tests.slots.test_slots import taken

ON_A_SERVER = {"MONTAGE_DATABASE": "postgresql://bot:secret@db/montage"}


@pytest.mark.parametrize(
    ("shards", "slots", "database", "says"),
    [
        ("off", "4", ON_A_SERVER, "MONTAGE_SHARDS=off"),
        ("auto", "2", ON_A_SERVER, "a multiple of 2, such as 8"),
        ("6", "4", ON_A_SERVER, "a multiple of 4"),
        ("2", "4", ON_A_SERVER, "a multiple of 4"),
        ("4", "0", ON_A_SERVER, "MONTAGE_SLOTS='0'"),
        ("4", "2", {}, "a SQLite file, which one process has to itself"),
        ("off", "1", {}, "a SQLite file"),
    ],
)
def test_numbers_that_do_not_go_together_are_refused_with_a_sentence(
    tmp_path: Path, shards: str, slots: str, database: dict[str, str], says: str
) -> None:
    given = {"MONTAGE_SHARDS": shards, "MONTAGE_SLOTS": slots, **database}
    with pytest.raises(SettingsError, match=says) as refusal:
        read_settings(given, tmp_path / "none")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(("shards", "slots"), [("16", "4"), ("4", "4"), ("off", "1"), ("auto", "1")])
def test_numbers_that_go_together(tmp_path: Path, shards: str, slots: str) -> None:
    given = {"MONTAGE_SHARDS": shards, "MONTAGE_SLOTS": slots, **ON_A_SERVER}
    assert read_settings(given, tmp_path / "none").slots == int(slots)
    assert read_settings(ON_A_SERVER, tmp_path / "none").slots is None


async def get(port: int, page: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as web, web.get(f"http://127.0.0.1:{port}/{page}") as answer:
        return answer.status, await answer.text()


async def test_a_spare_is_as_it_should_be_and_one_without_its_database_is_not() -> None:
    port, waiting = free_port(), Waiting()
    async with waiting_pages(port, waiting):
        assert await get(port, "health") == (200, "ok\n")
        waiting.say("PostgreSQL cannot be reached")
        status, said = await get(port, "ready")
        assert status == 503 and "cannot be reached" in said
        waiting.say(SPARE)
        status, said = await get(port, "ready")
        assert status == 200 and '"slot": "spare"' in said
        with pytest.raises(StartError, match="Choose another port"):
            async with waiting_pages(port, waiting):
                pass


class Lost(Slot):
    holds = False


async def test_health_and_metrics_name_slot_and_shards(tmp_path: Path) -> None:
    part = Shards(16, range(4, 8))
    for slot, named in ((Slot(part, 1), '"slot": 1, "shards": "4-7 of 16"'), (Lost(part, 1), '"slot": "lost"')):
        port = free_port()
        bot = create_bot(Settings(database=tmp_path / "montage.db", metrics_port=port), slot=slot)
        add_monitoring(bot)
        await bot.database.open()
        await next(opening for opening in bot._openings if "Monitoring" in repr(opening))()
        status, said = await get(port, "ready")
        assert status == 503 and named in said
        _, numbers = await get(port, "metrics")
        assert f'montage_slot{{shards="4-7 of 16",slot="1"}} {float(slot.holds)}' in numbers
        await bot.close()


@pytest.mark.parametrize(
    ("seen", "state", "says"),
    [
        (Seen(set(), 0, False, True), "ok", "no bot runs"),
        (Seen({0, 1}, 1, False, True), "ok", "1 spare waits"),
        (Seen({0, 1}, 0, False, True), "warning", "no spare waits"),
        (Seen({1}, 0, False, True), "problem", r"nobody serves 0 \(0-1 of 4\)"),
        (Seen({0, 1}, 2, True, True), "problem", "other numbers"),
        (Seen({0, 1}, 2, False, False), "problem", "pgbouncer"),
    ],
)
def test_the_doctor_says_what_is_to_be_done(seen: Seen, state: str, says: str) -> None:
    first = next(judged(seen, Layout(4, 2)))
    assert first.state == state and says.replace("\\", "") in first.says
    assert first.remedy or state == "ok"


async def test_the_doctor_looks_at_a_server_and_disturbs_nobody(shared: PostgresAddress) -> None:
    async with taken(shared.url, 4, 2) as one:
        seen = await look(shared.url, Layout(4, 2))
        assert seen == Seen({one.number}, 0, False, True)
        (found,) = slot_findings(Settings(database=shared, shards="4", slots=2))
        assert found.state == "problem" and "nobody serves" in found.says
        (other, *_) = slot_findings(Settings(database=shared, shards="8", slots=2))
        assert "other numbers" in other.says
        await one.require()
    assert not list(slot_findings(Settings(database=shared)))
