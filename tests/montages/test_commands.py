"""/montage random, show and find, as people use them."""

from bot.catalogue import Catalogue
from tests.club import Club, answered, button, buttons, components, label, montage_id, options, text


async def test_random_shows_everything_worth_knowing(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="rocky-iv-1985")
    shown = text(card)
    for part in (
        "## Rocky IV (1985)",
        "**Farm in the snow against the laboratory**",
        "- The skipping rope in the barn",
        "Hearts on Fire by John Cafferty",
        "Directed by Sylvester Stallone",
        "rated PG",
        "[IMDb](https://www.imdb.com/title/tt0089927/)",
        "Good to know before: mild language, violence, blood, performance-enhancing drugs",
        "Further reading: “A comparison of the American and Soviet economies”",
    ):
        assert part in shown
    assert [label.split(" ·")[0] for label in buttons(card)] == ["Fired up", "Cold", "Another one", "Save"]
    (clip,) = [c for c in components(card) if c.get("url")]
    assert clip["url"] == "https://www.youtube.com/results?search_query=Rocky+IV+1985+montage"


async def test_nothing_comes_twice_before_everything_came_once_even_across_a_restart(club: Club) -> None:
    everything = {m.id for m in club.bot.catalogue.shipped if m.family == "winter"}
    seen = []
    for turn in range(len(everything)):
        if turn == 4:
            await club.restart()
        person = club.ana if turn % 2 else club.ben
        seen.append(montage_id(await person.slash(club.channel, "montage random", discipline="winter")))
    assert sorted(seen) == sorted(everything)
    again = montage_id(await club.ana.slash(club.channel, "montage random", discipline="winter"))
    assert again in everything and again != seen[-1]


