"""Lists that come in and go out, as a manager does it."""

import asyncio
from typing import Any

import discord
import pytest
import simcord

from bot.clock import DAY
from bot.database import Database
from bot.errors import UserError
from bot.guilds import GuildSettings
from bot.suggestions.bulk.commands import read_bring
from bot.suggestions.bulk.posting import PACE
from bot.suggestions.bulk.reading import BYTES_AT_MOST
from bot.suggestions.bulk.sifting import Understood
from bot.suggestions.bulk.store import ImportStore
from bot.suggestions.entry import Entry
from tests.club import Club, answered, buttons, message_of, text
from tests.suggestions.people import change, kept, posted_card, press, shown, vote

LIST = (
    "film;year;scene;who\r\n"
    "Biscuit Heist;1999;Cracking a tin in the dark;<@{ana}>\r\n"
    "Tea Ceremony;2003;Pouring with both hands;ana\r\n"
    "Rokcy;1976;Running up the steps;\r\n"
    "Metropolis;nineteen;The machine;\r\n"
)


async def bring(club: Club, content: bytes, *, become: str = "open for votes", name: str = "list.csv") -> Any:
    return await club.mia.slash(club.channel, "suggestions import", **{"file": (name, content), "as": become})


async def files_of(club: Club, result: simcord.InteractionResult) -> list[bytes]:
    message = answered(result)
    urls = [a["url"] if isinstance(a, dict) else a.url for a in message.attachments]
    return [club.env.backend.cdn.get(url) or b"" for url in urls]


def cards(club: Club) -> list[discord.Message]:
    return [m for m in club.channel.history() if "Suggestion " in text(m)]


async def test_it_shows_what_it_understood_then_asks_then_does(club: Club) -> None:
    asked = await bring(club, LIST.format(ana=club.ana.id).encode())
    said = text(asked)
    assert answered(asked).ephemeral
    assert "**2** new · **1** much like something known · **1** left out" in said
    assert f"row 2: **Biscuit Heist (1999)** Cracking a tin in the dark, from <@{club.ana.id}>" in said
    assert "row 4: **Rokcy (1976)** is near Rocky (1976)" in said
    assert "row 5: **Metropolis**, “Year” should be four digits" in said
    assert "only a name in 1 row" in said
    assert not await club.bot.services.suggestions.in_states(club.guild_id)
    done = await press(club.mia, asked, "Bring in the 2 new")
    assert "**2 montages** put to the vote" in text(done)
    await club.env.advance_time(3 * PACE)
    first, second = await kept(club, 1), await kept(club, 2)
    assert (first.author_id, second.author_id) == (club.ana.id, None)
    assert f"from <@{club.ana.id}>" in text(posted_card(club, first))
    assert "from a list that the moderators brought" in text(posted_card(club, second))


async def test_another_list_takes_the_place_of_the_first(club: Club) -> None:
    first = await bring(club, b"Tron,1982,On the grid")
    await bring(club, b"Tron,1982,On the grid")
    late = await press(club.mia, first, "Bring in")
    assert "not here any more" in text(shown(late))
    assert not await club.bot.services.suggestions.in_states(club.guild_id)


async def test_they_are_suggestions_like_any_other(club: Club) -> None:
    await change(club, margin=2, voting_days=3)
    await press(club.mia, await bring(club, LIST.format(ana=club.ana.id).encode()), "Bring in the 2 new")
    await club.env.advance_time(3 * PACE)
    card = posted_card(club, await kept(club, 1))
    assert "The last bell rings" in text(card)
    assert "It's yours" in text(shown(await vote(club.ana, card)))
    await vote(club.ben, card)
    decided = await vote(club.mia, card)
    assert "accepted by the vote" in text(decided)
    taken = await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    assert "Taken back" in text(taken)
    usage = await club.bot.services.suggestions.usage(club.guild_id, club.ana.id)
    assert (usage.undecided, usage.last_at) == (0, None), "a list uses up nobody's limits"


async def test_accepted_ones_join_the_catalogue_and_can_be_undone(club: Club) -> None:
    asked = await bring(club, LIST.format(ana=club.ana.id).encode(), become="accepted")
    done = await press(club.mia, asked, "Bring in all 3")
    assert "**3 montages** joined" in text(done)
    before = len(cards(club))
    await club.env.advance_time(60)
    assert len(cards(club)) == before == 0, "five hundred announcements would be no fun"
    found = await club.ben.slash(club.channel, "montage show", montage="tea ceremony")
    assert "Tea Ceremony (2003)" in text(found) and "Pouring with both hands" in text(found)
    await club.restart()
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="2")
    assert "accepted by <@" in text(panel) and "a list that a manager brought" in text(panel)
    await press(club.mia, panel, "Undo")
    assert (await kept(club, 2)).state == "open"
    await club.env.advance_time(PACE)
    assert (await kept(club, 2)).message_id is not None


