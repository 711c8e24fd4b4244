"""/montage for-me, as people use it."""

import re
from dataclasses import replace

import simcord

from bot.catalogue import Montage
from bot.voting import Choice
from tests.club import Club, Shown, answered, button, buttons, components, label, montage_id, options, text


async def vote(club: Club, person: simcord.MemberActor, choice: Choice, *montages: str) -> None:
    store = club.bot.services.votes
    for montage in montages:
        await store.cast(club.guild_id, montage, person.id, choice, 1_790_000_000_000)


def of_discipline(club: Club, discipline: str) -> list[str]:
    return [m.id for m in club.bot.catalogue.shipped if m.discipline == discipline]


def shown(message: Shown) -> list[str]:
    """The ids behind a list's entries."""
    return list(options(message).values())


def questions(message: Shown) -> list[str]:
    """The ids of the montages that somebody is asked about."""
    return [c["custom_id"].split(":")[1] for c in components(message) if c.get("custom_id", "").endswith(":up")]


async def test_below_five_likes_it_says_so_and_asks_about_five(club: Club) -> None:
    await vote(club, club.ana, Choice.UP, "rudy-1993", "creed-2015")
    answer = await club.ana.slash(club.channel, "montage for-me")
    assert answered(answer).ephemeral
    assert "🔥🔥▫️▫️▫️ **2 of 5**" in text(answer)
    asked = questions(answer)
    assert len(set(asked)) == 5 and not {"rudy-1993", "creed-2015"} & {*asked}
    assert not shown(answer), "questions, and nothing else"
    others = await club.ana.click(answered(answer), custom_id=button(answer, "Ask me about others"))
    assert answered(others).id == answered(answer).id and set(questions(others)) != set(asked)


async def test_pressing_there_votes_and_the_fifth_like_brings_the_picks_by_itself(club: Club) -> None:
    answer = await club.ana.slash(club.channel, "montage for-me")
    asked = questions(answer)
    await club.restart()
    for number, montage in enumerate(asked[:4], 1):
        answer = await club.ana.click(answered(answer), custom_id=f"taste:{montage}:up")
        assert f"**{number} of 5**" in text(answer) and questions(answer) == asked
        assert [label for label in buttons(answer) if label.endswith("✓")] == ["Fired up · 1 ✓"]
    cold = await club.ana.click(answered(answer), custom_id=f"taste:{asked[3]}:down")
    assert "**3 of 5**" in text(cold)
    answer = await club.ana.click(answered(answer), custom_id=f"taste:{asked[3]}:up")
    picked = await club.ana.click(answered(answer), custom_id=f"taste:{asked[4]}:up")
    assert "Picked for you" in text(picked) and answered(picked).id == answered(answer).id
    assert set((await club.bot.services.votes.choices_of(club.ana.id)).values()) == {Choice.UP}


async def test_when_all_five_are_judged_it_asks_about_five_more(club: Club) -> None:
    answer = await club.ana.slash(club.channel, "montage for-me")
    asked = questions(answer)
    for montage in asked:
        answer = await club.ana.click(answered(answer), custom_id=f"taste:{montage}:down")
    assert "**0 of 5**" in text(answer) and len(questions(answer)) == 5
    assert not set(questions(answer)) & set(asked)


async def test_a_pick_is_voted_on_where_it_stands(club: Club) -> None:
    await vote(club, club.ana, Choice.UP, *of_discipline(club, "boxing")[:6])
    page = await club.ana.slash(club.channel, "montage for-me")
    first = shown(page)
    voted = await club.ana.click(answered(page), custom_id=f"vote:{first[1]}:up")
    assert shown(voted) == first and label(voted, "Fired up · 1") == "Fired up · 1 ✓"
    assert voted.followups == []
    assert first[1] not in shown(await club.ana.slash(club.channel, "montage for-me"))


