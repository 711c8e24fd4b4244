"""One word for one thing: the glossary of CONTRIBUTING.md holds in the code."""

import ast
import io
import re
import tokenize
from collections import Counter, defaultdict
from pathlib import Path

import bot
from tests.docs import ROOT

SOURCES = sorted(Path(bot.__file__).parent.rglob("*.py"))

# What things were once called, and what they are called now.
OLD = {
    "Acts": "ButtonRoutes",
    "Desk": "review_panel",
    "Drawn": "PrebuiltView",
    "Heart": "PreviewClock",
    "Kept": "BackgroundCache",
    "Latest": "cachetools.LRUCache",
    "Leftovers": "CardCleanup",
    "Noticeboard": "CardPublisher",
    "Pace": "RateLimiter",
    "Place": "guild_id",
    "Press": "PersistentItem",
    "at_any_rate": "run_bounded",
    "desk": "review_panel, or the ReviewItem that it shows",
    "give_face": "set_bot_profile",
    "leftovers": "card_cleanup",
    "noticeboard": "publisher",
    "place": "guild_id, index, rank or location",
    "place_of": "guild_id_of",
    "places": "guild_ids, indices, ranks or locations",
    "spare_what_stays": "freeze_garbage_collector",
}
# Modules that had a name of this house's own, by their names in the packages of today.
OLD_MODULES = {
    *("catalogue.words", "daily.pace", "montages.picker", "recommending.picks", "stats.panels", "stats.picture"),
    *("suggestions.desk", "suggestions.life", "suggestions.leftovers", "suggestions.moderating"),
    *("suggestions.noticeboard", "suggestions.titles", "ui.drawn", "ui.look", "ui.pace", "ui.places", "ui.press"),
    *("languages.words", "servers", "voting.memory"),
}


def identifiers(source: str) -> set[str]:
    """Every name in a module, without the underscore of what is private."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.string.lstrip("_") for token in tokens if token.type == tokenize.NAME}


def test_no_old_name_comes_back() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name} is {OLD[name]} now"
        for path in SOURCES
        for name in sorted(identifiers(path.read_text(encoding="utf-8")) & OLD.keys())
    ]
    assert found == []


def test_no_module_takes_an_old_name() -> None:
    modules = {".".join(path.relative_to(ROOT / "bot").with_suffix("").parts) for path in SOURCES}
    packages = {module.removesuffix(".__init__") for module in modules}
    assert not packages & OLD_MODULES


def test_no_two_classes_share_a_name() -> None:
    classes = Counter(
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, number in classes.items() if number > 1] == []


def test_no_two_functions_that_modules_offer_share_a_name() -> None:
    """But for what every feature has, and what daily posts and brackets, told alike, both say."""
    packages: defaultdict[str, list[str]] = defaultdict(list)
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                packages[node.name].append(path.parent.name)
    shared = {name for name, where in packages.items() if len(where) > 1 and sorted(where) != ["bracket", "daily"]}
    assert shared <= {"add_commands", "setup"}


def test_no_function_is_called_by_a_little_word() -> None:
    """`of` was the name of thirteen functions; what they give is said in their names now."""
    named = {
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in {"of", "at", "by", "to", "it"}
    }
    assert named == set()


def test_the_search_finds_an_old_name_in_code_and_leaves_words_alone() -> None:
    found = identifiers('def _desk(it: "a desk"):  # the desk\n    return it.Drawn')
    assert found & OLD.keys() == {"desk", "Drawn"}
    assert not identifiers('"the desk"  # a Press, a place\n') & OLD.keys()


def test_the_glossary_is_short_and_names_what_there_is() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    glossary = text.partition("## Glossary\n")[2].partition("\n## ")[0].strip().splitlines()
    assert 0 < len(glossary) <= 25
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    for line in glossary:
        for name in re.findall(r"`(\w+)`", line):
            assert re.search(rf"\b{name}\b", code), f"{name} is in the glossary and nowhere else"


def test_hardly_anything_is_of_a_type_that_nobody_checks() -> None:
    """`Any` passes every check: it stays for what discord.py leaves open, and for data from outside.

    Under other names it passes them as well.
    """
    named = Counter(
        node.id
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    )
    assert named["Any"] < 60
    assert sum(named[name] for name in ("Any", "JsonObject", "AnyInteraction", "View")) < 120
