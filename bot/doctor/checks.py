"""What the doctor looks at. Nothing is changed, nobody is called, and a running bot is not disturbed."""

import platform
import shutil
import sqlite3
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from dotenv import dotenv_values

from bot import clock
from bot.backups import backups_of
from bot.catalogue import load_catalogue
from bot.database import connect_to_read, damage_of, lock_of, newest_schema, oddities_of, schema_of, trouble_of
from bot.doctor.finding import Finding, ok, problem, warning
from bot.doctor.server import server_findings, slot_findings
from bot.errors import StartError
from bot.settings import Settings, SettingsError, backup_folder, read_settings, token_problem, variables
from bot.ui.text import count

_MEGABYTE = 1_000_000
_HOUR = 3600 * clock.SECOND
# No bot of this version ran before this moment: a clock that says so has lost its time. (November 2026)
_WRITTEN = 1_795_000_000_000


def examine(environment: Mapping[str, str], dotenv: Path = Path(".env")) -> Iterator[Finding]:
    """Every finding, as it is made. `environment` and `dotenv` are where settings come from."""
    try:
        settings = read_settings(environment, dotenv)
    except SettingsError as error:
        yield problem("settings", str(error), "Mend that line in the environment or in .env, then ask again.")
        settings = Settings()
    else:
        yield from _settings({**dotenv_values(dotenv), **environment})
    checks: tuple[Callable[[Settings], Iterable[Finding]], ...] = (
        _token,
        _database,
        _catalogue,
        _time,
        _programs,
    )
    for check in checks:
        yield from check(settings)


def _settings(given: Mapping[str, object]) -> Iterator[Finding]:
    known = {name for name, _, _ in variables()}
    strange = sorted(name for name in given if name.startswith("MONTAGE_") and name not in known)
    if strange:
        yield warning(
            "settings",
            f"{', '.join(strange)}: no setting of that name, so it does nothing.",
            "Look for a slip of the finger; .env.example has all the names.",
        )
    else:
        yield ok("settings", "all can be read.")


def _token(settings: Settings) -> Iterator[Finding]:
    if (wrong := token_problem(settings.token)) is None:
        yield ok("token", "has the shape of a bot token (whether Discord takes it only `run` finds out).")
    elif settings.token:
        yield problem("token", *_halves(wrong))
    else:
        yield warning("token", *_halves(wrong))


def _halves(text: str) -> tuple[str, str]:
    """The first sentence, and the rest."""
    first, _, rest = text.partition(". ")
    return first + ".", rest


def _database(settings: Settings) -> Iterator[Finding]:
    path = settings.database
    if not isinstance(path, Path):
        yield from server_findings(path)
        yield from slot_findings(settings)
        return
    yield from _file(path)
    folder = backup_folder(settings) or path.parent / "backups"
    yield from _backups(path, folder, settings.backup_hours)
    yield from _room(path, folder)


def _file(path: Path) -> Iterator[Finding]:
    if path.is_dir():
        yield problem("database", f"{path} is a folder.", "Set MONTAGE_DATABASE to a file in it.")
        return
    if not path.exists():
        yield ok("database", f"{path} is not there yet; the first start makes it.")
        return
    state = "in use by a bot" if _in_use(path) else "not in use"
    try:
        with closing(connect_to_read(path)) as connection:
            yield from _inside(path, connection, state)
    except sqlite3.Error as error:
        trouble = trouble_of(error)
        yield problem("database", *_halves(trouble.says.format(path=path) if trouble else f"{path}: {error}. "))


