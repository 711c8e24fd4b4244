"""A member's own list: saved from any card, seen, listed, taken off, asked for, exported and forgotten."""

import json

import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Montage
from bot.database import Database
from bot.errors import UserError
from bot.shelf import narrowed
from bot.shelf.store import ENTRIES_AT_MOST, ShelfEntry, ShelfStore
from tests.club import (
    Club,
    answered,
    body,
    button,
    buttons,
    components,
    label,
    montage_id,
    options,
    shipped_montages,
    text,
)

ANA = 7


async def save(club: Club, who: simcord.MemberActor, words: str) -> simcord.InteractionResult:
    """Ask for a card and press Save."""
    card = await who.slash(club.channel, "montage show", montage=words)
    return await who.click(answered(card), custom_id=button(card, "Save"))


def some(count: int) -> list[Montage]:
    return list(shipped_montages()[:count])


# --- what is kept ---


async def test_a_montage_is_saved_seen_or_both_and_gone_when_it_is_neither(database: Database) -> None:
    shelf = ShelfStore(database)
    assert await shelf.mark(ANA, "rocky", 0, "saved", 5) == ShelfEntry("rocky", 5, None)
    assert await shelf.mark(ANA, "rocky", 0, "saved", 9) == ShelfEntry("rocky", 5, None), (
        "it is saved since the first time"
    )
    assert await shelf.mark(ANA, "rocky", 0, "seen", 9) == ShelfEntry("rocky", 5, 9)
    assert await shelf.unmark(ANA, "rocky", "saved") == ShelfEntry("rocky", None, 9)
    assert await shelf.of_person(ANA) == [ShelfEntry("rocky", None, 9)]
    assert await shelf.unmark(ANA, "rocky", "seen") == ShelfEntry("rocky")
    assert await shelf.unmark(ANA, "rocky", "seen") == ShelfEntry("rocky")
    assert await database.read("SELECT * FROM shelf") == []


async def test_a_list_has_an_end_and_what_is_on_it_can_still_change(database: Database) -> None:
    shelf = ShelfStore(database)
    async with database.transaction() as transaction:
        for number in range(ENTRIES_AT_MOST):
            await transaction.run(
                "INSERT INTO shelf (user_id, montage_id, guild_id, saved_at) VALUES (:user, :montage, 0, 1)",
                user=ANA,
                montage=f"m{number}",
            )
    with pytest.raises(UserError, match="holds 1,000"):
        await shelf.mark(ANA, "one-more", 0, "saved", 2)
    assert (await shelf.mark(ANA, "m5", 0, "seen", 2)).seen_at == 2
    assert (await shelf.mark(8, "one-more", 0, "saved", 2)).saved_at == 2, "another's list is another's"
    await shelf.unmark(ANA, "m7", "saved")
    assert (await shelf.mark(ANA, "one-more", 0, "saved", 2)).saved_at == 2


marks = st.lists(st.tuples(st.integers(0, 19), st.booleans(), st.booleans()), unique_by=lambda mark: mark[0])


@given(marks=marks, shown=st.integers(1, 20))
def test_only_what_is_asked_for_is_left(marks: list[tuple[int, bool, bool]], shown: int) -> None:
    montages = some(20)
    shelf = [ShelfEntry(montages[n].id, 1 if saved else None, 2 if seen else None) for n, saved, seen in marks]
    visible = montages[:shown]
    saved = [m for m in visible if any(e.montage_id == m.id and e.saved_at for e in shelf)]
    unseen = [m for m in visible if not any(e.montage_id == m.id and e.seen_at for e in shelf)]
    for only, left in (("saved", saved), ("unseen", unseen)):
        if left:
            assert narrowed(only, visible, shelf) == left  # type: ignore[arg-type]
        else:
            with pytest.raises(UserError):
                narrowed(only, visible, shelf)  # type: ignore[arg-type]


# --- what people see ---


async def test_saving_is_private_and_can_be_taken_back(club: Club) -> None:
    done = await save(club, club.ana, "rocky iv")
    assert done.ephemeral
    assert "**Rocky IV (1985)** is on your list." in text(done)
    again = await save(club, club.ana, "rocky iv")
    assert "is on your list." in text(again)
    seen = await club.ana.click(answered(done), custom_id=button(done, "Seen it"))
    assert "is on your list, and you have seen it." in text(seen)
    off = await club.ana.click(answered(seen), custom_id=button(seen, "Take it off"))
    assert "is marked as seen." in text(off)
    gone = await club.ana.click(answered(off), custom_id=button(off, "Not seen after all"))
    assert "is not on your list any more." in text(gone)
    assert await club.bot.database.read("SELECT * FROM shelf") == []


