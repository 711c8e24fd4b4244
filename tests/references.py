"""Files that do not belong to the project and that some tests compare with. The environment names them.

Where one is missing, those tests are skipped, and the end of the run says what was not checked.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Reference(NamedTuple):
    """`variable` names the file; `unchecked` is what nobody has looked at without it."""

    variable: str
    what: str
    unchecked: str

    def file(self, environment: Mapping[str, str] = os.environ) -> Path | None:
        """The file, if one is named. Raises FileNotFoundError for one that is not there: a slip must not pass."""
        named = environment.get(self.variable)
        if not named:
            return None
        path = Path(named)
        if not path.is_file():
            raise FileNotFoundError(f"{self.variable} names {named}, and there is no such file")
        return path


DISCORD_API = Reference(
    "DISCORD_OPENAPI",
    "Discord's published API description (openapi.json)",
    "whether Discord takes every command, message and form that the tests send",
)
FACTS = Reference(
    "MONTAGE_FACTS",
    "a file of checked facts",
    "the names, years and titles of the catalogue",
)
REFERENCES = (DISCORD_API, FACTS)


def not_checked(environment: Mapping[str, str] = os.environ) -> list[str]:
    """A sentence for each file that is missing."""
    return [
        f"{reference.unchecked}: {reference.variable} may name {reference.what}"
        for reference in REFERENCES
        if reference.file(environment) is None
    ]
