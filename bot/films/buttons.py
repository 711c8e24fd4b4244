"""The button "Where to watch", and the choice of a country in its answer. Only the person sees either answer."""

from collections.abc import Sequence

import discord

from bot.catalogue import Montage
from bot.client import Interaction
from bot.errors import UserError
from bot.films.cards import offers_card
from bot.films.regions import is_region, pages_of_regions, region_name, region_of
from bot.films.store import KnownOffers
from bot.languages import _
from bot.ui.answers import reply, update
from bot.ui.components import Button, Select, option
from bot.ui.context import guild_id_of
from bot.ui.persistent import PersistentItem, chosen
from bot.ui.text import number_in


class WatchButton(PersistentItem[Button], template=r"watch:(?P<montage>[a-z0-9-]{1,80})"):
    """Says where the film of a montage can be watched."""

    def __init__(self, montage: str) -> None:
        self.montage = montage
        super().__init__(Button(label=_("Where to watch"), emoji="📺", custom_id=f"watch:{montage}"))

    async def on_press(self, interaction: Interaction) -> None:
        montage, known = await _asked(interaction, self.montage)
        region = region_of(_text(interaction.locale), _text(interaction.guild_locale))
        await reply(interaction, _answer(interaction, montage, known, region), private=True)


class RegionSelect(
    PersistentItem[Select], template=r"region:(?P<montage>[a-z0-9-]{1,80}):(?P<region>[A-Z]{2})?:(?P<page>\d{1,2})"
):
    """Chooses the country, or another page of countries; `region` is the one that is shown."""

    def __init__(
        self, montage: str, region: str | None, page: str, options: list[discord.SelectOption] | None = None
    ) -> None:
        self.montage, self.region = montage, region
        super().__init__(
            Select(
                custom_id=f"region:{montage}:{region or ''}:{page}",
                options=options or [option("…", "…")],
                placeholder=_("Choose a country"),
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        montage, known = await _asked(interaction, self.montage)
        picked = chosen(interaction)
        region, page = (picked, None) if is_region(picked) else (self.region, number_in(picked))
        await update(interaction, _answer(interaction, montage, known, region, page))


async def _asked(interaction: Interaction, montage_id: str) -> tuple[Montage, KnownOffers]:
    """The montage that a button names, and where it can be watched. Raises UserError where nobody can say."""
    services, guild_id = interaction.client.services, guild_id_of(interaction)
    if services.films.client is None:
        raise UserError(_("I don't follow where films can be watched any more. The clip is still a search away."))
    montage = interaction.client.catalogue.get(guild_id, montage_id)
    if montage is None:
        raise UserError(_("That one is not shown here any more."))
    known = await services.films.offers(montage)
    if known is None:
        raise UserError(_("I can't find out at the moment. Do some push-ups and press it again in a few minutes."))
    return montage, known


def _answer(
    interaction: Interaction, montage: Montage, known: KnownOffers, region: str | None, page: int | None = None
) -> discord.ui.LayoutView:
    address = interaction.client.services.films.page(montage, region) if region else None
    if not known.offers:
        return offers_card(montage, known, region, address)
    return offers_card(montage, known, region, address, _select(montage.id, known, region, page))


def _select(montage_id: str, known: KnownOffers, region: str | None, page: int | None) -> RegionSelect:
    """The countries that something is known of. Without a page: the first, whatever stands on it."""
    pages = pages_of_regions(known.offers)
    number = max(0, min(page or 0, len(pages) - 1))
    options = [option(region_name(one), one, default=one == region) for one in pages[number]]
    if region is not None and region not in pages[number]:
        options.insert(0, option(region_name(region), region, default=True))
    if len(pages) > 1:
        back, on = (number - 1) % len(pages), (number + 1) % len(pages)
        options += [option(_page_label(pages, other), str(other)) for other in dict.fromkeys((on, back))]
    return RegionSelect(montage_id, region, str(number), options)


def _page_label(pages: Sequence[Sequence[str]], number: int) -> str:
    first, last = region_name(pages[number][0]), region_name(pages[number][-1])
    if number == 0:
        return _("Back to the first ones …")
    return _("More: {first} to {last} …", first=first, last=last)


def _text(locale: discord.Locale | None) -> str | None:
    return None if locale is None else str(locale)
