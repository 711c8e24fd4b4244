"""/montage for-me: picks that know a person's taste."""

from bot.recommending.feature import add_to

__all__ = ["add_to"]
