"""Words on their way to Discord: cleaned, escaped, kept apart from their neighbours, cut to length.

Lengths are counted in UTF-16 code units, in which an emoji is two. Discord's servers count code points, its clients
the units; what fits the stricter of the two fits both.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from bot.catalogue.montage import Montage
from bot.catalogue.translated import localised
from bot.languages import _, language

# Cc control, Cf invisible format (bidi overrides, zero widths), Co private use, Cs half a character,
# Cn unassigned.
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
# What looks like nothing at all though it is a letter or a symbol: the blank Braille cell, the fillers of Hangul,
# a note without a head.
_BLANK = frozenset("\u2800\u3164\u115f\u1160\uffa0\U0001d159")
# Marks that nobody sees: the grapheme joiner, vowels of Khmer that are not written, selectors of Mongolian.
_UNSEEN_MARKS = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_TAGS = "\U000e0020-\U000e007f"
# The flags of England, Scotland and Wales: a black flag, the region's letters as tags, the end of the tags.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"
# Scripts in which a joiner or its opposite is spelling: from Arabic to Myanmar, from Khmer to Mongolian, and the
# like beyond. Persian writes U+200C inside words.
_SPELT = (
    "\u0600-\u109f\u1700-\u1aaf\u1b00-\u1bff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
# What emoji are made of; a joiner between two makes them one.
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
_GLUE = re.compile(f"[{_NON_JOINER}{_JOINER}{_TAGS}]")
# Characters remembered, about 100 bytes each: more than any language uses, less than there are.
_MET_AT_MOST = 20_000
_STRAY_TAG = re.compile(f"({_FLAG})|[{_TAGS}]")
_MANY_JOINERS = re.compile(f"([{_NON_JOINER}{_JOINER}])[{_NON_JOINER}{_JOINER}]+")
_STRAY_JOINER = re.compile(
    f"((?<=[{_SPELT}])[{_NON_JOINER}{_JOINER}](?=[{_SPELT}])|(?<=[{_EMOJI}\ufe0f]){_JOINER}(?=[{_EMOJI}]))"
    f"|[{_NON_JOINER}{_JOINER}]"
)
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Marks on one letter: those that pile up over and under it, and all together (Hebrew and Tibetan need four).
_PILED_AT_MOST, _MARKS_AT_MOST = 2, 4
# Combining classes from here on, and class 1, say "anywhere above, below or across": these can be piled up.
_PILING = 200

# An isolate keeps what it holds from turning the words around it: U+2068 opens it, U+2069 closes it.
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
# What turns a line around, and halves of characters, which no message can hold.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FROM_THE_RIGHT = {"R", "AL", "AN"}

# Characters that one may be made of: four people with their skins, joined.
_LONGEST_LETTER = 24

# Languages whose i keeps its dot when it grows.
_DOTTED = {"tr", "az"}
_SPOILER = "||"
_BREAK = "\u200b"


class _Characters(dict[int, str | None]):
    """For `str.translate`: what becomes of each character met so far, looked at by itself."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        shown: str | None = character
        if category in ("Cc", "Zl", "Zp") or character in _BLANK:
            shown = " "
        elif character in _UNSEEN_MARKS or (category in _UNSEEN and not _GLUE.match(character)):
            shown = None
        if len(self) >= _MET_AT_MOST:
            self.clear()
        self[code] = shown
        return shown


_SHOWN = _Characters()


# What no database may be given: U+0000, and halves of a character.
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


def keepable(typed: object) -> object:
    """JSON as Discord sends it, with every text in it such that it can be kept as typed, in any database."""
    if isinstance(typed, str):
        return typed if typed.isascii() and "\0" not in typed else _UNKEEPABLE.sub("", typed)
    if isinstance(typed, dict):
        return {name: keepable(value) for name, value in typed.items()}
    return [keepable(value) for value in typed] if isinstance(typed, list) else typed


