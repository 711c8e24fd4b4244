"""Types that are written in one place."""

from collections.abc import Coroutine
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

# Data from outside, as JSON or TOML has it: looked into before it is believed.
JsonObject: TypeAlias = dict[str, Any]
# What calling an `async def` gives.
Coro: TypeAlias = Coroutine[Any, Any, T]
