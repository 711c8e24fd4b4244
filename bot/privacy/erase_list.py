"""Who was erased, kept beside the backups: restoring an old one must not bring anybody back.

It says who without saying who: a fingerprint of the id, under a key of its own, can only be recognised by somebody
who has the id already, as the database that comes back has.
"""

import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from bot import clock
from bot.database import private_file, private_folder

What = Literal["person", "server"]
# No backup is worth restoring after that.
_KEPT = 366 * clock.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedRecord:
    """One erase. Numbers grow: a database knows up to which one it has followed."""

    number: int
    at: int
    what: What
    who: str
    suggestions_too: bool = False


class EraseList:
    """A file of lines of JSON, the first with the key."""

    def __init__(self, folder: Path, database: str) -> None:
        """`database`: the name of the one it is of, for a folder may hold the backups of several."""
        self.file = folder / f"erased-{database}.jsonl"

    def entries(self) -> list[ErasedRecord]:
        """All of them, the oldest first. Raises OSError where there is a list and it cannot be read."""
        return [ErasedRecord(**line) for line in self._lines() if "number" in line]

    def add(self, what: What, identity: int, suggestions_too: bool, followed: int) -> int:
        """Add one, on the disk when this returns; its number, greater than `followed` and all before.

        Raises OSError.
        """
        private_folder(self.file.parent)
        key, entries = self._key(), self.entries()
        number = max([followed, *(entry.number for entry in entries)]) + 1
        now = clock.now()
        entries = [entry for entry in entries if now - entry.at < _KEPT]
        who = _fingerprint(key, what, identity)
        entries.append(ErasedRecord(number=number, at=now, what=what, who=who, suggestions_too=suggestions_too))
        self._write([{"key": key.hex()}, *map(asdict, entries)])
        return number

    def among(
        self, entries: Iterable[ErasedRecord], what: What, ids: Iterable[int]
    ) -> dict[int, list[ErasedRecord]]:
        """Which of the ids these entries are about."""
        by_print: dict[str, list[ErasedRecord]] = {}
        for entry in entries:
            if entry.what == what:
                by_print.setdefault(entry.who, []).append(entry)
        if not by_print:
            return {}
        key = self._key()
        prints = {identity: _fingerprint(key, what, identity) for identity in ids}
        return {identity: by_print[who] for identity, who in prints.items() if who in by_print}

    def _key(self) -> bytes:
        return next(
            (bytes.fromhex(line["key"]) for line in self._lines() if "key" in line), secrets.token_bytes(32)
        )

    def _lines(self) -> list[dict[str, Any]]:
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]

    def _write(self, lines: Iterable[dict[str, Any]]) -> None:
        """All of it anew, in a file that takes the place of the old one when it is whole."""
        part = self.file.with_name(self.file.name + ".part")
        part.unlink(missing_ok=True)
        private_file(part)
        with part.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.file)


def _fingerprint(key: bytes, what: What, identity: int) -> str:
    return hmac.new(key, f"{what} {identity}".encode(), sha256).hexdigest()[:32]
