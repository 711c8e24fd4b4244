"""/montage top, as people use it."""

from tests.club import Club, button, components, label, montage_id, options, text


async def _vote(club: Club, montage: str, *names: str, against: bool = False) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage=montage)
    for name in names:
        person = club.member(name)
        await person.click(card.response, custom_id=button(card, "Not for me" if against else "Fired up"))


async def test_before_any_vote_it_is_the_editors_order_and_says_so(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top")
    assert "editors' order" in text(top)
    assert "**1.** **Rocky IV (1985)**" in text(top) and "**2.** **Creed (2015)**" in text(top)


async def test_votes_decide_and_are_shown(club: Club) -> None:
    await _vote(club, "mulan-1998", "a", "b", "c")
    await _vote(club, "rudy-1993", "d", against=True)
    top = await club.ana.slash(club.channel, "montage top")
    assert "**1.** **Mulan (1998)**" in text(top)
    assert "🔥 3 · 🧊 0 · new" in text(top)
    assert "Rudy" not in text(top)


async def test_pages_keep_their_place_and_a_row_opens_as_a_card(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top")
    pages = -(-len(club.bot.catalogue.shipped) // 10)
    assert label(top, "1 of") == f"1 of {pages}"
    second = await club.ben.click(top.response, custom_id=button(top, "Next"))
    assert label(second, "2 of") == f"2 of {pages}"
    assert "**11.**" in text(second)
    await club.restart()
    third = await club.ben.click(club.channel.last_message, custom_id=button(second, "Next"))
    assert label(third, "3 of") == f"3 of {pages}"
    select = next(c["custom_id"] for c in components(third) if c.get("options"))
    wanted = next(iter(options(third).values()))
    opened = await club.ben.select(club.channel.last_message, [wanted], custom_id=select)
    card = opened.followups[0] if opened.followups else opened.response
    assert montage_id(card) == wanted and card.ephemeral


async def test_filters_narrow_the_ranking(club: Club) -> None:
    top = await club.ana.slash(club.channel, "montage top", discipline="chess")
    assert "-# chess" in text(top)
    assert {club.bot.catalogue.get(club.place, i).discipline for i in options(top).values()} == {"chess"}  # type: ignore[union-attr]
