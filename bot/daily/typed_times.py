"""Times of day as people type them, in English and in the language that they speak. No I/O."""

import re
import unicodedata

from bot import languages
from bot.daily.typed_words import LETTER, is_spaced, ways, weekday_words
from bot.languages import ENGLISH, pgettext, spoken_locale

_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_APOSTROPHES = str.maketrans("’ʼ", "''")
# Seconds of an hour, hours of a day, and how many hours people take a part of the day further than the CLDR does.
_SECONDS, _HOURS, _NEAR = 3_600, 24, 2


def read_time(typed: str) -> int | None:
    """The minute of the day (of 1,440) that `18:30`, `6.30 pm`, `0730` or `7` means, in English or as the language
    that is being spoken says it (`18 Uhr`); None for anything else.
    """
    match = _TIME.fullmatch(_with_clock_words(typed).strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def show_time(minute: int) -> str:
    """`18:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _with_clock_words(typed: str) -> str:
    """A time of day with digits and a colon, and with `am` or `pm` where the language says so in words."""
    text = unicodedata.normalize("NFKC", typed).casefold().translate(_APOSTROPHES)
    text = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)
    half = ""
    if languages.language() != ENGLISH:
        text, half = _without_time_of_day(text)
        words = sorted(map(str.casefold, _clock_words()), key=len, reverse=True)
        text = re.sub(rf"(?<!{LETTER})(?:{'|'.join(map(re.escape, words))})\.?(?!\w)", " ", text)
    text = re.sub(r"(?<=\d)\s*[時시点]\s*[半반]", ":30", text)
    text = re.sub(r"(?<=\d)\s*[時시点]\s*(?=\d)", ":", text)
    text = re.sub(r"(?<=\d)\s*(?:[時시点분分]|h(?![\w]))", " ", text)
    return f"{' '.join(text.split())}{half}"


def _clock_words() -> list[str]:
    # For translators: what people type around a time of day and what changes nothing, with commas between.
    return ways(pgettext("typed", "at, o'clock, hours"))


def _without_time_of_day(text: str) -> tuple[str, str]:
    """Without `de la tarde`, and `am` or `pm` for it; as it was where the two do not fit each other."""
    periods = spoken_locale().day_periods["format"]
    said: dict[str, set[str]] = {}
    for width in ("wide", "abbreviated"):
        for period, name in periods.get(width, {}).items():
            written = unicodedata.normalize("NFKC", str(name)).casefold().translate(_APOSTROPHES)
            said.setdefault(written, set()).add(period)
    end = rf"(?!{LETTER})" if is_spaced(weekday_words()) else ""
    for name in sorted(filter(None, said), key=len, reverse=True):
        rest = re.sub(rf"(?<!{LETTER}){re.escape(name)}{end}", " ", text, count=1)
        hour = re.search(r"\d{1,2}", rest)
        if rest == text or hour is None:
            continue
        half = min(said[name] & {"am", "pm"}, default=_half(int(hour[0]), _hours(said[name])))
        return (text, "") if half is None else (rest, half)
    return text, ""


def _hours(periods: set[str]) -> set[int]:
    """The hours of parts of the day, by the CLDR."""
    rules = spoken_locale().day_period_rules.get(None, {})
    hours: set[int] = set()
    for rule in (rule for period in periods for rule in rules.get(period) or () if "before" in rule):
        begin, end = rule["from"] // _SECONDS, rule["before"] // _SECONDS
        hours |= set(range(begin, end)) if begin < end else {*range(begin, _HOURS), *range(end)}
    return hours


def _half(hour: int, hours: set[int]) -> str | None:
    """The half of the day in which an hour is one of those, or near them as 7 is to the night; None for neither."""
    meant = {hour % 12: "am", hour % 12 + 12: "pm"} if 1 <= hour <= 12 else {hour: ""}
    far = {
        one: min((min((one - other) % _HOURS, (other - one) % _HOURS) for other in hours), default=_HOURS)
        for one in meant
    }
    nearest = [one for one in meant if far[one] == min(far.values())]
    return meant[nearest[0]] if len(nearest) == 1 and far[nearest[0]] <= _NEAR else None