async def test_a_list_of_one_is_spoken_of_as_one(club: Club) -> None:
    asked = await bring(club, b"film,year,scene\nTron,1982,On the grid", become="accepted")
    done = await press(club.mia, asked, "Bring in the new one")
    assert "**One montage** joined" in text(done) and "may draw it" in text(done)
    near = await bring(club, b"film,year,scene\nRokcy,1976,Running up the steps")
    done = await press(club.mia, near, "Bring it in")
    assert "**One montage** put to the vote. Its card" in text(done)


async def test_cards_come_one_after_the_other_and_go_on_after_a_restart(club: Club) -> None:
    lines = "\n".join(f"Film number {n},{1950 + n},The hero lifts a {n}" for n in range(8))
    asked = await bring(club, lines.encode())
    await press(club.mia, asked, "Bring in")
    assert len(cards(club)) <= 1
    await club.env.advance_time(2 * PACE)
    some = len(cards(club))
    assert 1 <= some <= 3
    await club.restart()
    await club.env.advance_time(10 * PACE)
    suggestions = await club.bot.services.suggestions.in_states(club.guild_id, "open")
    assert {s.message_id for s in suggestions} == {m.id for m in cards(club)}
    assert len(cards(club)) == len(suggestions) > some


async def test_a_channel_that_refuses_stops_them_once_and_another_lets_them_go_on(club: Club) -> None:
    assert club.bot.user is not None
    office = club.guild.create_text_channel("office")
    silent = club.guild.create_text_channel(
        "silent", overwrites={club.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )
    await change(club, suggestion_channel_id=silent.id, moderator_channel_id=office.id)
    lines = "\n".join(f"Film number {n},{1950 + 7 * n},The hero lifts a {n}" for n in range(4))
    asked = await club.mia.slash(
        club.channel, "suggestions import", **{"file": ("l.csv", lines.encode()), "as": "open for votes"}
    )
    await press(club.mia, asked, "Bring in")
    await club.env.advance_time(10 * PACE)
    told = [m for m in office.history() if "your list have stopped" in text(m)]
    assert len(told) == 1
    await change(club, suggestion_channel_id=club.channel.id)
    await club.env.advance_time(10 * PACE)
    assert all(s.message_id and not s.trouble for s in await club.bot.services.suggestions.in_states(club.guild_id))


async def test_never_mind_forgets_it(club: Club) -> None:
    asked = await bring(club, LIST.format(ana=1).encode())
    gone = await press(club.mia, asked, "Never mind")
    assert "Nothing came in" in text(gone) and not buttons(gone)
    assert await club.bot.database.read("SELECT * FROM import_row") == []


async def test_only_managers_bring_and_take(club: Club) -> None:
    for command, options in (
        ("suggestions import", {"file": ("l.csv", b"Tron,1982,On the grid"), "as": "accepted"}),
        ("suggestions export", {}),
    ):
        refused = await club.ana.slash(club.channel, command, **options)
        assert "people who manage this server" in text(refused)
    asked = await bring(club, b"Tron,1982,On the grid")
    club.env.backend.guilds[club.guild_id].members[club.mia.id].role_ids.clear()
    refused = await press(club.mia, asked, "Bring in")
    assert "people who manage this server" in text(shown(refused))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 a workbook", "That is a zip"),
        (b"\x89PNG\r\n\x1a\n picture", "no list, whatever its name says"),
        (b"", "nothing in that file"),
        (b"x" * (BYTES_AT_MOST + 1), "That file weighs 2.0 MB"),
    ],
)
async def test_files_that_are_no_list(club: Club, content: bytes, said: str) -> None:
    refused = await bring(club, content)
    assert said in text(refused) and answered(refused).ephemeral


