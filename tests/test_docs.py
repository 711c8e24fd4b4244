"""What the documents say of settings and commands is what the code does."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from bot.run import invitation
from bot.settings import Settings, SettingsError, read_settings, variables
from tests.docs import ROOT, env_example, readme


def test_env_example_is_current() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example(), "run python -m tests.docs"


def test_readme_is_current() -> None:
    assert (ROOT / "README.md").read_text(encoding="utf-8") == readme(), "run python -m tests.docs"


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


def test_every_local_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_the_readme_s_invitation_is_the_bot_s() -> None:
    permissions = dict(pair.split("=") for pair in invitation(0).split("?")[1].split("&"))["permissions"]
    assert f"scope=bot+applications.commands&permissions={permissions}`" in (ROOT / "README.md").read_text("utf-8")


def test_the_command_line_needs_no_discord_to_check() -> None:
    script = "import sys; from bot.__main__ import main; main(['check']); sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
