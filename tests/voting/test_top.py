"""/montage top, as people use it."""

import re

from bot.ui.text import montage_label
from tests.club import Club, answered, button, buttons, components, label, montage_id, newest, options, text


async def _vote(club: Club, montage: str, *names: str, against: bool = False) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage=montage)
    for name in names:
        person = club.member(name)
        await person.click(answered(card), custom_id=button(card, "Cold" if against else "Fired up"))


async def test_before_any_vote_it_is_the_editors_order_and_says_so(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top")
    assert "editors' order" in text(top)
    assert "\n**Rocky IV (1985)** Farm" in text(top) and "**1.**" not in text(top), "no votes, no ranks"
    assert list(options(top).values()) == [m.id for m in club.bot.catalogue.shipped[:10]]


async def test_votes_decide_and_are_shown(club: Club) -> None:
    await _vote(club, "mulan-1998", "a", "b", "c")
    await _vote(club, "rudy-1993", "d", against=True)
    top = await club.ana.slash(club.channel, "montage top")
    assert "**1.** **Mulan (1998)**" in text(top)
    assert "🔥 3 · 🧊 0 · new" in text(top)
    assert "**2.** **Rudy (1993)**" in text(top), "what nobody has judged takes no place from it"


async def test_what_has_no_votes_follows_a_line_and_has_no_rank(club: Club) -> None:
    await _vote(club, "mulan-1998", "a")
    first = await club.ana.slash(club.channel, "montage top")
    ranked, _, unranked = text(first).partition("-# No votes yet; in the editors' order:")
    assert "**1.** **Mulan (1998)**" in ranked and "**2.**" not in text(first)
    assert unranked.startswith("\n**Rocky IV (1985)**") and "Mulan" not in unranked
    labels = [montage_label(m) for m in club.bot.catalogue.shipped if m.id != "mulan-1998"]
    assert list(options(first))[1:] == labels[:9]
    second = await club.ben.click(answered(first), custom_id=button(first, "Next"))
    assert text(second).count("-# No votes yet; in the editors' order:") == 1
    assert list(options(second)) == labels[9:19] and not re.search(r"\*\*\d+\.", text(second))


async def test_buttons_on_the_list_change_days_and_people_in_the_same_message(club: Club) -> None:
    await _vote(club, "rudy-1993", "a", "b")
    club.env.backend.advance_clock(10 * 24 * 3600)
    await _vote(club, "mulan-1998", "c")
    top = await club.ana.slash(club.channel, "montage top")
    assert {"7 days", "30 days", "Everywhere", "Editors"} <= buttons(top).keys()
    assert not {"All time", "Here"} & buttons(top).keys(), "where one is already"
    week = await club.ben.click(answered(top), custom_id=button(top, "7 days"))
    assert answered(week).id == answered(top).id and "votes of the last 7 days" in text(week)
    assert "**1.** **Mulan (1998)**" in text(week) and "**2.**" not in text(week)
    everywhere = await club.ana.click(answered(week), custom_id=button(week, "Everywhere"))
    assert "in the last 7 days" in text(everywhere) and "7 days" not in buttons(everywhere)
    editors = await club.ana.click(answered(top), custom_id=button(everywhere, "Editors"))
    assert "say the editors" in text(editors) and "7 days" not in buttons(editors)
    back = await club.ana.click(answered(top), custom_id=button(editors, "Here"))
    assert text(back).startswith("## The best montages, says this server\n")


async def test_marks_are_explained_where_they_stand(club: Club) -> None:
    await _vote(club, "rudy-1993", "a")
    await _vote(club, "mulan-1998", *"bcdef")
    first = await club.ana.slash(club.channel, "montage top")
    assert "🔥 1 · 🧊 0 · new" in text(first) and "“new”: fewer than 5 votes" in text(first)
    second = await club.ben.click(answered(first), custom_id=button(first, "Next"))
    assert "new" not in text(second)
    await _vote(club, "rudy-1993", *"hijk")
    assert "new" not in text(await club.ana.slash(club.channel, "montage top"))


async def test_pages_keep_their_place_and_a_row_opens_as_a_card(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top")
    pages = -(-len(club.bot.catalogue.shipped) // 10)
    assert label(top, "1 of") == f"1 of {pages}"
    second = await club.ben.click(answered(top), custom_id=button(top, "Next"))
    assert label(second, "2 of") == f"2 of {pages}"
    await club.restart()
    third = await club.ben.click(newest(club.channel), custom_id=button(second, "Next"))
    assert label(third, "3 of") == f"3 of {pages}"
    select = next(c["custom_id"] for c in components(third) if c.get("options"))
    wanted = next(iter(options(third).values()))
    opened = await club.ben.select(newest(club.channel), [wanted], custom_id=select)
    card = opened.followups[0] if opened.followups else answered(opened)
    assert montage_id(card) == wanted and card.ephemeral


async def test_filters_narrow_the_ranking(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top", discipline="chess")
    assert "-# chess" in text(top)
    shipped = {montage.id: montage for montage in club.bot.catalogue.shipped}
    assert {shipped[montage].discipline for montage in options(top).values()} == {"chess"}


async def test_filters_that_leave_no_votes_do_not_say_that_nobody_votes(club: Club) -> None:
    await _vote(club, "rudy-1993", "a")
    top = await club.ana.slash(club.channel, "montage top", discipline="chess")
    assert "Nobody has voted on any of these yet" in text(top)


async def test_a_window_counts_the_votes_of_its_days(club: Club) -> None:
    await _vote(club, "rudy-1993", "a", "b")
    club.env.backend.advance_clock(10 * 24 * 3600)
    await _vote(club, "mulan-1998", "c")
    week = await club.ana.slash(club.channel, "montage top", period="7 days")
    assert "votes of the last 7 days" in text(week)
    assert "**1.** **Mulan (1998)**" in text(week)
    assert "🔥 2" not in text(week)
    month = await club.ana.slash(club.channel, "montage top", period="30 days")
    assert "**1.** **Rudy (1993)**" in text(month) and "**2.** **Mulan (1998)**" in text(month)


async def test_arrows_tell_what_moved_since_last_week(club: Club) -> None:
    await _vote(club, "rudy-1993", "a", "b")
    await _vote(club, "mulan-1998", "c")
    club.env.backend.advance_clock(8 * 24 * 3600)
    assert "▲" not in text(await club.ana.slash(club.channel, "montage top"))
    await _vote(club, "mulan-1998", "d", "e")
    top = text(await club.ana.slash(club.channel, "montage top"))
    assert "🔥 3 · 🧊 0 · new · ▲ 1" in top and "🔥 2 · 🧊 0 · new · ▼ 1" in top
    assert "since last week" in top
    second = await club.ana.click(newest(club.channel), custom_id=button(newest(club.channel), "Next"))
    assert "▲" not in text(second)


async def test_the_editors_list_needs_no_votes(club: Club) -> None:
    await _vote(club, "mulan-1998", "a")
    top = await club.ana.slash(club.channel, "montage top", whose="editors")
    assert list(options(top).values()) == [m.id for m in club.bot.catalogue.shipped[:10]]
    assert "🔥" not in text(top) and "**1.** **Rocky IV (1985)**" in text(top)
    chess = await club.ana.slash(club.channel, "montage top", whose="editors", discipline="chess")
    wanted = [m.id for m in club.bot.catalogue.shipped if m.discipline == "chess"]
    assert list(options(chess).values()) == wanted[:10]


async def test_scope_window_and_filters_stay_when_the_page_is_turned(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="rocky-iv-1985")
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    top = await club.ana.slash(
        club.channel, "montage top", whose="everywhere", period="30 days", medium="film", mood="defiant"
    )
    first = options(top)
    await club.restart()
    second = await club.ben.click(newest(club.channel), custom_id=button(top, "Next"))
    assert "-# defiant · film" in text(second) and "in the last 30 days" in text(second)
    assert not options(second).keys() & first.keys()
