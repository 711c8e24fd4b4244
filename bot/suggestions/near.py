"""What a suggestion may be already: in the catalogue, or among what its server votes on."""

from bot.catalogue import Montage, localised
from bot.client import MontageBot
from bot.suggestions.duplicates import Known, alike, best_of
from bot.suggestions.entry import Entry
from bot.suggestions.suggestion import Suggestion
from bot.ui.turns import in_portions

# Montages compared with what was typed before others get a turn: some milliseconds of work.
_COMPARED_AT_ONCE = 100


async def near_to(bot: MontageBot, guild_id: int, entry: Entry, besides: str = "") -> list[Known]:
    """What is nearly the same in a server, the likeliest first; but for the one whose id is `besides`."""
    asked, found = (entry.film, entry.year, entry.scene), []
    async for montages in in_portions(bot.catalogue.visible_to(guild_id), _COMPARED_AT_ONCE):
        found += alike(*asked, map(_known, montages))
    async for suggested in bot.services.suggestions.in_portions(guild_id, "open"):
        async for portion in in_portions([known_suggestion(one) for one in suggested], _COMPARED_AT_ONCE):
            found += alike(*asked, portion)
    return best_of(pair for pair in found if pair[1].id != besides)


def known_suggestion(suggestion: Suggestion) -> Known:
    """A suggestion as what is typed is compared with."""
    entry = suggestion.entry
    return Known(suggestion.montage_id, entry.film, entry.year, entry.scene)


def _known(montage: Montage) -> Known:
    """A montage as the language being spoken tells it; its other title is then the English one."""
    told = localised(montage)
    also = montage.original_title if told.film == montage.film else montage.film
    return Known(told.id, told.film, told.year, told.scene, also)
