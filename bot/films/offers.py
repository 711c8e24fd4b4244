"""Where a film can be watched: the kinds of offers, and which names are one service. No I/O."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from bot.languages import N_

# Services by kind of offer, by region (ISO 3166, `DE`).
Offers: TypeAlias = dict[str, dict[str, list[str]]]

# TMDB's words, with what people read. "free" is often a country's own broadcaster.
OFFER_KINDS = {
    "flatrate": N_("Streaming"),
    "free": N_("Free"),
    "ads": N_("Free, with ads"),
    "rent": N_("To rent"),
    "buy": N_("To buy"),
}
# The same service in a cheaper variant, or sold by way of another.
_VARIANT = re.compile(
    r"\s+(?:(?:basic |standard )?with ads|(?:amazon|apple tv|roku premium|prime video)\s*channel)$", re.IGNORECASE
)
_JOINED = {"max": "hbo max"}  # what was merged, and still stands beside the name that it has now


def merged(services: Iterable[str]) -> list[str]:
    """The services, each once and in their order: written differently, or as a variant of one that is there too."""
    first: dict[str, str] = {}
    for service in services:
        first.setdefault(_plain(service), service)
    return [service for plain, service in first.items() if not _is_variant(plain, service, first)]


def _is_variant(plain: str, service: str, others: dict[str, str]) -> bool:
    base = _plain(_VARIANT.sub("", service))
    joined = _plain(_JOINED.get(base, base))
    return any(other != plain and other in others for other in (base, joined))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold().replace("+", "plus"))
