"""What cannot be checked without a file is said, once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs import ROOT
from tests.references import REFERENCES, not_checked


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """pytest as a process of its own, with none of the files that this run may have."""
    clean = {name: value for name, value in os.environ.items() if name not in {r.variable for r in REFERENCES}}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_each_missing_file_is_named_with_what_nobody_looked_at(tmp_path: Path) -> None:
    assert len(not_checked({})) == len(REFERENCES) == 2
    named = tmp_path / "openapi.json"
    named.write_text("{}")
    (left,) = not_checked({"DISCORD_OPENAPI": str(named)})
    assert "MONTAGE_FACTS" in left and "DISCORD_OPENAPI" not in left
    with pytest.raises(FileNotFoundError, match="DISCORD_OPENAPI names"):
        not_checked({"DISCORD_OPENAPI": str(tmp_path / "another.json")})


@pytest.mark.parametrize("workers", ["0", "2"])
def test_the_end_of_a_run_says_it_once(workers: str) -> None:
    ended = run("-n", workers, "tests/test_contract.py::test_the_check_finds_a_description_that_is_too_long")
    assert ended.returncode == 0 and "1 skipped" in ended.stdout
    for reference in REFERENCES:
        assert ended.stdout.count(f"Not checked: {reference.unchecked}: {reference.variable}") == 1, ended.stdout


def test_a_slip_in_the_name_of_such_a_file_is_no_reason_to_skip() -> None:
    ended = run("tests/test_contract.py", DISCORD_OPENAPI="nowhere.json")
    assert ended.returncode != 0 and "DISCORD_OPENAPI names nowhere.json" in ended.stdout + ended.stderr
