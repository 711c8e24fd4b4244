"""Counts on cards that were put together before anybody voted."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Montage
from bot.montages import montage_card
from bot.montages.random import AgainButton
from bot.ui.prebuilt import component_payloads
from bot.voting import Tally, with_tally
from tests.club import Club, answered, button, buttons, shipped_montages

counts = st.integers(0, 5_000_000)


@given(
    montage=st.sampled_from(shipped_montages()),
    tally=st.builds(Tally, counts, counts),
    filters=st.sampled_from(["", "9--e-|boxing"]),
)
def test_a_card_with_counts_filled_in_is_the_card_made_with_them(
    montage: Montage, tally: Tally, filters: str
) -> None:
    (uncounted,) = component_payloads(montage_card(montage, Tally(), AgainButton(filters)))
    before = deepcopy(uncounted)
    filled = with_tally(uncounted, montage.id, tally)
    assert [filled] == component_payloads(montage_card(montage, tally, AgainButton(filters)))
    assert uncounted == before


async def test_each_server_sees_its_own_counts_of_the_moment_on_a_random_card(club: Club) -> None:
    async def labels() -> list[str]:
        card = await club.ana.slash(club.channel, "montage random", discipline="bobsleigh")
        return list(buttons(card))[:2]

    assert await labels() == ["Fired up · 0", "Cold · 0"]
    card = await club.ana.slash(club.channel, "montage random", discipline="bobsleigh")
    await club.ben.click(answered(card), custom_id=button(card, "Fired up"))
    assert await labels() == ["Fired up · 1", "Cold · 0"]
    await club.ben.click(answered(card), custom_id=button(card, "Cold"))
    assert await labels() == ["Fired up · 0", "Cold · 1"]
