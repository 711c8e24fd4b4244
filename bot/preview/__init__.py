"""The real bot in a browser on this machine: no token, no account, no network."""

from bot.preview.serve import preview

__all__ = ["preview"]
