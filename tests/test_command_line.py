"""What an operator types, and what they are told."""

import os
import socket
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from bot.settings import read_settings
from tests.docs import ROOT


def bot(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own, without this machine's settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DISCORD_", "MONTAGE_"))}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "Bot MTIz.abc.def"])
def test_without_a_usable_token_it_says_what_to_do(token: str, tmp_path: Path) -> None:
    ended = bot("run", cwd=tmp_path, DISCORD_TOKEN=token)
    assert ended.returncode == 2
    assert "DISCORD_TOKEN" in ended.stderr and "python -m bot preview" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not token or token not in ended.stderr.replace("DISCORD_TOKEN", "")


def test_a_bad_setting_is_one_sentence(tmp_path: Path) -> None:
    ended = bot("run", cwd=tmp_path, MONTAGE_LOG_LEVEL="loud")
    assert ended.returncode == 2
    assert (
        ended.stderr.strip() == "MONTAGE_LOG_LEVEL='loud' cannot be used: use one of debug, info, warning, error."
    )


@pytest.mark.parametrize(
    "written",
    [
        "MONTAGE_LOG_LEVEL=loud\n".encode("utf-16"),
        "MONTAGE_LOG_LEVEL=loud\n".encode("utf-16-le"),
        "MONTAGE_LOG_LEVEL=loud\n".encode("utf-32"),
        "# Motörhead\nMONTAGE_LOG_LEVEL=loud\n".encode("latin-1"),
    ],
)
def test_an_env_file_in_another_encoding_is_one_sentence(tmp_path: Path, written: bytes) -> None:
    (tmp_path / ".env").write_bytes(written)
    ended = bot("run", cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr == ".env is not text in UTF-8. Save it again with that encoding.\n"


def test_an_env_file_is_read_with_the_mark_that_some_editors_put_in_front(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("MONTAGE_LOG_LEVEL=loud\n".encode("utf-8-sig"))
    assert "MONTAGE_LOG_LEVEL='loud' cannot be used" in bot("run", cwd=tmp_path).stderr


def test_an_env_that_is_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert "There is no DISCORD_TOKEN" in bot("run", cwd=tmp_path).stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_an_env_file_that_is_closed_to_the_bot_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"")
    (tmp_path / ".env").chmod(0)
    ended = bot("run", cwd=tmp_path)
    assert ended.returncode == 2 and ended.stderr == ".env cannot be read: Permission denied.\n"


@pytest.mark.parametrize(
    ("name", "path", "why"),
    [
        ("MONTAGE_DATABASE", ".", "that is a folder"),
        ("MONTAGE_DATABASE", "/", "that is a folder"),
        ("MONTAGE_DATABASE", "~nobody-of-that-name/montage.db", "there is no such home"),
        ("MONTAGE_DATABASE", "x" * 5000, "name too long"),
        ("MONTAGE_BACKUP_FOLDER", "~nobody-of-that-name", "there is no such home"),
    ],
)
def test_a_path_that_cannot_be_is_one_sentence(tmp_path: Path, name: str, path: str, why: str) -> None:
    ended = bot("run", cwd=tmp_path, **{name: path})
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"{name}={path!r} cannot be used: ") and why in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_path_with_a_tilde_begins_at_home(tmp_path: Path) -> None:
    told = read_settings(
        {"HOME": "not asked", "MONTAGE_DATABASE": "~/montage.db", "MONTAGE_BACKUP_FOLDER": "~/kept"},
        tmp_path / "none",
    )
    assert (told.database, told.backup_folder) == (Path.home() / "montage.db", Path.home() / "kept")


@pytest.mark.parametrize("path", [".", "/", "..", "kept/..", "~", "~nobody-of-that-name/x.db"])
def test_a_preview_whose_file_is_none_says_so_and_deletes_nothing(tmp_path: Path, path: str) -> None:
    (tmp_path / "kept").mkdir()
    ended = bot("preview", "--fresh", "--database", path, cwd=tmp_path)
    assert ended.returncode == 2 and "argument --database" in ended.stderr and "Traceback" not in ended.stderr
    assert (tmp_path / "kept").exists()


def test_a_preview_whose_port_is_taken_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = bot("preview", "--port", port, "--database", str(tmp_path / "preview.db"))
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"The page cannot have port {port}: ") and "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_check_counts_what_there_is() -> None:
    ended = bot("check")
    assert ended.returncode == 0
    assert "montages, all sound." in ended.stdout and "1910s" in ended.stdout and "United Kingdom" in ended.stdout


def test_with_no_command_it_shows_what_there_is() -> None:
    ended = bot()
    assert ended.returncode == 2
    assert "preview" in ended.stdout and "doctor" in ended.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE to speak of")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["schema", "check", "--help"])
def test_who_stops_reading_hears_no_complaint(command: str, unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", command],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.stderr == ""
    assert ended.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="a shell's way of saying it")
@pytest.mark.parametrize("command", ["check", "schema", "run", "--help", "preview"])
@pytest.mark.parametrize(("closed", "told"), [(">&-", True), (">&- 2>&-", False), ("<&- >&-", True)])
def test_with_its_output_closed_it_says_so(tmp_path: Path, command: str, closed: str, told: bool) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m bot {command} {closed}', sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr == (
        "Standard output is closed: there is nowhere to print to. Send it to /dev/null or a file.\n" if told else ""
    )


def test_with_its_errors_closed_it_works_as_ever(tmp_path: Path) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m bot check 2>&- <&-', sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0 and "montages, all sound." in ended.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("command", ["check", "schema"])
def test_with_no_room_for_its_output_it_says_so(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", command],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr == "What was to be printed could not be written: No space left on device.\n"


def test_new_begins_a_montage_and_schema_describes_it(tmp_path: Path) -> None:
    begun = bot("new", "Rocky VII", "2031", "--folder", str(tmp_path))
    assert begun.returncode == 0 and "python -m bot check" in begun.stdout
    assert (tmp_path / "rocky-vii-2031.toml").read_text(encoding="utf-8").startswith("#:schema ")
    again = bot("new", "Rocky VII", "2031", "--folder", str(tmp_path))
    assert again.returncode == 1 and "there already" in again.stderr
    unfinished = bot("check", str(tmp_path))
    assert unfinished.returncode == 1 and "rocky-vii-2031.toml: scene: is empty" in unfinished.stderr
    assert bot("schema").stdout == (ROOT / "data" / "montage.schema.json").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_wheel_carries_the_catalogue(tmp_path: Path) -> None:
    """Built, installed into an empty environment, and used from somewhere else."""
    run = subprocess.run
    run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    carried = zipfile.ZipFile(wheel).namelist()
    for written in (*ROOT.glob("bot/locales/*/*/*.po"), *ROOT.glob("data/locales/*/*/*.po")):
        inside = f"bot/locales/{written.parts[-3]}/LC_MESSAGES/{written.stem}.mo"
        assert carried.count(inside) == 1, inside
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run([str(python), "-m", "pip", "install", "-q", str(wheel)], check=True, capture_output=True)
    ended = run(
        [str(python.with_name("montage-bot")), "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "montages, all sound." in ended.stdout
    typed = "import bot, pathlib; print(pathlib.Path(bot.__file__).with_name('py.typed').exists())"
    found = run([str(python), "-c", typed], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "True", "whoever imports the package has no types"
