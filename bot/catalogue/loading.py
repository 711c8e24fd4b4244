"""Files become montages; what is wrong with a file is said with its name, the field and the reason."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import tomli

import bot
from bot.aliases import JsonObject
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.definition import FIELDS, problems_of
from bot.catalogue.montage import Montage, Reading, Song
from bot.errors import StartError

# Beside the files: their ids, one a line, the best first.
ORDER = "editors-order.txt"
_PACKAGE = Path(bot.__file__).parent
# Votes are kept under this name, and it travels in buttons.
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*-\d{4}")
_NAME_AT_MOST = 64
_NAMED = (
    "needs a name like rocky-iv-1985.toml: small letters and digits, hyphens between them, the year at the end, "
    f"{_NAME_AT_MOST} characters at most before the .toml"
)


class Problem(NamedTuple):
    """One thing to mend in a montage's file."""

    file: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.reason}" if self.field else f"{self.file}: {self.reason}"


def catalogue_folder() -> Path:
    """Where the shipped montages are: inside an installed package, or `data/montages` of a checkout."""
    installed = _PACKAGE / "montages_data"
    return installed if installed.is_dir() else _PACKAGE.parent / "data" / "montages"


def read_montages(folder: Path) -> tuple[list[Montage], list[Problem]]:
    """Every montage of the folder that is sound, by id, and every problem of those that are not.

    Each has its place in the editors' order, where the folder holds one.
    """
    montages: list[Montage] = []
    problems: list[Problem] = []
    files = sorted(folder.glob("*.toml"))
    order = _order(folder / ORDER)
    ranks = {identity: rank for rank, identity in enumerate(order or (), 1)}
    for file in files:
        try:
            # tomllib's own code, compiled: three times as fast, and parsing is most of the loading.
            table = tomli.loads(file.read_text(encoding="utf-8"))
        except UnicodeDecodeError as problem:
            reason = f"is not in UTF-8 (byte {problem.start + 1} is the first that is not): save it so"
            problems.append(Problem(file.name, "", reason))
            continue
        except tomli.TOMLDecodeError as problem:
            problems.append(Problem(file.name, "", f"is not sound TOML: {problem}"))
            continue
        found = [Problem(file.name, field, reason) for field, reason in problems_of(FIELDS, table)]
        if not _NAME.fullmatch(file.stem) or len(file.stem) > _NAME_AT_MOST:
            found.append(Problem(file.name, "", _NAMED))
        problems += found
        if not found:
            montages.append(_montage(file.stem, table, ranks.get(file.stem)))
    problems += _problems_between(montages)
    if order is not None:
        problems += _problems_of_order(order, {file.stem for file in files})
    return montages, problems


def _order(file: Path) -> list[str] | None:
    """The ids in the editors' order; None where the folder has none."""
    if not file.is_file():
        return None
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _problems_of_order(order: Sequence[str], files: Collection[str]) -> Iterator[Problem]:
    for identity, times in Counter(order).items():
        if times > 1:
            yield Problem(ORDER, identity, "stands there more than once: leave one line")
        if identity not in files:
            yield Problem(ORDER, identity, "is no montage's file: mend the name or take the line out")
    for identity in sorted(set(files) - set(order)):
        yield Problem(f"{identity}.toml", "", f"has no place in the editors' order: give it a line in {ORDER}")


def _montage(identity: str, table: JsonObject, editors_rank: int | None) -> Montage:
    """The montage of a table that `problems_of` found nothing wrong with."""
    values: JsonObject = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    values["blurb"] = " ".join(values["blurb"].split())
    if "song" in values:
        values["song"] = Song(**values["song"])
    values["reading"] = tuple(Reading(**reading) for reading in values.get("reading", ()))
    return Montage(id=identity, editors_rank=editors_rank, **values)


def _problems_between(montages: Sequence[Montage]) -> list[Problem]:
    """What no single file can show: something given twice, a discipline that sits in two families."""
    problems = []
    scenes = Counter(m.label.casefold() for m in montages)
    families: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for montage in montages:
        families[montage.discipline][montage.family] += 1
    for montage in montages:
        if scenes[montage.label.casefold()] > 1:
            problems.append(Problem(f"{montage.id}.toml", "scene", "is in another file of this film too"))
        usual = families[montage.discipline].most_common(1)[0][0]
        if montage.family != usual:
            reason = f"{montage.discipline} is in the family {usual!r} elsewhere"
            problems.append(Problem(f"{montage.id}.toml", "family", reason))
    return problems


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The shipped catalogue. Raises StartError naming each bad file, field and reason."""
    folder = folder or catalogue_folder()
    montages, problems = read_montages(folder)
    if problems:
        listing = "\n".join(f"  {problem}" for problem in problems)
        raise StartError(f"The catalogue in {folder} has something to mend:\n{listing}", status=1)
    if not montages:
        raise StartError(f"There are no montages in {folder}.", status=1)
    return Catalogue(montages)