def clean(text: str) -> str:
    """`text` as one line of characters that can be seen: no controls, no invisible tricks, single spaces.

    Spelling stays (U+200C in Persian, joiners and tags in emoji). A letter keeps a few marks, so that nothing grows
    over the lines around it; a mark without a letter goes.
    """
    line = " ".join(text.translate(_SHOWN).split())
    while not line.isascii():  # once what was between them has gone, neighbours may become one: to the last
        line, before = _spelt(unicodedata.normalize("NFC", line)), line
        if line == before:
            break
    return line


def _spelt(text: str) -> str:
    text = _STRAY_TAG.sub(r"\1", text)
    text = _STRAY_JOINER.sub(r"\1", _MANY_JOINERS.sub(r"\1", text))
    return " ".join(_combed(text).split())


def _combed(text: str) -> str:
    """Without marks that stand on nothing, twice, or in too great a number."""
    kept: list[str] = []
    marks: list[str] = []
    bare, piled = True, 0
    for character in text:
        if unicodedata.category(character) not in ("Mn", "Me"):
            if character not in (_NON_JOINER, _JOINER):
                marks, piled, bare = [], 0, character == " "
            kept.append(character)
            continue
        combining = unicodedata.combining(character)
        pile = combining >= _PILING or combining == 1 or unicodedata.category(character) == "Me"
        full = len(marks) >= _MARKS_AT_MOST or (pile and piled >= _PILED_AT_MOST)
        again = character in marks or (_SELECTOR.match(character) and any(map(_SELECTOR.match, marks)))
        if not (bare or full or again):
            marks.append(character)
            piled += pile
            kept.append(character)
    return "".join(kept)


def isolate(text: str) -> str:
    """`text`, in an isolate where it is written from right to left or holds something that is.

    Then the year and the votes after a Hebrew title stay after it.
    """
    if text.isascii():
        return text
    text = _TURNING.sub("", text)
    if any(unicodedata.bidirectional(character) in _FROM_THE_RIGHT for character in text):
        return f"{ISOLATE}{text}{END_OF_ISOLATE}"
    return text


def escape(text: str) -> str:
    """`text` inside a line of other words, so that Discord shows it as it is.

    No Markdown, no mention, no timestamp, no emoji of a server, no link made of it; an isolate where it needs one.
    """
    return isolate(_escaped(text))


def _escaped(text: str) -> str:
    escaped = re.sub(r"([\\*_`~|\[\]<])", r"\\\1", text)
    escaped = re.sub(r"^(\s*\d*)((?<!\d)[-#>+]|(?<=\d)\.)", r"\1\\\2", escaped, flags=re.MULTILINE)
    # A zero-width space keeps a name from being called, and an address (of any scheme) or an invitation from being
    # pressed; after `<` it ends mentions, timestamps, commands and emoji a second time.
    return re.sub(r"(?i)(@|<|discord(?:app)?(?=\.)|www(?=\.))|(?=://)", rf"\1{_BREAK}", escaped)


def prose(text: str) -> str:
    """`text` escaped as a paragraph of its own, but for spoilers, which stay behind their bars."""
    text = _TURNING.sub("", text)
    if text.count(_SPOILER) % 2:
        return _escaped(text)
    return _SPOILER.join(map(_escaped, text.split(_SPOILER)))


def inline_prose(text: str) -> str:
    """The same inside a line of other words."""
    return isolate(prose(text))


