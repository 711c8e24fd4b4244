"""What is logged."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs
from bot.settings import Settings


@pytest.fixture
def restored() -> Iterator[None]:
    """The test run's own logging, back afterwards."""
    root, kept = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**kept)


@pytest.mark.usefixtures("restored")
def test_a_failure_on_a_terminal_shows_no_variables(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rich")  # with it structlog would show every variable of every frame
    set_up_logs(Settings(log_format="text"))
    secret = "".join(("what ", "somebody ", "typed"))
    try:
        raise ValueError(len(secret))
    except ValueError:
        structlog.get_logger("bot.test").exception("failed")
    logged = capsys.readouterr().err
    assert "ValueError: 19" in logged and "what somebody typed" not in logged