async def test_every_card_of_a_montage_can_be_saved_from_and_still_voted_on(club: Club) -> None:
    await club.mia.slash(club.channel, "daily start", channel=club.channel, time="13:05", timezone="UTC")
    club.env.backend.advance_clock(3600 + 400)
    await club.env.advance_time(70)
    post = club.channel.last_message
    assert post is not None
    random, today = [await club.ana.slash(club.channel, f"montage {name}") for name in ("random", "today")]
    if montage_id(random) == montage_id(today):  # by chance; it does not come twice
        random = await club.ana.slash(club.channel, "montage random")
    for who, card, message, votes in (
        (club.ben, random, answered(random), 1),
        (club.ben, today, answered(today), 1),
        (club.mia, post, post, 2),
    ):
        assert (await who.click(message, custom_id=button(card, "Save"))).ephemeral
        voted = await who.click(message, custom_id=button(card, "Fired up"))
        assert label(voted, "Fired up") == f"Fired up · {votes}"
        assert "Save" in buttons(voted)


async def test_the_list_has_pages_and_everything_can_be_opened_and_taken_off(club: Club) -> None:
    empty = await club.ana.slash(club.channel, "montage saved")
    assert empty.ephemeral and "Nothing is saved yet" in text(empty)
    for number, montage in enumerate(some(12)):
        await club.bot.services.shelf.mark(club.ana.id, montage.id, 0, "saved", number)
    page = await club.ana.slash(club.channel, "montage saved")
    assert "1 of 2" in [c.get("label") for c in components(page)]
    assert text(page).index(some(12)[11].scene[:10]) < text(page).index(some(12)[4].scene[:10]), "the latest first"
    page = await club.ana.click(answered(page), custom_id=button(page, "Next"))
    assert len(set(options(page).values())) == 2
    page = await club.ana.select(answered(page), [some(1)[0].id], custom_id="shelf:off:saved:1")
    assert set(options(page).values()) == {some(2)[1].id}
    opened = await club.ana.select(answered(page), [some(2)[1].id], custom_id="open:shelf")
    assert opened.ephemeral and montage_id(opened) == some(2)[1].id
    page = await club.ana.select(answered(page), [some(2)[1].id], custom_id="shelf:off:saved:1")
    assert len(set(options(page).values())) == 10, "the page that is empty now gives way to the one before"
    seen = await club.ana.click(answered(page), custom_id=button(page, "Seen · 0"))
    assert "none as seen yet" in text(seen)
    assert "Saved · 10" in buttons(seen)


async def test_it_goes_everywhere_with_its_owner_and_nobody_else_sees_it(club: Club) -> None:
    await save(club, club.ana, "rocky iv")
    assert "Rocky IV" in text(await club.ana.user.slash("montage saved"))
    assert "Nothing is saved yet" in text(await club.ben.slash(club.channel, "montage saved"))


async def test_a_server_s_own_montage_is_shown_there_only(club: Club) -> None:
    own = Montage(
        id="s5", film="Strictly Footwork", year=1999, scene="Kitchen floor", blurb="They dance.", discipline="dance"
    )
    club.bot.catalogue.put(club.guild_id, own)
    await save(club, club.ana, "strictly footwork")
    assert "Strictly Footwork" in text(await club.ana.slash(club.channel, "montage saved"))
    elsewhere = text(await club.ana.user.slash("montage saved"))
    assert "Strictly Footwork" not in elsewhere and "1 montage can't be shown here" in elsewhere
    refused = await club.ana.user.slash("montage random", only="what I saved")
    assert "can't be shown here" in text(refused)
    await club.bot.services.privacy.erase_server(club.guild_id)
    assert await club.bot.database.read("SELECT * FROM shelf") == []


async def test_what_is_gone_from_the_catalogue_can_t_be_saved_any_more(club: Club) -> None:
    own = Montage(id="s5", film="Strictly Footwork", year=1999, scene="Floor", blurb="They.", discipline="dance")
    club.bot.catalogue.put(club.guild_id, own)
    card = await club.ana.slash(club.channel, "montage show", montage="strictly footwork")
    club.bot.catalogue.remove(club.guild_id, "s5")
    refused = await club.ana.click(answered(card), custom_id=button(card, "Save"))
    assert "not in the catalogue here any more" in text(refused)


# --- asking for it ---