def length(text: str) -> int:
    """How long Discord may find `text`, in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """As much of `text` as fits into `most`, without half an emoji, half a letter or an isolate left open."""
    if length(text) <= most:
        return text
    kept = _beginning(text, most)
    return f"{_beginning(text, most - 1)}{END_OF_ISOLATE}" if _is_open(kept) else kept


def clip(text: str, most: int) -> str:
    """`text`, at most `most` long, cut at a word where there is one."""
    if length(text) <= most:
        return text
    kept = _beginning(text, most - 2 if _is_open(_beginning(text, most - 1)) else most - 1)
    if " " in kept[len(kept) // 2 :]:
        kept = kept.rsplit(" ", 1)[0]
    return f"{kept.rstrip(' ,;:·')}…{END_OF_ISOLATE if _is_open(kept) else ''}"


def clip_shown(text: str, most: int) -> str:
    """The same for a line that is escaped already: neither half an escape nor half of `**` is left at its end."""
    if length(text) <= most:
        return text
    kept = _beginning(text, most - 4)  # room for what has to be closed
    kept = _without_half_an_escape(_without_half_an_escape(kept).rstrip("*"))
    bold = "**" if re.sub(r"\\.", "", kept).count("**") % 2 else ""
    return f"{kept}…{END_OF_ISOLATE if _is_open(kept) else ''}{bold}"


def _without_half_an_escape(text: str) -> str:
    slashes = len(text) - len(text.rstrip("\\"))
    return text[: len(text) - slashes % 2]


def _is_open(text: str) -> bool:
    return text.count(ISOLATE) > text.count(END_OF_ISOLATE)


def _beginning(text: str, most: int) -> str:
    """The first `most` code units, less what would part a letter or an emoji from what belongs to it."""
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * max(most, 0)].decode("utf-16-le", "ignore")
    for end in range(len(kept), max(len(kept) - _LONGEST_LETTER, -1), -1):
        if not _inside_letter(text, end):
            return kept[:end]
    return kept


def _inside_letter(text: str, at: int) -> bool:
    """Whether a cut there would part what is one letter or one emoji."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (
        before in (_JOINER, _NON_JOINER)
        or after in (_JOINER, _NON_JOINER)
        or unicodedata.category(after) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
    )


def label(film: str, year: int, scene: str) -> str:
    """`Rocky IV (1985): Farm in the snow`, for lists that show plain text."""
    return named(f"{isolate(film)} ({year})", isolate(scene))


def montage_label(montage: Montage) -> str:
    """The same of a montage, in the language that is being spoken."""
    told = localised(montage)
    return label(told.film, told.year, told.scene)


def capital(text: str) -> str:
    """`text` with its first letter large, as the language that is being spoken does it."""
    if text.startswith("i") and language() in _DOTTED:
        return f"İ{text[1:]}"
    return text[:1].upper() + text[1:]


def named(name: str, text: str) -> str:
    """`name: text`, with the colon as the language writes it."""
    return _("{name}: {text}", name=name, text=text)


def boldly_named(name: str, text: str) -> str:
    """`**name:** text`."""
    return _("**{name}:** {text}", name=name, text=text)


def quoted(text: str) -> str:
    """`“text”`, between the marks of the language that is being spoken."""
    return _("“{text}”", text=text)


def bracketed(text: str, note: str) -> str:
    """`text (note)`, in the brackets that the language uses."""
    return _("{text} ({note})", text=text, note=note)


def as_sentence(text: str) -> str:
    """`text.`, with the full stop that the language has."""
    return _("{text}.", text=text)


def count(number: int, thing: str, things: str | None = None) -> str:
    """`1 vote`, `1,204 votes`, for operators, who read English."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def number_in(text: str) -> int | None:
    """The whole number that `text` is; None for anything else, and for one that takes more than 64 bits."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else 2**63
    return number if number < 2**63 else None


def title(film: str, year: int) -> str:
    """`Rocky (1976)`, escaped."""
    return f"{escape(film)} ({year})"


def montage_title(montage: Montage) -> str:
    """The same of a montage, under the title that the language being spoken knows it by."""
    return title(localised(montage).film, montage.year)


def montage_line(montage: Montage) -> str:
    """`**Rocky (1976)** Roadwork and the museum steps`, escaped, in the language that is being spoken."""
    told = localised(montage)
    return f"**{title(told.film, told.year)}** {escape(told.scene)}"


def host_of(address: str) -> str:
    """`youtube.com` for an address there: people press a link only when they see where it leads."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
