"""Words on their way to a card: cleaned, escaped, cut to length."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

# Cc control, Cf invisible format (bidi overrides, zero widths), Co private use, Cs half a character,
# Cn unassigned.
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
# Emoji need these two inside: a joiner between people, and the request for the coloured form.
_EMOJI_GLUE = {"\u200d", "\ufe0f"}

_SPOILER = "||"


def clean(text: str) -> str:
    """`text` as one line of characters that can be seen: no controls, no invisible tricks, single spaces.

    A letter keeps two combining marks at most, so that nothing grows over the lines above it.
    """
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif (category not in _UNSEEN or character in _EMOJI_GLUE) and marks <= 2:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if line.strip("".join(_EMOJI_GLUE) + " \u2800\u3164\u115f\u1160\uffa0") else ""


def escape(text: str) -> str:
    """`text` so that Discord shows it as it is: no Markdown, no mention, no link made of it."""
    escaped = re.sub(r"([\\*_`~|\[\]<])", r"\\\1", text)
    escaped = re.sub(r"^(\s*\d*)((?<!\d)[-#>+]|(?<=\d)\.)", r"\1\\\2", escaped, flags=re.MULTILINE)
    # A zero-width space keeps a name from being called, and an address or an invitation from being pressed.
    return re.sub(r"(?i)(@|discord(?=\.)|https?(?=:)|www(?=\.))", "\\1\u200b", escaped)


def prose(text: str) -> str:
    """`text` escaped, but for spoilers, which stay behind their bars."""
    return _SPOILER.join(map(escape, text.split(_SPOILER))) if text.count(_SPOILER) % 2 == 0 else escape(text)


def clip(text: str, length: int) -> str:
    """`text`, at most `length` characters, cut at a word where there is one."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:·") + "…"


def capital(text: str) -> str:
    """`text` with its first letter large."""
    return text[:1].upper() + text[1:]


def count(number: int, thing: str, things: str | None = None) -> str:
    """`1 vote`, `1,204 votes`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def number_in(text: str) -> int | None:
    """The whole number that `text` is; None for anything else, and for one that takes more than 64 bits."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else 2**63
    return number if number < 2**63 else None


def listed(items: Iterable[str], joiner: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *start, last = items
    return f"{', '.join(start)} {joiner} {last}" if start else last


def title(film: str, year: int) -> str:
    """`Rocky (1976)`, escaped."""
    return f"{escape(film)} ({year})"


def host_of(address: str) -> str:
    """`youtube.com` for an address there: people press a link only when they see where it leads."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
