"""What a person sees after pressing something."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.standin.payloads import Raw


@dataclass(slots=True)
class Answer:
    """One answer: `kind` is Discord's callback type (4 message, 6 later, 7 update, 8 choices, 9 form)."""

    kind: int
    data: Raw
    message: Raw | None = None

    @property
    def components(self) -> list[Raw]:
        """Of the message as it stands now, or of the form."""
        found: list[Raw] = (self.message or self.data).get("components", [])
        return found

    @property
    def private(self) -> bool:
        """Whether only the person sees it."""
        return bool((self.message or self.data).get("flags", 0) & 64)

    @property
    def text(self) -> str:
        """All text of it, as sent."""
        return "\n".join(c["content"] for c in walk(self.components) if c["type"] == 10)

    def custom_id(self, label: str) -> str:
        """Of the button whose label begins with `label`."""
        (found,) = (c["custom_id"] for c in walk(self.components) if (c.get("label") or "").startswith(label))
        return str(found)


def walk(components: Any) -> Iterator[Raw]:
    """Every component, nested ones included."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        yield from walk(component[name] for name in ("accessory", "component") if name in component)
