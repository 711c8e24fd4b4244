"""/suggest, from the form to the vote."""

from tests.club import Club, button, label, montage_id, options, text

GOOD = {
    "film": "Yentl",
    "year": "1983",
    "scene": "Studying by candlelight",
    "why": "She learns by night what nobody would teach her by day.",
    "discipline": "study",
}


async def test_a_suggestion_is_stored_posted_and_voted_on(club: Club) -> None:
    form = await club.ana.slash(club.channel, "suggest")
    posted = await club.ana.submit_modal(form, GOOD)
    assert "## Yentl (1983)" in text(posted) and not posted.ephemeral
    assert f"<@{club.ana.id}>" in text(posted)
    pressed = await club.ben.click(posted.response, custom_id=button(posted, "Fired up"))
    assert label(pressed, "Fired up") == "Fired up · 1"
    waiting = await club.ben.slash(club.channel, "montage top", of="suggested")
    assert "Yentl (1983)" in text(waiting) and "🔥 1 · 🧊 0" in text(waiting)
    assert list(options(waiting).values()) == [montage_id(posted)]


async def test_what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_lost(club: Club) -> None:
    form = await club.ana.slash(club.channel, "suggest")
    note = await club.ana.submit_modal(form, {**GOOD, "year": "198x", "scene": "x"})
    assert note.ephemeral
    assert "**Year:** 198x\n⚠️ **Year** should be four digits, like 1976." in text(note)
    assert "⚠️ **Scene** is a little short" in text(note)
    await club.restart()
    reopened = await club.ana.click(note.response, custom_id=button(note, "Open the form again"))
    typed = {c["component"]["custom_id"]: c["component"].get("value") for c in reopened.modal["components"]}
    assert typed == {**GOOD, "year": "198x", "scene": "x"}
    posted = await club.ana.submit_modal(reopened, GOOD)
    assert "## Yentl (1983)" in text(posted)
    assert await club.bot.database.read("SELECT * FROM draft") == []


async def test_a_form_that_was_open_during_a_restart_still_arrives(club: Club) -> None:
    form = await club.ana.slash(club.channel, "suggest")
    await club.restart()
    posted = await club.ana.submit_modal(form, GOOD)
    assert "## Yentl (1983)" in text(posted)


async def test_nobody_is_pinged_and_no_card_is_broken_by_what_is_typed(club: Club) -> None:
    form = await club.ana.slash(club.channel, "suggest")
    posted = await club.ana.submit_modal(
        form,
        {
            **GOOD,
            "film": "**@everyone** ||<@&1>",
            "scene": "# [free](https://evil.example) \u202egnp",
            "why": "`" * 20,
        },
    )
    shown = text(posted)
    assert "@everyone" not in shown and "<@&1>" not in shown and "\u202e" not in shown
    assert "https://evil" not in shown and "**@" not in shown.replace("\\*\\*", "")
    sent = [r.json for r in club.env.http_requests if "callback" in r.path][-1]
    assert sent["data"]["allowed_mentions"]["parse"] == []


async def test_the_list_of_suggestions_says_when_it_is_empty(club: Club) -> None:
    empty = await club.ana.slash(club.channel, "montage top", of="suggested")
    assert empty.ephemeral and "/suggest" in text(empty)
