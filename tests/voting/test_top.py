"""/montage top, as people use it."""

from tests.club import Club, answered, button, components, label, montage_id, newest, options, text


async def _vote(club: Club, montage: str, *names: str, against: bool = False) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage=montage)
    for name in names:
        person = club.member(name)
        await person.click(answered(card), custom_id=button(card, "Cold" if against else "Fired up"))


async def test_before_any_vote_it_is_the_editors_order_and_says_so(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top")
    assert "editors' order" in text(top)
    assert "**1.** **Rocky IV (1985)**" in text(top) and "**2.** **Creed (2015)**" in text(top)
    assert "no votes yet" not in text(top), "the footnote says it for all ten"


async def test_votes_decide_and_are_shown(club: Club) -> None:
    await _vote(club, "mulan-1998", "a", "b", "c")
    await _vote(club, "rudy-1993", "d", against=True)
    top = await club.ana.slash(club.channel, "montage top")
    assert "**1.** **Mulan (1998)**" in text(top)
    assert "🔥 3 · 🧊 0 · new" in text(top)
    assert "Rudy" not in text(top)


async def test_marks_are_explained_where_they_stand(club: Club) -> None:
    await _vote(club, "rudy-1993", "a")
    await _vote(club, "mulan-1998", *"bcdef")
    first = await club.ana.slash(club.channel, "montage top")
    assert "🔥 1 · 🧊 0 · new" in text(first) and "“new”: fewer than 5 votes" in text(first)
    assert "no votes yet" in text(first)
    second = await club.ben.click(answered(first), custom_id=button(first, "Next"))
    assert "no votes yet" in text(second) and "new" not in text(second)
    await _vote(club, "rudy-1993", *"hijk")
    assert "new" not in text(await club.ana.slash(club.channel, "montage top"))


async def test_pages_keep_their_place_and_a_row_opens_as_a_card(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top")
    pages = -(-len(club.bot.catalogue.shipped) // 10)
    assert label(top, "1 of") == f"1 of {pages}"
    second = await club.ben.click(answered(top), custom_id=button(top, "Next"))
    assert label(second, "2 of") == f"2 of {pages}"
    assert "**11.**" in text(second)
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
    week = await club.ana.slash(club.channel, "montage top", window="7 days")
    assert "votes of the last 7 days" in text(week)
    assert "**1.** **Mulan (1998)**" in text(week)
    assert "🔥 2" not in text(week)
    month = await club.ana.slash(club.channel, "montage top", window="30 days")
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
    top = await club.ana.slash(club.channel, "montage top", scope="editors")
    ranked = sorted((m.editors_rank, m.id) for m in club.bot.catalogue.shipped if m.editors_rank)
    assert list(options(top).values()) == [identity for _, identity in ranked[:10]]
    assert "🔥" not in text(top)
    refused = await club.ana.slash(club.channel, "montage top", scope="editors", discipline="chess")
    assert "editors put nothing under" in text(refused) and answered(refused).ephemeral


async def test_scope_window_and_filters_stay_when_the_page_is_turned(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="rocky-iv-1985")
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    top = await club.ana.slash(
        club.channel, "montage top", scope="everywhere", window="30 days", medium="film", mood="defiant"
    )
    await club.restart()
    second = await club.ben.click(newest(club.channel), custom_id=button(top, "Next"))
    assert "-# defiant · film" in text(second) and "**11.**" in text(second)
    assert "says everybody, votes of the last 30 days" in text(second)
