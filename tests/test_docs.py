"""What the documents say of settings and commands is what the code does."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import tomli

from bot.catalogue import Catalogue
from bot.catalogue.definition import CONTENT_NOTES
from bot.run import invitation
from bot.settings import Settings, SettingsError, read_settings, variables
from tests.docs import DOCUMENTS, ROOT, SECTIONS, current, env_example


def read(document: str) -> str:
    """The text of a document."""
    return (ROOT / document).read_text(encoding="utf-8")


def test_env_example_is_current() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example(), "run python -m tests.docs"


@pytest.mark.parametrize("document", SECTIONS)
def test_what_the_code_writes_is_current(document: str) -> None:
    assert read(document) == current(document), "run python -m tests.docs"


def test_the_example_itself_gives_the_defaults(tmp_path: Path) -> None:
    everything = tmp_path / ".env"
    everything.write_text(env_example().replace("#MONTAGE_", "MONTAGE_"), encoding="utf-8")
    assert read_settings({}, everything) == Settings()
    assert len(variables()) == len(fields(Settings))


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("MONTAGE_LOG_LEVEL=debug\nMONTAGE_DATABASE=a.db\n", encoding="utf-8")
    settings = read_settings({"MONTAGE_LOG_LEVEL": "error"}, file)
    assert (settings.log_level, settings.database) == ("error", Path("a.db"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MONTAGE_LOG_LEVEL", "loud"),
        ("MONTAGE_DEVELOPMENT_SERVER", "my server"),
        ("MONTAGE_SHARDS", "-1"),
        ("MONTAGE_BACKUP_HOURS", "often"),
        ("MONTAGE_BACKUPS_KEPT", "0"),
        ("MONTAGE_METRICS_PORT", "70000"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value}, tmp_path / "none")


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(Settings(token="secret"))  # noqa: S106


def anchors(document: str) -> set[str]:
    """What a `#` can lead to: the headings, in small letters and with hyphens."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", read(document), flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_local_link_leads_somewhere(document: str) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", read(document)):
        page = (ROOT / document).parent / target if target else ROOT / document
        assert page.exists(), target
        assert not anchor or anchor in anchors(page.resolve().relative_to(ROOT.resolve()).as_posix()), anchor


def test_the_readme_stays_short_and_leads_to_every_page() -> None:
    text = read("README.md")
    assert len(text.split()) < 1800
    assert {d for d in DOCUMENTS if d != "README.md"} <= set(re.findall(r"\]\(([^)#]+)\)", text))


def test_the_notes_are_explained_with_two_films_that_carry_each(catalogue: Catalogue) -> None:
    table = read("CONTRIBUTING.md").partition("<!-- notes -->\n")[2].partition("\n<!-- /notes -->")[0]
    rows = dict(re.findall(r"^\| `([^`]+)` \| .+? \| (.+) \|$", table, re.M))
    assert tuple(rows) == CONTENT_NOTES
    for note, films in rows.items():
        examples = re.findall(r"`([^`]+)`", films)
        assert len(examples) == 2
        for identity in examples:
            montage = catalogue.get(0, identity)
            assert montage and note in (montage.content_notes or ()), f"{identity} is no example of {note}"


def test_the_layers_are_those_that_are_enforced() -> None:
    contract = tomli.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]
    layers = [line.replace(" | ", " · ") for line in contract["layers"]]
    written = "```\n" + "\n".join(layers) + "\n```" in read("CONTRIBUTING.md")
    assert written, "the layers of CONTRIBUTING.md, How it is built, are not those of pyproject.toml"


def test_every_part_of_the_house_is_in_its_plan() -> None:
    plan = read("CONTRIBUTING.md").partition("```\nbot/\n")[2].partition("\ndata/")[0]
    named = {line.split()[0].rstrip("/") for line in plan.splitlines()}
    there = {
        path.name for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert named | {"__init__.py"} == there, "mend the plan in CONTRIBUTING.md, How it is built"


def test_the_readme_s_invitation_is_the_bot_s() -> None:
    permissions = dict(pair.split("=") for pair in invitation(0).split("?")[1].split("&"))["permissions"]
    assert f"scope=bot+applications.commands&permissions={permissions}`" in read("README.md")


def test_the_command_line_needs_no_discord_to_check() -> None:
    script = "import sys; from bot.__main__ import main; main(['check']); sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
