"""What asks the process to end."""

import signal


def ending_signals() -> set[signal.Signals]:
    """SIGTERM, SIGINT, and SIGHUP (the terminal is gone) unless that is to be ignored, as `nohup` asks."""
    numbers = {signal.SIGTERM, signal.SIGINT}
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        numbers.add(hangup)
    return numbers