async def test_a_file_that_is_gone_when_it_is_read(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(club.env.backend.cdn, "get", lambda url: None)
    refused = await bring(club, b"Tron,1982,On the grid")
    assert "That file is gone" in text(refused)


async def test_more_than_the_card_holds_is_in_a_file(club: Club) -> None:
    lines = "\n".join(f"Film {n} of the north,{1950 + n},The hero lifts {n}" for n in range(30)) + "\nbroken,1,x"
    asked = await bring(club, lines.encode())
    assert "in the file below" in text(asked)
    (report,) = await files_of(club, asked)
    assert "LEFT OUT (1)" in report.decode() and "row 31: broken" in report.decode()


async def test_what_goes_out_comes_in_again_unchanged(club: Club) -> None:
    nasty = [
        ("=HYPERLINK(1)", "1999", "-2+3 rounds", '@everybody runs; "quoted", and more', "tab-dancing"),
        ("Élan «vital»", "2001", "+1 on the steps", "", "boxing"),
    ]
    lines = ["film,year,scene,why,discipline"]
    lines += [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in nasty]
    await press(club.mia, await bring(club, "\n".join(lines).encode()), "Bring in")
    (content,) = await files_of(club, await club.mia.slash(club.channel, "suggestions export"))
    assert content.startswith(b"\xef\xbb\xbffilm,year,scene,who,why,discipline,link\r\n")
    assert not any(cell.startswith(b"=") for line in content.splitlines() for cell in line.split(b","))
    before = [s.entry for s in await club.bot.services.suggestions.in_states(club.guild_id)]
    elsewhere = club.env.create_guild("Elsewhere")
    hall = elsewhere.create_text_channel("hall")
    boss = elsewhere.add_member(
        club.env.create_user("boss"),
        roles=[elsewhere.create_role(name="B", permissions=discord.Permissions(manage_guild=True))],
    )
    asked = await boss.slash(hall, "suggestions import", **{"file": ("l.csv", content), "as": "accepted"})
    await boss.click(message_of(asked), custom_id=next(i for i in buttons(asked).values() if "bring" in i))
    assert [s.entry for s in await club.bot.services.suggestions.in_states(elsewhere.id)] == before


async def test_nobody_is_named_who_asked_not_to_be(club: Club) -> None:
    await change(club, anonymous=True)
    await press(club.mia, await bring(club, LIST.format(ana=club.ana.id).encode()), "Bring in the 2 new")
    (content,) = await files_of(club, await club.mia.slash(club.channel, "suggestions export", which="open"))
    assert str(club.ana.id).encode() not in content
    refused = await club.mia.slash(club.channel, "suggestions export", which="declined")
    assert "nothing to pack" in text(refused)


def test_a_button_that_was_made_up_is_refused() -> None:
    assert read_bring("3.open.0") == (3, "open", False) and read_bring("3.accepted.1") == (3, "accepted", True)
    for argument in ("", "x", "1", "1.", "1.open", "1.open.2", "1.declined.0", "1.open.0.0", f"{10**30}.open.0"):
        with pytest.raises(UserError, match="from another time"):
            read_bring(argument)


# --- in the database ---


async def test_however_often_yes_is_said_at_once_it_comes_in_once(database: Database) -> None:
    store = ImportStore(database)
    rows = [Understood(n, Entry(f"Film {n}", 1999, "Scene", "", "training"), None) for n in range(1, 501)]
    number = await store.keep(1, 7, rows, 10 * DAY)
    taken = await asyncio.gather(
        *(
            store.take(
                1, 7, number, 10 * DAY, becoming="accepted", near_too=True, channel_id=5, settings=GuildSettings()
            )
            for _ in range(4)
        )
    )
    assert sorted(len(one) for one in taken if one is not None) == [500]
    ((events,),) = await database.read("SELECT count(*) FROM suggestion_event WHERE told = 1")
    assert events == 500
    assert await database.read("SELECT * FROM import_row") == []


async def test_it_is_the_list_of_whoever_brought_it_and_is_kept_for_a_day(database: Database) -> None:
    store = ImportStore(database)
    rows = [Understood(1, Entry("Tron", 1982, "On the grid", "", "training"), None)]
    number = await store.keep(1, 7, rows, 10 * DAY)
    for guild_id, user_id in ((1, 8), (2, 7)):
        taken = await store.take(
            guild_id,
            user_id,
            number,
            10 * DAY,
            becoming="open",
            near_too=True,
            channel_id=5,
            settings=GuildSettings(),
        )
        assert taken is None
    await store.tidy(10 * DAY)
    assert len(await database.read("SELECT * FROM import_row")) == 1
    await store.tidy(10 * DAY + 1)
    assert await database.read("SELECT * FROM import_row") == []
