"""What the bot is run with: the image, the compose file, the systemd unit."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import create_bot
from bot.monitoring import add_monitoring
from bot.settings import Settings
from tests.docs import ROOT
from tests.operations.waiting import free_port
from tests.standin import StandIn, logged_in

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNITS = [ROOT / "deploy" / name for name in ("montage-bot.service", "montage-bot@.service")]
# systemd's own measure, from 0 (best) to 100.
EXPOSURE_AT_MOST = 15


# --- systemd ---


@pytest.fixture(params=UNITS, ids=lambda unit: unit.name)
def unit(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A unit, with a program that is on this machine; of a template its first instance."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here")
    original: Path = request.param
    copy = tmp_path / original.name.replace("@.", "@1.")
    text = original.read_text(encoding="utf-8")
    assert text.count("/opt/montage-bot/.venv/bin/montage-bot") == 1
    copy.write_text(text.replace("/opt/montage-bot/.venv/bin/montage-bot", "/bin/true"))
    return copy


def test_systemd_understands_every_line(unit: Path) -> None:
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_service_can_do_little_beyond_its_work(unit: Path) -> None:
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_AT_MOST}", str(unit)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout


@pytest.mark.parametrize("unit_file", UNITS, ids=lambda unit: unit.name)
def test_a_refusal_is_not_tried_again_and_a_stop_has_time_enough(unit_file: Path) -> None:
    lines = unit_file.read_text(encoding="utf-8").splitlines()
    assert {"Restart=on-failure", "RestartPreventExitStatus=2", "TimeoutStopSec=10"} <= set(lines)


# --- containers ---


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.*)$", re.sub(r"\\\n\s*", " ", DOCKERFILE), re.MULTILINE)


def test_the_image_has_two_stages_no_root_and_no_secret() -> None:
    assert len(instructions("FROM")) == 2 and all("slim" in image for image in instructions("FROM"))
    assert instructions("USER") == ["montage"]
    assert "TOKEN" not in DOCKERFILE.upper().replace("A REFUSED TOKEN", "")
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    assert "*" in ignored and "**/.env" in ignored and not [line for line in ignored if line.startswith("!.")]


def test_everything_the_image_is_made_of_is_let_in() -> None:
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n") if line[:1] == "!"
    }
    copied = {source for line in instructions("COPY") if "--from" not in line for source in line.split()[:-1]}
    assert copied == let_in
    assert all((ROOT / source).exists() for source in copied)


async def test_the_health_check_knows_a_bot_that_serves(path: Path) -> None:
    (check,) = instructions("HEALTHCHECK")
    command = json.loads(check[check.index("CMD ") + 4 :])
    bot = create_bot(Settings(database=path, metrics_port=free_port()))
    add_monitoring(bot)

    async def status() -> int:
        code = command[2].replace("8018", str(bot.settings.metrics_port))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", code), stderr=asyncio.subprocess.DEVNULL
        )
        return await process.wait()

    async with StandIn() as standin, logged_in(bot, standin):
        assert await status() != 0, "it is not ready yet"
        await bot.wait_until_ready()
        assert await status() == 0
    assert await status() != 0


def test_a_container_is_started_again_after_a_reboot_but_not_into_a_refusal() -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert "restart: unless-stopped" in compose and instructions("CMD")[-1] == '["run", "--hold"]'
    assert {"read_only: true", "- ALL", "- no-new-privileges:true"} <= {
        line.strip() for line in compose.split("\n")
    }


def test_several_containers_share_a_database_that_is_there_only_where_it_is_asked_for() -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    server = compose.partition("  postgresql:\n")[2].partition("\nvolumes:")[0]
    assert "profiles:\n      - postgresql" in server and "ports:" not in compose
    assert "MONTAGE_DATABASE: ${POSTGRESQL_ADDRESS:-/data/montage.db}" in compose
    assert "container_name" not in compose, "there can be several of one kind"


@pytest.mark.slow
def test_the_image_can_be_built_and_is_well() -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "info"], capture_output=True, check=False).returncode:
        pytest.skip("there is no Docker here")
    subprocess.run([docker, "build", "--tag", "montage-bot-test", str(ROOT)], check=True, capture_output=True)
    examined = subprocess.run(
        [docker, "run", "--rm", "--network=none", "--read-only", "montage-bot-test", "doctor"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert examined.returncode == 0, examined.stdout + examined.stderr
