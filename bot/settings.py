"""Everything an operator may set, read once from the environment and `.env`."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.aliases import JsonObject


class SettingsError(Exception):
    """A setting that cannot be used; the message names the variable and what it accepts."""


def _setting(env: str, default: object, says: str, read: Callable[[str], object] = str, **options: Any) -> Any:
    """One field of Settings: the variable that sets it, its default, what `.env.example` says of it."""
    return field(default=default, metadata={"env": env, "says": says, "read": read}, **options)


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"use one of {', '.join(allowed)}")
        return text.lower()

    return read


def _identity(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("use the number that Discord's 'Copy Server ID' gives")
    return int(text)


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"use a whole number from {least:,} to {most:,}")
        return int(text)

    return read


def _path(text: str) -> Path:
    """A path as people write it: `~` is their home."""
    if "\0" in text:
        raise ValueError("no path has such characters")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError("there is no such home; write the path in full") from None


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where a PostgreSQL database is, as libpq takes it. Shown without its password, wherever it is shown."""

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _POSTGRESQL.fullmatch(self.url):
            raise ValueError(
                "such an address is postgresql://user:password@host:port/name; in a password, write % before "
                "special characters as URLs do (@ is %40, / is %2F, ? is %3F, # is %23)"
            )

    def __str__(self) -> str:
        return _POSTGRESQL.sub(r"postgresql://\g<where>", self.url)


_POSTGRESQL = re.compile(r"postgres(?:ql)?://(?:[^:/?#@\s]*(?::[^:/?#@\s]*)?@)?(?P<where>[^?#@\s]*)(?:\?[^#\s]*)?")
# Where the database is: a file of SQLite's, or a server.
Address = Path | PostgresAddress


def database_address(text: str) -> Address:
    """A path, or an address of PostgreSQL's. Raises ValueError."""
    if text.startswith(("postgresql://", "postgres://")):
        return PostgresAddress(text)
    if "://" in text:
        raise ValueError("use the path of a file, or postgresql://user:password@host:port/name")
    return _database_path(text)


def _database_path(text: str) -> Path:
    """A path that can be a file's; whether it is one, the database says when it is opened."""
    path = _path(text)
    if not path.name:
        raise ValueError("that is a folder; name a file in it")
    try:
        path.is_dir()
    except OSError as problem:  # too long, or in a folder that is closed
        raise ValueError(str(problem.strerror).lower()) from None
    return path


def file_path(text: str) -> Path:
    """The path of a file, from the command line. Raises ValueError for a folder."""
    path = _database_path(text)
    if path.is_dir():
        raise ValueError("that is a folder; name a file in it")
    return path


def _tmdb_token(text: str) -> str:
    """The token that reads TMDB's API; its API key, which stands beside it there, is refused."""
    if re.fullmatch(r"[0-9a-fA-F]{32}", text):
        raise ValueError("that is the API key; use the API Read Access Token, which is longer")
    if not re.fullmatch(r"[!-~]+", text):
        raise ValueError("a token has no such characters; copy it again")
    return text


