"""Backups by the clock: every so many hours one more, and the oldest go."""

import asyncio
import os
import sys
from pathlib import Path

import structlog

from bot import clock
from bot.backups.making import backups_of, file_for, half_made
from bot.backups.restoring import notice_what_was_restored
from bot.client import MontageBot
from bot.errors import StartError
from bot.routine import Routine
from bot.settings import backup_folder

log = structlog.get_logger(__name__)
# Seconds between two looks at whether one is due.
_PAUSE = 300.0


def add_backups(bot: MontageBot) -> None:
    """Make a backup whenever one is due, from the moment the database is open until the bot is closed."""
    settings = bot.settings
    bot.add_opening(lambda: notice_what_was_restored(bot.database))
    folder = backup_folder(settings)
    if not settings.backup_hours or not isinstance(settings.database, Path) or folder is None:
        return
    backups = Backups(settings.database, folder, settings.backup_hours, settings.backups_kept)

    async def turn() -> float:
        await backups.make_if_due()
        return _PAUSE

    routine = Routine("backups", turn)
    bot.add_opening(routine.start)
    bot.add_closing(routine.stop)


class Backups:
    """The backups of one database in one folder, which may hold those of others too."""

    def __init__(self, database: Path, folder: Path, hours: int, kept: int) -> None:
        self.database, self.folder = database.absolute(), folder.absolute()
        self.hours, self.kept = hours, kept

    def due(self) -> bool:
        """Whether the newest backup is old enough for another; one from the future is, for its clock was wrong."""
        made = backups_of(self.database, self.folder)
        return not made or not clock.within(self.hours * clock.HOUR, made[-1].made_at)

    async def make_if_due(self) -> Path | None:
        """Make a backup if it is time for one. A failure is logged, and tried again at the next beat."""
        if not await asyncio.to_thread(self.due):
            return None
        try:
            file, number = await asyncio.to_thread(self._next)
        except StartError:
            log.exception("backup failed")
            return None
        succeeded, said = await _back_up_in_another_process(self.database, file, number)
        if not succeeded:
            log.error("backup failed", problem=said, file=str(file))
            return None
        gone = await asyncio.to_thread(self._let_old_ones_go)
        log.info("backup made", file=str(file), removed=gone, says=said)
        return file

    def _next(self) -> tuple[Path, int]:
        newest = max((backup.number for backup in backups_of(self.database, self.folder)), default=0)
        return file_for(self.database, self.folder), newest + 1

    def _let_old_ones_go(self) -> int:
        old = [backup.file for backup in backups_of(self.database, self.folder)[: -self.kept]]
        for file in (*old, *half_made(self.database, self.folder)):
            file.unlink(missing_ok=True)
        return len(old)


async def _back_up_in_another_process(database: Path, file: Path, number: int) -> tuple[bool, str]:
    """Whether it was made, and what was said about it.

    The same command that an operator would give. In a process of its own it holds nobody's vote up, and
    can be ended at once when the bot is stopped.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "backup", "--number", str(number), str(file)),
        env={**os.environ, "MONTAGE_DATABASE": str(database)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    done = process.returncode == 0
    return done, (said if done else complained).decode(errors="replace").strip()[-500:]
