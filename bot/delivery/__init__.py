"""Messages that the bot posts by itself at a time: each exactly once, whatever happens on the way."""

from bot.delivery.channels import as_results, own_messages, send_once, tell_moderators, text_channel
from bot.delivery.delivery import (
    AT_ONCE,
    GIVE_UP_AFTER,
    LATER,
    REQUESTS_PER_SECOND,
    Claim,
    Delivery,
    FailureNotifier,
    LastingDelivery,
    LaterError,
    RefusedError,
    bare,
)
from bot.delivery.store import JobStore, LastingStore

__all__ = [
    "AT_ONCE",
    "GIVE_UP_AFTER",
    "LATER",
    "REQUESTS_PER_SECOND",
    "Claim",
    "Delivery",
    "FailureNotifier",
    "JobStore",
    "LastingDelivery",
    "LastingStore",
    "LaterError",
    "RefusedError",
    "as_results",
    "bare",
    "own_messages",
    "send_once",
    "tell_moderators",
    "text_channel",
]
