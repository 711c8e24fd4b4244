"""Discord's published description against everything the bot can send.

Every test that uses the `club` fixture holds its requests against it too; here is what no test happens to send.
"""

from typing import Any

import discord
import pytest

from bot.app import create_bot
from bot.catalogue import Catalogue
from bot.films import FilmLinks
from bot.montages import montage_card
from bot.montages.random import AgainButton
from bot.settings import Settings
from bot.ui.prebuilt import component_payloads
from bot.voting import Tally
from tests.contract import COMPONENTS_V2, DESCRIPTION, violations

described = pytest.mark.skipif(
    DESCRIPTION is None, reason="no description of Discord's API: name its file in DISCORD_OPENAPI"
)
CALLBACK = "/interactions/1/token/callback"


def answer(view: discord.ui.LayoutView) -> dict[str, Any]:
    return {"type": 4, "data": {"components": component_payloads(view), "flags": COMPONENTS_V2}}


@described
async def test_every_montage_fits_on_a_card(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        for film in (None, FilmLinks("https://image.tmdb.org/t/p/w185/x.jpg", "https://www.youtube.com/watch?v=x")):
            card = montage_card(montage, Tally(1_234_567, 1_234_567), AgainButton(""), film=film)
            assert violations("POST", CALLBACK, answer(card)) == [], montage.id


@described
async def test_the_commands_are_ones_that_discord_takes(tmp_path: Any) -> None:
    bot = create_bot(Settings(database=tmp_path / "none.db"))
    payload = [command.to_dict(bot.tree) for command in bot.tree.get_commands()]
    assert violations("PUT", "/applications/1/commands", payload) == []


@described
@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ({"components": [{"type": 10, "content": "x" * 4001}]}, "4,000 characters"),
        ({"components": [{"type": 10, "content": "x"}] * 41}, "41 components"),
        (
            {"components": [{"type": 10, "content": "x"}], "flags": COMPONENTS_V2, "content": "x"},
            "beside Components V2",
        ),
        (
            {
                "components": [
                    {"type": 1, "components": [{"type": 2, "style": 2, "label": "a", "custom_id": "a"}] * 2}
                ]
            },
            "given twice",
        ),
        ({"components": [{"type": 2, "style": 99}]}, "components"),
    ],
)
def test_the_check_itself_finds_what_discord_refuses(broken: dict[str, Any], expected: str) -> None:
    found = violations("POST", CALLBACK, {"type": 4, "data": broken})
    assert any(expected in problem for problem in found), found


@described
def test_the_check_finds_a_description_that_is_too_long() -> None:
    command = {"name": "long", "type": 1, "description": "x" * 101}
    assert violations("PUT", "/applications/1/commands", [command])