async def test_random_of_what_i_saved_is_private_and_goes_round(club: Club) -> None:
    refused = await club.ana.slash(club.channel, "montage random", only="what I saved")
    assert "Nothing is saved on your list yet" in text(refused)
    mine = {montage.id for montage in some(3)}
    for identity in mine:
        await club.bot.services.shelf.mark(club.ana.id, identity, 0, "saved", 1)
    card = await club.ana.slash(club.channel, "montage random", only="what I saved")
    assert card.ephemeral
    seen = [montage_id(card)]
    for _ in range(2):
        card = await club.ana.click(answered(card), custom_id=button(card, "Another one"))
        assert card.ephemeral
        seen.append(montage_id(card))
    assert set(seen) == mine
    shown = await club.bot.database.read("SELECT DISTINCT scope_id FROM showing")
    assert [row[0] for row in shown] in ([], [club.ana.id]), "the server's own round does not know of it"


async def test_random_of_what_i_have_not_seen_marks_on_the_card(club: Club) -> None:
    last = shipped_montages()[-1]
    for montage in shipped_montages()[:-1]:
        await club.bot.services.shelf.mark(club.ana.id, montage.id, 0, "seen", 1)
    card = await club.ana.slash(club.channel, "montage random", only="what I have not seen")
    assert montage_id(card) == last.id
    marked = await club.ana.click(answered(card), custom_id=button(card, "Seen it"))
    assert montage_id(marked) == last.id and "Not seen after all" in buttons(marked), "the card stays as it is"
    none = await club.ana.click(answered(marked), custom_id=button(marked, "Another one"))
    assert "seen every single one" in text(none)
    back = await club.ana.click(answered(marked), custom_id=button(marked, "Not seen after all"))
    assert "Seen it" in buttons(back)


async def test_filters_and_my_list_together_say_what_to_drop(club: Club) -> None:
    boxing = next(m for m in shipped_montages() if m.discipline == "boxing")
    await club.bot.services.shelf.mark(club.ana.id, boxing.id, 0, "saved", 1)
    card = await club.ana.slash(club.channel, "montage random", only="what I saved", discipline="boxing")
    assert montage_id(card) == boxing.id
    none = await club.ana.slash(club.channel, "montage random", only="what I saved", discipline="running")
    assert text(none).startswith("Nothing that you saved is **running**. Let go")
    assert montage_id(card) not in text(none) and none.ephemeral


async def test_for_me_of_what_i_saved_keeps_to_it_on_every_page(club: Club) -> None:
    # Of eight disciplines, for a page holds two of each at most.
    mine = list({montage.discipline: montage for montage in shipped_montages()}.values())[:8]
    for montage in mine:
        await club.bot.services.shelf.mark(club.ana.id, montage.id, 0, "saved", 1)
    shown = await club.ana.slash(club.channel, "montage for-me", only="what I saved")
    asked = {c["custom_id"].split(":")[1] for c in components(shown) if c.get("custom_id", "").startswith("taste:")}
    assert len(asked) == 5 and asked <= {m.id for m in mine}
    for montage_key in asked:
        shown = await club.ana.click(answered(shown), custom_id=f"taste:{montage_key}:up")
    assert set(options(shown).values()) == {m.id for m in mine} - asked, "the picks keep to the list, too"
    for montage_key in set(options(shown).values()):
        await club.ana.click(answered(shown), custom_id=f"vote:{montage_key}:down")
    none = await club.ana.slash(club.channel, "montage for-me", only="what I saved")
    assert "judged everything on your list" in text(none)
    for montage in mine:
        await club.bot.services.shelf.mark(club.ana.id, montage.id, 0, "seen", 1)
    unseen = await club.ana.slash(club.channel, "montage for-me", only="what I have not seen")
    assert options(unseen) and not set(options(unseen).values()) & {m.id for m in mine}


# --- export and erase ---


async def test_it_is_in_the_export_and_goes_with_an_erase(club: Club) -> None:
    await save(club, club.ana, "rocky iv")
    await save(club, club.ben, "rocky iv")
    export = await club.bot.services.privacy.records(club.ana.id)
    (row,) = export["montages on your list"]
    assert row["montage_id"] == "rocky-iv-1985" and row["saved_at"] and json.dumps(row)
    asked = await club.ana.slash(club.channel, "privacy erase")
    assert "1 montage on your list" in text(asked)
    await club.bot.services.privacy.erase_person(club.ana.id, suggestions_too=False)
    rows = await club.bot.database.read("SELECT user_id FROM shelf")
    assert [row[0] for row in rows] == [club.ben.id]


async def test_a_restart_changes_nothing(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="rocky iv")
    await club.restart()
    done = await club.ana.click(answered(card), custom_id=button(card, "Save"))
    assert done.ephemeral and "is on your list" in text(done)
    assert body(club.env.http_requests[-1])["data"]["flags"] & 64
