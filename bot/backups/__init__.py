"""Backups: made by hand or by the clock, and brought back."""

from bot.backups.making import back_up, backups_of
from bot.backups.restoring import restore
from bot.backups.schedule import add_backups

__all__ = ["add_backups", "back_up", "backups_of", "restore"]
