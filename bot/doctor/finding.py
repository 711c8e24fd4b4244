"""One line of the doctor's report."""

from typing import Literal, NamedTuple

State = Literal["ok", "warning", "problem"]


class Finding(NamedTuple):
    """What was looked at, how it is, and for anything but `ok` what to do."""

    name: str
    state: State
    says: str
    remedy: str = ""


def ok(name: str, says: str) -> Finding:
    """It is well."""
    return Finding(name, "ok", says)


def warning(name: str, says: str, remedy: str) -> Finding:
    """It works, and should be looked at."""
    return Finding(name, "warning", says, remedy)


def problem(name: str, says: str, remedy: str) -> Finding:
    """The bot cannot run like this, or not for long."""
    return Finding(name, "problem", says, remedy)
