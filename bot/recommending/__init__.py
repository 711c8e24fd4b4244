"""/montage for-me: picks that know a person's taste."""

from bot.recommending.feature import setup
from bot.recommending.taste import Taste

__all__ = ["Taste", "setup"]
