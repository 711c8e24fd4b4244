"""The page as it is served: simcord's own files, changed in a few places."""

from importlib.resources import files

import pytest

from bot.preview.page_files import changed, changes


@pytest.mark.parametrize("name", [*changes(), "preview.css"])
def test_every_change_of_the_page_finds_its_place(name: str) -> None:
    text = (files("simcord.preview") / "static" / name).read_text(encoding="utf-8")
    for before, _ in changes().get(name, ()):
        assert text.count(before) == 1, before
    assert changed(name, text) != text
    for _, after in changes().get(name, ()):
        assert after in changed(name, text)


def test_other_files_of_the_page_stay_as_they_are() -> None:
    assert changed("dom.js", "let x;") == "let x;"
