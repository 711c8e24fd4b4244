"""Memory for what was used lately, and no more of it than is good."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Latest(Generic[K, V]):
    """Values (never None) by key, `most` of them at once: whatever was not used for longest makes room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: K) -> bool:
        return key in self._values

    def get(self, key: K) -> V | None:
        """The value, which counts as used; None where none is kept."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> V:
        """Keep the value, which counts as used; gives it back."""
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value

    def get_or_put(self, key: K, value: V) -> V:
        """What is kept already, or else the value, which is kept from now on."""
        kept = self.get(key)
        return self.put(key, value) if kept is None else kept

    def drop(self, key: K) -> None:
        """Keep it no longer, if it was kept."""
        self._values.pop(key, None)

    def clear(self) -> None:
        """Keep nothing of all that was kept."""
        self._values.clear()