async def test_another_one_keeps_the_filters(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random", discipline="water", decade=2000)
    seen = {montage_id(card)}
    for _ in range(2):
        card = await club.ben.click(answered(card), custom_id=button(card, "Another one"))
        montage = club.bot.catalogue.get(club.guild_id, montage_id(card))
        assert montage and montage.family == "water" and montage.decade == 2000
        seen.add(montage.id)
    assert len(seen) == len([m for m in club.bot.catalogue.shipped if m.family == "water" and m.decade == 2000])


async def test_when_nothing_matches_it_says_which_filter_to_drop(club: Club) -> None:
    refused = await club.ana.slash(club.channel, "montage random", discipline="boxing", decade=1950)
    assert refused.ephemeral
    boxing = len([m for m in club.bot.catalogue.shipped if m.discipline == "boxing"])
    assert text(refused).startswith("Nothing here is both **boxing** and **from the 1950s**.")
    way = button(refused, f"Without “the 1950s”: {boxing}")
    shown = await club.ana.click(answered(refused), custom_id=way)
    found = club.bot.catalogue.get(club.guild_id, montage_id(shown))
    assert not shown.ephemeral and found is not None and found.discipline == "boxing"


async def test_words_that_a_filter_leaves_nothing_of_are_named(club: Club) -> None:
    refused = await club.ana.slash(club.channel, "montage find", words="beard", decade=1910)
    assert refused.ephemeral
    assert text(refused).startswith("Nothing I have for “beard” is **from the 1910s**.")
    shown = await club.ana.click(answered(refused), custom_id=button(refused, "Without “the 1910s”: "))
    assert not shown.ephemeral and "for “beard”" in text(shown)


async def test_show_completes_what_is_typed_typos_and_all(club: Club) -> None:
    for typed, wanted in {
        "roc": "Rocky",
        "rokcy 4": "Rocky IV",
        "hearts on fire": "Rocky IV",
        "bobsl": "Cool Runnings",
        "1925": "The Freshman",
    }.items():
        choices = await club.ana.autocomplete(club.channel, "montage show", "montage", typed)
        assert 1 <= len(choices) <= 25
        assert choices[0]["name"].startswith(wanted), (typed, choices[0])


async def test_show_offers_the_editors_favourites_before_anything_is_typed(club: Club) -> None:
    choices = await club.ana.autocomplete(club.channel, "montage show", "montage", "")
    assert len(choices) == 25
    assert [c["value"] for c in choices[:2]] == ["rocky-iv-1985", "creed-2015"]


async def test_show_takes_a_name_that_was_not_picked_from_the_list(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="Cool runnings")
    assert montage_id(card) == "cool-runnings-1993"
    refused = await club.ana.slash(club.channel, "montage show", montage="@zzzzqqq")
    assert refused.ephemeral and "@zzzz" not in text(refused) and "/suggest" in text(refused)


async def test_find_pages_and_opens(club: Club) -> None:
    found = await club.ana.slash(club.channel, "montage find", words="training")
    assert label(found, "1 of").startswith("1 of ")
    first = options(found)
    turned = await club.ben.click(answered(found), custom_id=button(found, "Next"))
    assert label(turned, "2 of")
    assert not first.keys() & options(turned).keys()
    select = next(c["custom_id"] for c in components(turned) if c.get("options"))
    wanted = next(iter(options(turned).values()))
    opened = await club.ben.select(answered(turned), [wanted], custom_id=select)
    card = opened.followups[0] if opened.followups else answered(opened)
    assert montage_id(card) == wanted and card.ephemeral


async def test_a_page_that_is_gone_becomes_the_last_one(club: Club) -> None:
    found = await club.ana.slash(club.channel, "montage find", words="boxing")
    pages = int(label(found, "1 of").split()[-1])
    for page in range(2, pages + 1):
        found = await club.ana.click(answered(found), custom_id=button(found, "Next"))
        assert label(found, f"{page} of") == f"{page} of {pages}"
    assert "Next" not in buttons(found)
    fewer = Catalogue([m for m in club.bot.catalogue.shipped if m.discipline == "boxing"][:12])
    club.bot.catalogue = fewer
    back = await club.ana.click(answered(found), custom_id=button(found, "Back"))
    assert label(back, "2 of") == "2 of 2"


async def test_direct_messages_have_their_own_memory(club: Club) -> None:
    card = await club.ana.user.slash("montage random", discipline="water")
    seen = {montage_id(card)}
    for _ in range(2):
        seen.add(montage_id(await club.ana.user.slash("montage random", discipline="water")))
    assert len(seen) == 3
    scopes = {row[0] for row in await club.bot.database.read("SELECT scope_id FROM showing")}
    assert scopes == {club.ana.id}


async def test_show_asks_back_privately_when_it_is_not_sure(club: Club) -> None:
    for words in ("2019 snow", "a film about a boat", "boxing", "the karate kid"):
        asked = await club.ana.slash(club.channel, "montage show", montage=words)
        assert asked.ephemeral and f"not sure which one you mean by “{words}”" in text(asked)
        assert 1 <= len(buttons(asked)) <= 3
    (first, *_) = buttons(asked)
    assert first.startswith("The Karate Kid (1984)")


async def test_one_of_those_opens_for_the_person_also_after_a_restart(club: Club) -> None:
    asked = await club.ana.slash(club.channel, "montage show", montage="the karate kid")
    await club.restart()
    opened = await club.ana.click(answered(asked), custom_id=button(asked, "The Karate Kid (1984)"))
    assert opened.ephemeral and montage_id(opened) == "the-karate-kid-1984"


async def test_find_says_when_nothing_fits_well(club: Club) -> None:
    found = await club.ana.slash(club.channel, "montage find", words="zombie apocalypse")
    assert found.ephemeral and text(found).startswith("## Nothing fits “zombie apocalypse” well")
    assert options(found)
    found = await club.ana.slash(club.channel, "montage find", words="philly stiars")
    assert not found.ephemeral and "Rocky (1976)" in text(found)
    refused = await club.ana.slash(club.channel, "montage find", words="2099")
    assert refused.ephemeral and "rings a bell" in text(refused)


async def test_one_that_is_found_alone_is_shown_at_once(club: Club) -> None:
    found = await club.ana.slash(club.channel, "montage find", words="bobsleigh", country="United States")
    assert not found.ephemeral and montage_id(found) == "cool-runnings-1993" and not options(found)


async def test_what_only_may_be_meant_stands_apart_from_what_fits(club: Club) -> None:
    found = await club.ana.slash(club.channel, "montage find", words="philly stairs")
    fitting, _, maybe = text(found).partition("-# Maybe, with only some of your words or something like them:")
    assert "Rocky (1976)" in fitting and maybe.count("**") >= 2 and "Rocky (1976)" not in maybe
    second = await club.ben.click(answered(found), custom_id=button(found, "Next"))
    assert text(second).count("-# Maybe") == 1


async def test_when_a_narrow_choice_begins_anew_it_says_so(club: Club) -> None:
    asked = {"discipline": "chess", "decade": 1990}
    number = len([m for m in club.bot.catalogue.shipped if m.discipline == "chess" and m.decade == 1990])
    for turn in range(2 * number + 1):
        card = await club.ana.slash(club.channel, "montage random", **asked)
        words = "The only one there is" if number == 1 else "That was all of them; from the top again."
        assert (words in text(card)) == (turn > 0 and turn % number == 0), turn
    only = await club.ana.slash(club.channel, "montage random", discipline="bobsleigh")
    again = await club.ana.click(answered(only), custom_id=button(only, "Another one"))
    assert "The only one there is" in text(again) and "The only one" not in text(only)


async def test_a_card_that_one_person_sees_marks_their_vote_and_goes_on_in_private(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="rocky-iv-1985")
    voted = await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    assert label(voted, "Fired up") == "Fired up · 1", "everybody sees it, so it is nobody's"
    top = await club.ana.slash(club.channel, "montage top")
    select = next(c["custom_id"] for c in components(top) if c.get("options"))
    opened = await club.ana.select(answered(top), ["rocky-iv-1985"], custom_id=select)
    mine = opened.followups[0] if opened.followups else answered(opened)
    assert (label(mine, "Fired up"), label(mine, "Cold")) == ("Fired up · 1 ✓", "Cold · 0")
    moved = await club.ana.click(mine, custom_id=button(mine, "Cold"))
    assert (label(moved, "Fired up"), label(moved, "Cold")) == ("Fired up · 0", "Cold · 1 ✓")
    following = await club.ana.click(mine, custom_id=button(mine, "Another one"))
    assert following.ephemeral and montage_id(following)
    theirs = await club.ben.select(answered(top), ["rocky-iv-1985"], custom_id=select)
    assert label(theirs.followups[0] if theirs.followups else theirs, "Cold") == "Cold · 1"


async def test_every_card_has_a_next_step(club: Club) -> None:
    for command, asked in {"show": {"montage": "rocky-iv-1985"}, "today": {}}.items():
        card = await club.ana.slash(club.channel, f"montage {command}", **asked)
        again = await club.ben.click(answered(card), custom_id=button(card, "Another one"))
        assert not again.ephemeral and montage_id(again) != montage_id(card)


async def test_a_whole_round_from_one_card_never_shows_that_card_again(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage today")
    shown = {montage.id for montage in club.bot.catalogue.shipped} - {montage_id(card)}
    deck = club.bot.services.decks
    everything = club.bot.catalogue.visible_to(club.guild_id)
    for _ in range(len(shown) - 1):
        await deck.draw(club.guild_id, everything, lambda _: None, montage_id(card))
    for _ in range(2):
        again = await club.ben.click(answered(card), custom_id=button(card, "Another one"))
        assert montage_id(again) in shown


async def test_the_card_says_where_in_the_film_the_scene_comes(club: Club) -> None:
    placed = next(m for m in club.bot.catalogue.shipped if m.position)
    assert f"· {placed.position} of the " in text(
        await club.ana.slash(club.channel, "montage show", montage=placed.id)
    )
    unknown = next(m for m in club.bot.catalogue.shipped if not m.position)
    assert " of the film" not in text(await club.ana.slash(club.channel, "montage show", montage=unknown.id))