def _inside(path: Path, connection: sqlite3.Connection, state: str) -> Iterator[Finding]:
    newest = newest_schema()
    if damage := damage_of(connection, newest):
        remedy = (
            "Update the bot." if "newer version" in damage[0] else "Put it aside and bring a backup back: restore."
        )
        yield problem("database", f"{path}: {'; '.join(damage)}.", remedy)
        return
    if oddities := oddities_of(connection):
        yield problem(
            "database",
            f"{path}: {'; '.join(oddities)}.",
            "Somebody changed it by hand. Stop the bot and put it right: doctor --mend (it keeps a copy).",
        )
        return
    schema, votes = schema_of(connection), connection.execute("SELECT count(*) FROM vote").fetchone()[0]
    journal = path.with_name(path.name + "-wal")
    size = (path.stat().st_size + (journal.stat().st_size if journal.exists() else 0)) / _MEGABYTE
    coming = "" if schema == newest else f", to be upgraded to {newest} at the next start"
    yield ok(
        "database",
        f"{path} is sound: {count(votes, 'vote')}, tallies equal to a recount, {size:,.1f} MB, "
        f"schema {schema}{coming}, {state}.",
    )
    latest = connection.execute("SELECT max(cast_at) FROM vote").fetchone()[0] or 0
    if latest > clock.now() + 5 * 60 * clock.SECOND:
        yield warning(
            "votes",
            f"the newest vote is of {clock.moment(latest):%Y-%m-%d %H:%M} UTC, which is still to come.",
            "This machine's clock has gone back, or was ahead: check its time service.",
        )


def _in_use(path: Path) -> bool:
    lock = lock_of(path)
    if not lock.path.exists():
        return False
    try:
        lock.take()
    except OSError:
        return True
    lock.release(lock.note)  # the next start still reads that all was closed in good order
    return False


def _backups(path: Path, folder: Path, hours: int) -> Iterator[Finding]:
    if not hours:
        yield warning(
            "backups", "none are made by the clock.", "Set MONTAGE_BACKUP_HOURS, or make them with `backup FILE`."
        )
        return
    made = backups_of(path, folder)
    if not made:
        says = f"there are none in {folder} yet; a running bot makes one every {hours} hours."
        yield ok("backups", says)
        return
    age = (clock.now() - made[-1].made_at) / _HOUR
    if age > 2 * hours + 1:
        yield warning(
            "backups",
            f"the newest in {folder} is {age:,.0f} hours old.",
            "If the bot was running all the time, its log says why ('backup failed').",
        )
    elif age < -1:
        yield warning(
            "backups",
            f"the newest in {folder} is of {clock.moment(made[-1].made_at):%Y-%m-%d %H:%M} UTC, still to come.",
            "This machine's clock has gone back, or was ahead: check its time service. The next backup is due now.",
        )
    else:
        yield ok("backups", f"{len(made)} in {folder}, the newest {age:,.1f} hours old.")


def _room(path: Path, backups: Path) -> Iterator[Finding]:
    size = path.stat().st_size if path.is_file() else 0
    for folder in dict.fromkeys((path.parent, backups)):
        there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
        free = shutil.disk_usage(there).free
        says = f"{free / _MEGABYTE:,.0f} MB free where {folder} is."
        if free < 2 * size + 20 * _MEGABYTE:
            yield problem("room", says, "Make some: a full disk stops all voting, and an upgrade needs a copy.")
        elif free < 10 * size + 200 * _MEGABYTE:
            yield warning("room", says, "Make some before it runs out.")
        else:
            yield ok("room", says)


def _catalogue(settings: Settings) -> Iterator[Finding]:
    try:
        yield ok("catalogue", f"{len(load_catalogue().shipped)} montages, all sound.")
    except StartError as error:
        yield problem("catalogue", str(error), "python -m bot check tells more.")


def _time(settings: Settings) -> Iterator[Finding]:
    now = clock.moment(clock.now())
    if clock.now() < _WRITTEN:
        yield problem("clock", f"it says {now:%Y-%m-%d %H:%M} UTC, which has long passed.", "Set the time.")
    else:
        yield ok("clock", f"it says {now:%Y-%m-%d %H:%M} UTC.")
    try:
        zoneinfo.ZoneInfo("Europe/London")
    except zoneinfo.ZoneInfoNotFoundError:
        yield problem(
            "time zones", "this machine knows none, so nobody can choose one.", "python -m pip install tzdata"
        )
    else:
        yield ok("time zones", f"{len(zoneinfo.available_timezones())} are known.")


def _programs(settings: Settings) -> Iterator[Finding]:
    yield ok("programs", f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.")
