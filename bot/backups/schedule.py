"""Backups by the clock: every so many hours one more, and the oldest go."""

import asyncio
import os
import sys
from pathlib import Path

import structlog
from discord.ext import tasks

from bot import clock
from bot.backups.making import backups_in, name_at
from bot.client import MontageBot
from bot.settings import backup_folder

log = structlog.get_logger(__name__)
_HOUR = 3600 * clock.SECOND


def add_backups(bot: MontageBot) -> None:
    """Make a backup whenever one is due, from the moment the database is open."""
    settings = bot.settings
    if not settings.backup_hours:
        return
    backups = Backups(settings.database, backup_folder(settings), settings.backup_hours, settings.backups_kept)

    @tasks.loop(minutes=5)
    async def keep_backups() -> None:
        await backups.make_if_due()

    async def begin() -> None:
        keep_backups.start()

    bot.add_opening(begin)


class Backups:
    """The backups of one database in one folder."""

    def __init__(self, database: Path, folder: Path, hours: int, kept: int) -> None:
        self.database, self.folder = database.absolute(), folder.absolute()
        self.hours, self.kept = hours, kept

    def due(self) -> bool:
        """Whether the newest backup is old enough for another; one from the future counts as none."""
        made = [at for at, _ in backups_in(self.folder) if at <= clock.now()]
        return not made or clock.now() - made[-1] >= self.hours * _HOUR

    async def make_if_due(self) -> Path | None:
        """Make a backup if it is time for one. A failure is logged, and tried again at the next beat."""
        if not await asyncio.to_thread(self.due):
            return None
        file = self.folder / name_at(clock.now())
        if (problem := await _back_up_in_another_process(self.database, file)) is not None:
            log.error("backup failed", problem=problem, file=str(file))
            return None
        gone = await asyncio.to_thread(self._let_old_ones_go)
        log.info("backup made", file=str(file), removed=gone)
        return file

    def _let_old_ones_go(self) -> int:
        old = [file for _, file in backups_in(self.folder)[: -self.kept]]
        for file in (*old, *self.folder.glob("montage-*.db.part")):  # a part is left where a copy was killed
            file.unlink(missing_ok=True)
        return len(old)


async def _back_up_in_another_process(database: Path, file: Path) -> str | None:
    """What went wrong, if anything did.

    The same command that an operator would give. In a process of its own it holds nobody's vote up, and
    can be ended at once when the bot is stopped.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "backup", str(file)),
        env={**os.environ, "MONTAGE_DATABASE": str(database)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return None if process.returncode == 0 else said.decode(errors="replace").strip()[-500:]