async def test_picks_give_their_reason_and_one_in_five_is_a_discovery(club: Club) -> None:
    boxing, dance = of_discipline(club, "boxing"), of_discipline(club, "dance")
    await vote(club, club.ana, Choice.UP, *boxing[:6])
    answer = await club.ana.slash(club.channel, "montage for-me")
    assert answered(answer).ephemeral
    picks = [club.bot.catalogue.get(club.guild_id, identity) for identity in shown(answer)]
    assert len(picks) == 5
    reasons = re.findall(r"-# Because you liked (.+)", text(answer))
    liked = {club.bot.catalogue.get(club.guild_id, identity) for identity in boxing[:6]}
    assert len(reasons) == 4
    assert set(reasons) <= {f"{m.film} ({m.year})" for m in liked if m}
    assert text(answer).count("🧭 A discovery") == 1
    assert picks[4] and picks[4].family != "combat"
    assert sum(m is not None and m.discipline == "boxing" for m in picks) == 2
    assert dance


async def test_a_reason_claims_nothing_that_is_not_so(club: Club) -> None:
    """Nobody else has voted, and only the server's own additions are liked: nothing is loved by anybody."""
    local = Montage(id="s1", film="Tins", year=1999, scene="In the dark", discipline="tin cracking", blurb="Six.")
    for number in range(1, 8):
        club.bot.catalogue.put(club.guild_id, replace(local, id=f"s{number}", film=f"Tins {number}"))
    await vote(club, club.ana, Choice.UP, *(f"s{number}" for number in range(1, 6)))
    answer = await club.ana.slash(club.channel, "montage for-me")
    assert "your likes say nothing about it yet" in text(answer)
    await vote(club, club.ana, Choice.UP, *(m.id for m in club.bot.catalogue.shipped[2:]))
    answer = await club.ana.slash(club.channel, "montage for-me")
    for number in (6, 7):
        assert f"**Tins {number} (1999)** In the dark\n-# This server's own addition" in text(answer)
    assert "A discovery" not in text(answer), "there is nothing left where the taste is not known"


async def test_never_what_was_judged_nor_what_random_just_showed(club: Club) -> None:
    boxing = of_discipline(club, "boxing")
    await vote(club, club.ana, Choice.UP, *boxing[:5])
    first = shown(await club.ana.slash(club.channel, "montage for-me"))
    await vote(club, club.ana, Choice.DOWN, first[0])
    drawn: list[str] = []
    while first[1] not in drawn[-5:]:
        club.env.backend.advance_clock(1)
        drawn.append(montage_id(await club.ben.slash(club.channel, "montage random", discipline="boxing")))
    await club.restart()
    page = await club.ana.slash(club.channel, "montage for-me")
    seen = shown(page)
    while "Next" in {c.get("label") for c in components(page) if not c.get("disabled")}:
        page = await club.ana.click(answered(page), custom_id=button(page, "Next"))
        seen += shown(page)
    assert len(seen) == len(set(seen)) == 50
    assert not {*boxing[:5], *drawn[-5:], first[0]} & set(seen)


async def test_everybodys_votes_teach_what_goes_together(club: Club) -> None:
    """Two camps that share nothing a card would tell: only the votes of others lead from one to the next."""
    everything = sorted(m.id for m in club.bot.catalogue.shipped)
    camp, rest = everything[::9][:14], everything[1::9][:14]
    store = club.bot.services.votes
    for person in range(120):
        mine = camp if person % 2 else rest
        for montage in mine:
            await store.cast(club.guild_id, montage, person, Choice.UP, 1_790_000_000_000)
    await vote(club, club.ana, Choice.UP, *camp[:10])
    answer = await club.ana.slash(club.channel, "montage for-me")
    assert len(set(shown(answer)[:4]) & set(camp)) >= 3


async def test_who_has_judged_everything_is_told_so(club: Club) -> None:
    await vote(club, club.ana, Choice.UP, *(m.id for m in club.bot.catalogue.shipped))
    answer = await club.ana.slash(club.channel, "montage for-me")
    assert "judged every montage" in text(answer)
