"""Failures, and what the person sees of them."""

import secrets

import structlog

from bot.languages import _, now_said

log = structlog.get_logger(__name__)

# Read aloud without mistakes: no vowels that make words, nothing that looks like something else.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


class UserError(Exception):
    """Something the person can understand and mend; the message is shown to them as it stands."""


# Exit statuses. A service manager must not restart after the first: somebody has to do something, and each
# new try would be one more refused login. After the second the next try may work by itself.
ACT = 2
AGAIN = 75


class StartError(Exception):
    """The bot cannot start; the message tells the operator what to do. `status` is the exit status."""

    def __init__(self, message: str, status: int = ACT) -> None:
        super().__init__(message)
        self.status = status


def sentence_in(error: BaseException) -> str | None:
    """The sentence that `error`, or what caused it, holds for the person; None for anything unforeseen."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, UserError):
            return now_said(cause.args[0]) if cause.args else ""
        cause = cause.__cause__ or getattr(cause, "original", None)
    return None


def logged(error: BaseException, **context: object) -> str:
    """Log an unforeseen error with its traceback; returns the reference under which the log has it.

    `context`: ids, never texts.
    """
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    log.error("failed", reference=reference, exc_info=error, **context)
    return reference


def sentence_for(error: BaseException, **context: object) -> str:
    """What the person is told about `error`; anything unforeseen is logged under the reference they see.

    `context` (ids, never texts) goes into the log beside the traceback.
    """
    if (sentence := sentence_in(error)) is not None:
        return sentence
    reference = logged(error, **context)
    return _(
        "Something tripped over its own laces, and it was me, not you. Look whether it went through before you try "
        "it once more. If it keeps happening, tell whoever runs this bot the reference **{reference}**.",
        reference=reference,
    )
