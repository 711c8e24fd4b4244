"""/montage for-me, as people use it."""

import re
from dataclasses import replace

import simcord

from bot.catalogue import Montage
from bot.voting import Choice
from tests.club import Club, Shown, answered, button, components, montage_id, options, text


async def vote(club: Club, person: simcord.MemberActor, choice: Choice, *montages: str) -> None:
    store = club.bot.services.votes
    for montage in montages:
        await store.cast(club.guild_id, montage, person.id, choice, 1_790_000_000_000)


def of_discipline(club: Club, discipline: str) -> list[str]:
    return [m.id for m in club.bot.catalogue.shipped if m.discipline == discipline]


def shown(message: Shown) -> list[str]:
    """The ids behind a list's entries."""
    return list(options(message).values())


async def test_below_five_likes_it_says_so_and_asks_about_five(club: Club) -> None:
    await vote(club, club.ana, Choice.UP, "rudy-1993", "creed-2015")
    answer = await club.ana.slash(club.channel, "montage for-me")
    assert answered(answer).ephemeral
    assert "You've liked 2 montages so far. Like 5 and I can pick for you." in text(answer)
    asked = re.findall(r"vote:([a-z0-9-]+):up", str(list(components(answer))))
    assert len(set(asked)) == 5
    assert len(shown(answer)) == 5
    assert not {"rudy-1993", "creed-2015"} & {*asked, *shown(answer)} and not set(asked) & set(shown(answer))


async def test_pressing_there_votes_and_five_likes_lead_to_picks(club: Club) -> None:
    answer = await club.ana.slash(club.channel, "montage for-me")
    for montage in re.findall(r"vote:([a-z0-9-]+):up", str(list(components(answer)))):
        answer = await club.ana.click(answered(answer), custom_id=f"vote:{montage}:up")
    assert await club.bot.services.votes.choices_of(club.ana.id) != {}
    picked = await club.ana.click(answered(answer), custom_id=button(answer, "Done"))
    assert "Picked for you" in text(picked)
    assert answered(picked).id == answered(answer).id


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
    assert "**Tins 6 (1999)** In the dark\n-# This server's own addition" in text(answer)


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
    everything = [m.id for m in club.bot.catalogue.shipped]
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
