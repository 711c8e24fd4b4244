"""Pages that were drawn are shown again for as long as they are true."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.ui import registries
from bot.ui.lists import list_view
from bot.ui.prebuilt import component_payloads
from bot.ui.registries import Lists
from tests.club import Club, answered, label, text


class _Board:
    """A list drawn from one number; counts its drawings."""

    def __init__(self) -> None:
        self.number, self.drawn = 0, 0
        self.lists = Lists()
        self.lists.add("board", self.draw, self.source)

    async def source(self, interaction: Any, query: str) -> object:
        return self.number

    async def draw(self, interaction: Any, query: str, page: int) -> discord.ui.LayoutView:
        self.drawn += 1
        view = discord.ui.LayoutView()
        return view.add_item(discord.ui.TextDisplay(f"{self.number} {query} {page}"))

    async def page(self, server: int, query: str = "", page: int = 0) -> Any:
        asked: Any = SimpleNamespace(guild_id=server)
        view = await self.lists.page(asked, "board", query, page)
        return component_payloads(view)[0]["content"]


async def test_a_page_is_drawn_when_what_it_is_made_from_has_changed() -> None:
    board = _Board()
    assert [await board.page(1) for _ in range(3)] == ["0  0"] * 3
    assert board.drawn == 1
    board.number = 5
    assert await board.page(1) == "5  0"


async def test_servers_queries_and_pages_are_kept_apart() -> None:
    board = _Board()
    asked = [(server, query, page) for server in (1, 2) for query in ("a", "b") for page in (0, 1)]
    for _ in range(2):
        assert [await board.page(*what) for what in asked] == [f"0 {query} {page}" for _, query, page in asked]
    assert board.drawn == len(asked)


async def test_only_the_latest_pages_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registries, "_PAGES_KEPT", 4)
    board = _Board()
    for page in range(10):
        await board.page(1, "", page)
    assert len(board.lists._pages) == 4
    await board.page(1, "", 9)
    assert board.drawn == 10


async def test_the_ranking_shows_each_vote_at_once(club: Club) -> None:
    for number, person in enumerate((club.ana, club.ben, club.mia), 1):
        card = await club.ana.slash(club.channel, "montage show", montage="rocky-iv-1985")
        voted = await person.click(answered(card), custom_id="vote:rocky-iv-1985:up")
        assert label(voted, "Fired up") == f"Fired up · {number}"
        for _ in range(2):
            assert f"🔥 {number} · 🧊 0" in text(await club.ana.slash(club.channel, "montage top"))


async def test_the_longest_rows_fit_a_message() -> None:
    title, scene, record = "\\*" * 90, "\\*" * 70, "won and lost, " * 9
    rows = [f"**{number}.** **{title}** {scene}\n-# {record}" for number in range(10)]
    view = list_view("board", "", "## A heading", rows, [], 0, 3, "A footnote. " * 20)
    shown = [child.content for child in view.walk_children() if isinstance(child, discord.ui.TextDisplay)]
    assert sum(map(len, shown)) <= 4_000
    assert all(f"**{number}.** " in shown[1] for number in range(10))
