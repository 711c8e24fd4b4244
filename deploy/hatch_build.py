"""What building a wheel does besides: it compiles the translations. An editable install reads them as they are."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    """Puts a `.mo` in the place of every `.po`, those of the montages' texts beside those of what the bot says."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is put together."""
        if version == "editable":
            return
        self.made = TemporaryDirectory()
        for written in Path(self.root).glob("*/locales/*/LC_MESSAGES/*.po"):
            place = Path("bot", *written.relative_to(self.root).parts[1:]).with_suffix(".mo")
            made = Path(self.made.name, place)
            made.parent.mkdir(parents=True, exist_ok=True)
            with written.open("rb") as source, made.open("wb") as target:
                write_mo(target, read_po(source))
            build_data["force_include"][str(made)] = place.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when it stands."""
        if version != "editable":
            self.made.cleanup()
