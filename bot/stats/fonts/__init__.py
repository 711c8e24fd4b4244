"""The letters of pictures: a list of fonts, of which each has what those before it have not.

They are loaded by their files, so that a picture is the same on every machine. matplotlib shapes what it writes
(Devanagari, Arabic) from version 3.11 on.
"""

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font

_HERE = Path(__file__).parent
# Those beside this file: all scripts, of which one has letters that are bold. README.md says what each holds.
_SCRIPTS = (
    *("CJK.otf", "Devanagari.ttf", "Bengali.ttf", "Gurmukhi.ttf", "Gujarati.ttf"),
    *("Tamil.ttf", "Telugu.ttf", "Kannada.ttf", "Malayalam.ttf", "Thai.ttf"),
)
_BOLD = {"Devanagari.ttf": "Devanagari-Bold.ttf"}
# What stands for a letter that no font has, such as an emoji.
_MISSING = "·"
_ON_A_LETTER = ("Mn", "Me", "Mc", "Cf")


def font(*, bold: bool = False) -> FontProperties:
    """For matplotlib."""
    return FontProperties(family=_families(bold))


def drawable(words: str) -> str:
    """`words` with a dot for each letter that no font has, without marks on letters that no font has together with
    them, and without what nobody sees anyway.
    """
    shown, before = [], 0  # in which fonts the letter before is, with its marks
    for character in words:
        there = _letters().get(ord(character), 0)
        if unicodedata.category(character) not in _ON_A_LETTER:
            before = there
            shown.append(character if there else _MISSING)
        elif there & before:
            before &= there
            shown.append(character)
    return "".join(shown)


def width(words: str, size: float, dpi: int, *, bold: bool = False) -> float:
    """How many pixels `words` take at this size (in points)."""
    letters = get_font(files(bold))
    letters.set_size(size, dpi)
    letters.set_text(words)
    return float(letters.get_width_height()[0]) / 64  # FreeType measures in parts of a pixel


@cache
def files(bold: bool = False) -> list[str]:
    """The fonts' files, in the order in which a letter is looked for.

    Kept: 80 µs to find, and every width that is measured asks.
    """
    latin = Path(mpl.get_data_path(), "fonts", "ttf", f"DejaVuSans{'-Bold' if bold else ''}.ttf")
    others = [_HERE / f"NotoSans{_BOLD.get(name, name) if bold else name}" for name in _SCRIPTS]
    return [str(file) for file in (latin, *others)]


@cache
def _families(bold: bool) -> list[str]:
    """Names that no other font of the machine has, under which matplotlib finds these: it is told of each once."""
    names = [f"montage-{'bold' if bold else 'plain'}-{number}" for number in range(len(files(bold)))]
    for name, file in zip(names, files(bold), strict=True):
        fontManager.ttflist.append(FontEntry(fname=file, name=name, size="scalable"))
    return names


@cache
def _letters() -> dict[int, int]:
    """In which of the fonts each letter is: a bit for each. Kept: 13 ms to read."""
    found: dict[int, int] = {}
    for number, file in enumerate(files()):
        for code in FT2Font(file).get_charmap():
            found[code] = found.get(code, 0) | 1 << number
    return found
