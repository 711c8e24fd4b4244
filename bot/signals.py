"""What asks the process to end."""

import asyncio
import signal

import structlog

log = structlog.get_logger(__name__)


def ending_signals() -> set[signal.Signals]:
    """SIGTERM, SIGINT, and SIGHUP (the terminal is gone) unless that is to be ignored, as `nohup` asks."""
    numbers = {signal.SIGTERM, signal.SIGINT}
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        numbers.add(hangup)
    return numbers


def set_by_ending_signals() -> asyncio.Event:
    """Set by what asks the process to end. Each alone would end it at once, with answers half given."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        log.info("stopping")
        stopped.set()

    for number in ending_signals():
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt and cancels the task instead
            break
    return stopped
