"""The montages: read from `data/montages`, joined by what each server accepted, filtered and searched in memory."""

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.filters import Filters
from bot.catalogue.loading import load_catalogue
from bot.catalogue.montage import Montage, Reading
from bot.catalogue.translated import localised

__all__ = ["Catalogue", "Filters", "Montage", "Reading", "load_catalogue", "localised"]