def _shards(text: str) -> str:
    if text not in ("off", "auto") and not (text.isdigit() and int(text) > 0):
        raise ValueError("use off, auto or a number of shards")
    return text


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What an operator chooses. `Settings(database=path)` alone is enough to build a bot."""

    token: str | None = _setting(
        "DISCORD_TOKEN",
        None,
        "The bot's token from Discord's developer portal. Only `run` needs it.",
        repr=False,
    )
    database: Address = _setting(
        "MONTAGE_DATABASE",
        Path("data/montage.db"),
        "The SQLite file that keeps votes and suggestions, or postgresql://user:password@host:port/name.",
        database_address,
    )
    log_level: str = _setting(
        "MONTAGE_LOG_LEVEL",
        "info",
        "How much is logged: debug, info, warning or error.",
        _one_of("debug", "info", "warning", "error"),
    )
    log_format: str = _setting(
        "MONTAGE_LOG_FORMAT",
        "auto",
        "text, json, or auto: text on a terminal, JSON otherwise.",
        _one_of("auto", "text", "json"),
    )
    development_server: int | None = _setting(
        "MONTAGE_DEVELOPMENT_SERVER",
        None,
        "A server's id: commands go to that server alone, at once. For development.",
        _identity,
    )
    shards: str = _setting(
        "MONTAGE_SHARDS",
        "off",
        "off, auto (Discord says how many) or a number. Needed from 2,500 servers on.",
        _shards,
    )
    slots: int | None = _setting(
        "MONTAGE_SLOTS",
        None,
        "How many processes share the shards, on PostgreSQL; it divides MONTAGE_SHARDS. Empty: one has them all.",
        _number(1, 1_000),
    )
    backup_folder: Path | None = _setting(
        "MONTAGE_BACKUP_FOLDER",
        None,
        "Where `run` keeps its backups; empty: the folder backups beside the database.",
        _path,
    )
    backup_hours: int = _setting(
        "MONTAGE_BACKUP_HOURS", 24, "Hours between two backups; 0 makes none.", _number(0, 24 * 366)
    )
    backups_kept: int = _setting(
        "MONTAGE_BACKUPS_KEPT", 14, "How many backups are kept; older ones go.", _number(1, 10_000)
    )
    metrics_port: int | None = _setting(
        "MONTAGE_METRICS_PORT",
        None,
        "A port on loopback for /health, /ready and /metrics; empty: none.",
        _number(1, 65_535),
    )
    presses_per_minute: int = _setting(
        "MONTAGE_PRESSES_PER_MINUTE",
        60,
        "Commands and presses that one person may make in a minute; 0: as many as they like.",
        _number(0, 100_000),
    )
    tmdb_token: str | None = _setting(
        "TMDB_TOKEN",
        None,
        "An API Read Access Token of TMDB, for posters, trailers and where to watch; empty: none.",
        _tmdb_token,
        repr=False,
    )


_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}", re.ASCII)
_HOW = (
    "Make a bot on Discord's developer portal, copy its token (Bot, Reset Token) and put the line "
    "DISCORD_TOKEN=… into the file .env. To try the bot with no account at all: python -m bot preview"
)


def token_problem(token: str | None) -> str | None:
    """Why this cannot be a bot's token, and how to come by one; None for a text that looks like one."""
    if not token:
        return f"There is no DISCORD_TOKEN, so there is nobody to log in as. {_HOW}"
    if not _TOKEN.fullmatch(token):
        return f"DISCORD_TOKEN does not look like a bot token (three parts with dots between). {_HOW}"
    return None


def backup_folder(settings: Settings) -> Path | None:
    """Where the backups of this bot's database are; None where the operator makes them some other way."""
    if settings.backup_folder is None and isinstance(settings.database, Path):
        return settings.database.parent / "backups"
    return settings.backup_folder


def _check_slots(settings: Settings) -> None:
    """Raises SettingsError where so many processes cannot share so many shards, or not this database."""
    slots, shards = settings.slots, settings.shards
    if slots is None:
        return
    if slots > 1 and (not shards.isdigit() or int(shards) % slots):
        raise SettingsError(
            f"MONTAGE_SLOTS={slots} cannot be used with MONTAGE_SHARDS={shards}: every process serves as many "
            f"shards as every other, so their number is a multiple of {slots}, such as {4 * slots}."
        )
    if shared_address(settings) is None:
        raise SettingsError(
            f"MONTAGE_SLOTS={slots} cannot be used with a SQLite file, which one process has to itself: "
            "set MONTAGE_DATABASE to postgresql://user:password@host:port/name."
        )


def shared_address(settings: Settings) -> str | None:
    """Where the database is that several processes may use; None for a file."""
    return settings.database.url if isinstance(settings.database, PostgresAddress) else None


def variables() -> list[tuple[str, str, str]]:
    """(variable, default as text, what it does) of every setting, in order."""
    return [
        (f.metadata["env"], "" if f.default is None else str(f.default), f.metadata["says"])
        for f in fields(Settings)
    ]


def _written_in(dotenv: Path) -> dict[str, str | None]:
    """What a file like `.env` says; nothing where there is none."""
    try:
        text = dotenv.read_bytes().decode("utf-8-sig")  # some editors put a mark in front
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return {}
    except OSError as problem:
        raise SettingsError(f"{dotenv} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # UTF-16, as some editors and shells of Windows write
        raise SettingsError(f"{dotenv} is not text in UTF-8. Save it again with that encoding.")
    return dotenv_values(stream=StringIO(text))


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """Settings from `environment` (default: the process's own), which wins over the file `dotenv`.

    Raises SettingsError naming the variable. An empty value means the default.
    """
    given = {**_written_in(dotenv), **(os.environ if environment is None else environment)}
    chosen: JsonObject = {}
    for f in fields(Settings):
        text = (given.get(f.metadata["env"]) or "").strip()
        if not text:
            continue
        try:
            chosen[f.name] = f.metadata["read"](text)
        except ValueError as problem:
            # A token, or the password that an address may hold, is not repeated.
            given_text = "" if "://" in text or not f.repr else f"={text!r}"
            raise SettingsError(f"{f.metadata['env']}{given_text} cannot be used: {problem}.") from None
    settings = Settings(**chosen)
    _check_slots(settings)
    return settings
