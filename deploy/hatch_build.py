"""What building does besides: it compiles the translations, for an editable install beside their sources."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    """Makes a `.mo` of every `.po`: of what the bot says, and of the montages' texts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is put together."""
        self.made = TemporaryDirectory()
        for written in Path(self.root).glob("*/locales/*/LC_MESSAGES/*.po"):
            if version == "editable":
                _compile(written, written.with_suffix(".mo"))
                continue
            place = Path("bot", *written.relative_to(self.root).parts[1:]).with_suffix(".mo")
            made = Path(self.made.name, place)
            made.parent.mkdir(parents=True, exist_ok=True)
            _compile(written, made)
            build_data["force_include"][str(made)] = place.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when it stands."""
        self.made.cleanup()


def _compile(written: Path, made: Path) -> None:
    with written.open("rb") as source, made.open("wb") as target:
        write_mo(target, read_po(source))
