"""The versions that servers install: allowed by pyproject.toml, complete, and in use where it says so."""

import re
from collections.abc import Iterator
from importlib.metadata import distribution

import pytest
import tomli
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.docs import ROOT

PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINES = (ROOT / "deploy" / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINNED = {
    canonicalize_name(name): version
    for name, _, version in (line.partition("==") for line in LINES if not line.startswith("#"))
}
# What a server installs.
_EXTRAS = [text for extra in ("metrics", "postgresql") for text in PROJECT["optional-dependencies"][extra]]
ASKED = [Requirement(text) for text in (*PROJECT["dependencies"], *_EXTRAS)]


def _needed(requirements: list[Requirement], seen: set[str]) -> Iterator[Requirement]:
    """These and all that they need in turn, as the installed packages say."""
    for requirement in requirements:
        yield requirement
        name = canonicalize_name(requirement.name)
        if name not in seen:
            seen.add(name)
            following = map(Requirement, distribution(name).requires or ())
            here = [r for r in following if r.marker is None or r.marker.evaluate({"extra": ""})]
            yield from _needed(here, seen)


def test_the_file_holds_versions_and_nothing_else() -> None:
    for line in LINES:
        assert line.startswith("# ") or re.fullmatch(r"[\w.-]+==[\w.]+", line), line
    assert len(PINNED) == sum(not line.startswith("#") for line in LINES)


def test_every_version_lies_within_every_range() -> None:
    for requirement in _needed(ASKED, set()):
        version = PINNED.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is missing: run nox -s constraints"
        assert requirement.specifier.contains(version), f"{requirement} does not allow {version}"


def test_nothing_stands_there_that_nothing_needs() -> None:
    assert {canonicalize_name(r.name) for r in _needed(ASKED, set())} == set(PINNED)


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("Dockerfile", {"[metrics,postgresql]"}),
        ("README.md", {""}),
        ("docs/operate.md", {"[metrics]", "[metrics,postgresql]"}),
        (".ci/run", {"[dev]"}),
    ],
)
def test_whatever_installs_the_bot_to_stay_takes_these_versions(name: str, extras: set[str]) -> None:
    """A try in the preview takes what is newest; a server, and the tests that speak for it, what was tested."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / name).read_text(encoding="utf-8"))
    installed = re.findall(r"pip\"? install (.*?) '?\.(\[[\w,]+\])?'?(?=[ \n])", text)
    assert extras <= {extra for _, extra in installed}
    for options, extra in installed:
        if extra in extras:
            assert "-c deploy/constraints.txt" in options, f"{name}: pip install {options} .{extra}"
