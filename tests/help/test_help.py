"""/help: every command, for those who can use it."""

import re

from bot.help import entries
from tests.club import Club, answered, button, buttons, text


async def test_every_command_is_there_as_a_link(club: Club) -> None:
    shown = await club.ana.slash(club.channel, "help")
    assert shown.ephemeral
    known = entries(club.bot.tree)
    linked = re.findall(r"</([a-z -]+):(\d+)>", text(shown))
    theirs = [entry for entry in known if not entry.managers]
    assert sorted(name for name, _ in linked) == sorted(entry.name for entry in theirs if not entry.menu)
    assert {int(number) for _, number in linked} <= set(club.bot.command_ids.values())
    said = [entry for entry in theirs if entry.says in text(shown)]
    assert [entry.name for entry in said] == ["montage random", "montage for-me", "suggest"]  # to begin with
    for label in ("Montages", "Suggestions", "Privacy"):  # and what the others do is a press away
        page = await club.ana.click(answered(shown), custom_id=button(shown, label))
        said += [entry for entry in theirs if entry.says in text(page)]
        shown = await club.ana.click(answered(page), custom_id=button(page, "Back"))
    assert {entry.name for entry in said} == {entry.name for entry in theirs}
    assert not any(label.startswith("For those") for label in buttons(shown))


async def test_managers_find_theirs(club: Club) -> None:
    shown = await club.mia.slash(club.channel, "help")
    theirs = await club.mia.click(answered(shown), custom_id=button(shown, "For those who manage"))
    assert "</settings:" in text(theirs)
    assert "</daily start:" in text(theirs)
    assert "</montage random:" not in text(theirs)
    back = await club.mia.click(answered(theirs), custom_id=button(theirs, "Back"))
    assert text(back) == text(shown)


async def test_in_direct_messages_only_what_works_there(club: Club) -> None:
    shown = text(await club.ana.user.slash("help"))
    assert "</montage random:" in shown
    assert "</suggest:" not in shown


async def test_the_links_are_known_after_a_restart_without_sending_the_commands_again(club: Club) -> None:
    before = dict(club.bot.command_ids)
    await club.restart()
    assert club.bot.command_ids == before
    assert len([e for e in club.env.http_requests if e.method == "PUT"]) == 1


async def test_a_command_whose_number_is_not_known_is_named(club: Club) -> None:
    club.bot.command_ids = {}
    assert club.bot.mention("montage top") == "`/montage top`"
