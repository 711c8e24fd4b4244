"""How `/help` sorts the commands: the few to begin with, and the group of each. No I/O."""

from collections.abc import Mapping

from bot.help.listing import CommandEntry
from bot.languages import N_

# Outside servers there are no suggestions, and then these are two.
TO_BEGIN_WITH = ("montage random", "montage for-me", "suggest")
BACK = N_("Back to the beginning")
GROUPS: Mapping[str, str] = {
    "montages": N_("Montages"),
    "suggestions": N_("Suggestions"),
    "privacy": N_("Privacy and help"),
    "managers": N_("For those who manage the server"),
}
_OF_ROOT = {"montage": "montages", "suggest": "suggestions", "suggestions": "suggestions"}


def group_of(entry: CommandEntry) -> str:
    """The name of its group in GROUPS."""
    if entry.managers:
        return "managers"
    return _OF_ROOT.get(entry.name.lower().split()[0], "privacy")
