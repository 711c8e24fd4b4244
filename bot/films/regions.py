"""Countries: what they are called, which come first, and which one a language setting names."""

from collections.abc import Iterable, Sequence

from bot.catalogue.tokens import plain
from bot.languages import territories, territory_name

# The first list of those to choose from: where most people on Discord are.
_FIRST = (
    *("US", "GB", "CA", "AU", "DE", "FR", "ES", "IT", "NL", "PL", "SE", "TR"),
    *("BR", "MX", "AR", "CO", "CL", "IN", "ID", "PH", "JP", "KR"),
)
# What Discord is set to unless somebody changes it, wherever they are: it says nothing.
_NOBODY_CHOSE = "en-US"
# In a list that holds 25, beside the ways on and back and the one that is chosen.
A_PAGE = 22


def region_name(region: str) -> str:
    """`Germany` for `DE`, `Alemania` in Spanish; the code itself where it has no name."""
    return territory_name(region, territories().get(region, region))


def is_region(text: str) -> bool:
    """Whether this is the code of a country."""
    return text in territories()


def region_of(*locales: str | None) -> str | None:
    """The country that the first of these languages names that names one: `pt-BR` is Brazil's, `fr` nobody's."""
    for locale in locales:
        region = (locale or "").partition("-")[2]
        if locale != _NOBODY_CHOSE and is_region(region):
            return region
    return None


def pages_of_regions(regions: Iterable[str]) -> Sequence[Sequence[str]]:
    """What there is to choose from, page by page: first where most people are, then everything by name."""
    by_name = sorted(set(regions), key=lambda region: plain(region_name(region)))
    first = [region for region in by_name if region in _FIRST]
    if len(by_name) <= A_PAGE:
        return [by_name]
    rest = [by_name[start : start + A_PAGE] for start in range(0, len(by_name), A_PAGE)]
    return [first, *rest] if first else rest
