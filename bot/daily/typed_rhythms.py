"""The days on which a post comes, as people type them: in English, and in the language that they speak. No I/O."""

import re
from collections.abc import Callable, Iterator

from bot import languages
from bot.daily.rhythm import (
    EVERY_DAY,
    MOST_DAYS,
    WEEK,
    WEEKEND,
    WORKDAYS,
    EveryDays,
    Rhythm,
    Weekdays,
    rhythm_words,
)
from bot.daily.typed_words import (
    all_but,
    close,
    english_weekday,
    is_spaced,
    lowered,
    normalised,
    pieces,
    ways,
    weekday_words,
    with_digits,
)
from bot.languages import ENGLISH, _, enumerated, ngettext, pgettext
from bot.ui.dates import WEEKDAYS, short_weekday_names, weekday_names

_ORDINALS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "tenth": 10}
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = _ORDINALS | {word: number for number, word in enumerate(_NUMBERS, 2)}
_EVERY = re.compile(r"(?:(?:every|each) )?(?:(?P<number>\d{1,3}|[a-z]+)(?:st|nd|rd|th)? )?(?P<unit>days?|weeks?)")
# Said around the days: "every Friday", "once a week, on Friday", "only at weekends".
_FILLING = re.compile(r"\b(?:from|every|each|on|only|at|the|weekly|once a week|and|all)\b")
_BUT = re.compile(r"^every ?day (?:but|except|except for|without|not)\b")
_RANGE = re.compile(r"([a-z]+) (?:to|till|until|through|thru) ([a-z]+)")
_DASH = re.compile(r"\s*-\s*")
# Two letters of a day's name are enough in English.
_FEWEST_LETTERS = 2
_NO_DAY: frozenset[int] = frozenset()
# Between two days for all from one to the other, and behind the second of two.
_TO, _END = "to", "end"


def read_rhythm(typed: str) -> Rhythm | None:
    """The rhythm that `every day`, `Mon, Wed, Fri`, `weekends` or `every 3 days` means; None for anything else."""
    return (None if languages.language() == ENGLISH else _read_spoken(typed)) or _read_english(typed)


def as_typed(rhythm: Rhythm) -> str:
    """The shortest that `read_rhythm` reads the same way: `Mon, Wed, Fri`."""
    if isinstance(rhythm, EveryDays):
        return ngettext("every {number} day", "every {number} days", rhythm.number)
    if rhythm == EVERY_DAY:
        return _("every day")
    return enumerated(short_weekday_names()[day] for day in sorted(rhythm.days))


def rhythm_examples() -> list[str]:
    """Some of what may be typed."""
    some = as_typed(EVERY_DAY), as_typed(Weekdays(frozenset((0, 2, 4)))), _weekend()[0], as_typed(EveryDays(3))
    return list(some)


def offered_rhythms(typed: str) -> list[Rhythm]:
    """What to choose from while somebody types: what that means already, then what many want."""
    meant = read_rhythm(typed)
    likely = [rhythm for rhythm in _common() if normalised(typed) in normalised(rhythm_words(rhythm))]
    return list(dict.fromkeys([*([meant] if meant else []), *likely]))


def _common() -> list[Rhythm]:
    return [
        EVERY_DAY,
        Weekdays(WORKDAYS),
        Weekdays(WEEKEND),
        *(EveryDays(number) for number in (2, 3, 4, 5, 10, 14)),
        *(Weekdays(frozenset((day,))) for day in range(WEEK)),
    ]


# --- in the language that is spoken ---


def _read_spoken(typed: str) -> Rhythm | None:
    words = normalised(typed)
    if not words:
        return None
    if words in map(normalised, _always()):
        return EVERY_DAY
    if counted := _every_so_many(words):
        return counted
    said = next((rhythm for rhythm in _common() if normalised(rhythm_words(rhythm)) == words), None)
    ranged = normalised(_DASH.sub(f" {_until()[0]} ", _with_hyphens_spared(lowered(typed))))
    days = _days_not_spared(ranged) or _spoken_days(ranged)
    return said or (Weekdays(days) if days else None)


def _days_not_spared(words: str) -> frozenset[int] | None:
    """Of `jeden Tag außer sonntags` the other six, of `Mo-Fr außer Mi` the other four."""
    always = set(map(normalised, _always()))
    every_day = "|".join(map(re.escape, sorted(always, key=len, reverse=True)))
    for way in (_("every day but {day}", day="{days}"), *all_but()):
        # Other days stand for every day only where words tell them from those that are spared.
        apart = all(map(normalised, pieces(way)[2:-1:2]))
        for group in (every_day, ".+") if apart else (every_day,):
            match = _all_but_pattern(way, group).fullmatch(words)
            said = match and match.groupdict().get("every_day")
            all_days = EVERY_DAY.days if said is None or said in always else _spoken_days(said)
            spared = _spoken_days(match["days"]) if match else None
            if spared and all_days and spared < all_days:
                return all_days - spared
    return None


def _all_but_pattern(way: str, every_day: str) -> re.Pattern[str]:
    groups = {"every_day": f"(?P<every_day>{every_day})", "days": "(?P<days>.+)"}
    parts = (groups[part] if at % 2 else re.escape(normalised(part)) for at, part in enumerate(pieces(way)))
    return re.compile((r"\s+" if is_spaced() else r"\s*").join(filter(None, parts)))


def _every_so_many(words: str) -> Rhythm | None:
    """`alle 3 Tage`, `jede zweite Woche`, `om de dag`."""
    if words in map(normalised, _every_other_day()):
        return EveryDays(2)
    if words in map(normalised, _every_other_week()):
        return EveryDays(2 * WEEK)
    counted = with_digits(words)
    for number in sorted(
        {int(number) for number in re.findall(r"\d{1,3}", counted)} or {1}
    ):  # "every week" has none
        days = [ngettext("every {number} day", "every {number} days", number), *_every_days(number)]
        if _is_one_of(counted, days):
            return _every(number)
        if _is_one_of(counted, _every_weeks(number)):
            return _every(number * WEEK)
    return None


def _is_one_of(counted: str, said: list[str]) -> bool:
    return close(counted) in map(close, with_digits("\n".join(map(normalised, said))).split("\n"))


def _every(days: int) -> Rhythm | None:
    if days == 1:
        return EVERY_DAY
    return EveryDays(days) if 1 < days <= MOST_DAYS else None


def _spoken_days(words: str) -> frozenset[int] | None:
    """The days of the week that are named; None where anything else is, or nothing, or half of "from … to …"."""
    found: set[int] = set()
    last, ranging, ranged = None, False, False
    for meant in _meanings(words):
        if meant is None or (meant == _TO and (last is None or ranging)) or (meant == _END and not ranged):
            return None
        if isinstance(meant, str):
            ranging = meant == _TO
        elif meant != _NO_DAY:
            day = min(meant) if len(meant) == 1 else None
            if ranging and last is not None:
                if day is None:
                    return None
                found.update((last + step) % WEEK for step in range((day - last) % WEEK))
            found |= meant
            last, ranging, ranged = day, False, ranging
    return None if ranging else frozenset(found) or None


def _with_hyphens_spared(text: str) -> str:
    """Without the hyphens that words have inside, in whichever plural: `week-ends`, `segundas-feiras`."""
    spared = {
        way for way in (*weekday_names(), *_weekend(), *_workdays(), *_around()) if "-" in lowered(way).strip("-")
    }
    for way in spared:
        inside = r"(\w{0,2})-".join(map(re.escape, lowered(way).split("-")))
        text = re.sub(rf"(?<!\w){inside}", lambda found: found[0].replace("-", " "), text)
    return text


def _meanings(words: str) -> Iterator[frozenset[int] | str | None]:
    """What each word means: days (none, for what changes nothing), `_TO`, `_END`, or None for what is not known."""
    names = weekday_words()
    small = {way: meant for listed, meant in _SMALL_WORDS.items() for way in listed()}
    known: dict[str, frozenset[int] | str] = {
        normalised(way): meant for way, meant in small.items() if way[0] != "-"
    }
    known |= {normalised(way): WORKDAYS for way in _workdays()} | {normalised(way): WEEKEND for way in _weekend()}
    known |= {name: frozenset((day,)) for name, day in names.items()}
    endings = {normalised(way): meant for way, meant in small.items() if way[0] == "-"}
    one_of_them = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    end = r"(?!\S)" if is_spaced() else ""
    for found in re.finditer(rf"(?:{one_of_them}){end}|\S+", words):
        word = found[0]
        ended = [ending for ending in endings if word.endswith(ending) and word.removesuffix(ending) in known]
        if word in known or not ended:
            yield known.get(word)
        else:
            ending = max(ended, key=len)
            yield known[word.removesuffix(ending)]
            yield endings[ending]


def _always() -> list[str]:
    # For translators: ways to type that a post comes every day, with commas between them.
    return [_("every day"), *ways(pgettext("typed", "every day, daily, always"))]


def _weekend() -> list[str]:
    # For translators: ways to type that a post comes at weekends, with commas; the first is given as an example.
    return ways(pgettext("typed", "weekends, weekend"))


def _workdays() -> list[str]:
    # For translators: ways to type that a post comes from Monday to Friday, with commas between them.
    return ways(pgettext("typed", "weekdays, weekday, workdays, workday"))


def _every_days(number: int) -> list[str]:
    # For translators: ways to type that a post comes every 3 days, with commas between them.
    return ways(pgettext("typed", "every {number} days, {number} days", number=number))


def _every_weeks(number: int) -> list[str]:
    # For translators: ways to type that a post comes every 3 weeks, with commas between; those without {number} are
    # for every week.
    return ways(pgettext("typed", "every {number} weeks, {number} weeks", number=number))


def _every_other_day() -> list[str]:
    # For translators: ways to type that a post comes every other day, with commas between them.
    return ways(pgettext("typed", "every other day, every second day"))


def _every_other_week() -> list[str]:
    # For translators: ways to type that a post comes every other week, with commas between them.
    return ways(pgettext("typed", "every other week, fortnightly"))


def _around() -> list[str]:
    # For translators: what people type around days of the week and what changes nothing, with commas between;
    # an ending has a hyphen before it (-leri), and where any is written no other is read.
    return ways(pgettext("typed", "every, on, and, at, only, from, the"))


def _until() -> list[str]:
    # For translators: what people type between two days for all from one to the other, with commas between;
    # an ending of the first day has a hyphen before it (-den).
    return ways(pgettext("typed", "to, till, until"))


def _up_to() -> list[str]:
    # For translators: what people type behind the second of two days ("Monday to Friday inclusive"), with commas;
    # an ending has a hyphen before it (-ye).
    return ways(pgettext("typed", "inclusive"))


_SMALL_WORDS: dict[Callable[[], list[str]], frozenset[int] | str] = {_around: _NO_DAY, _up_to: _END, _until: _TO}


# --- in English ---


def _read_english(typed: str) -> Rhythm | None:
    words = " ".join(re.sub(r"[^\w-]|_", " ", lowered(typed)).replace("-", " to ").split())
    if words in ("daily", "everyday", "always"):
        return EVERY_DAY
    if match := _BUT.match(words):
        spared = _days(words[match.end() :])
        return Weekdays(EVERY_DAY.days - spared) if spared and spared != EVERY_DAY.days else None
    return _counted(words) or _on_weekdays(words)


def _counted(words: str) -> Rhythm | None:
    words = {"weekly": "every week", "fortnightly": "every 2 weeks"}.get(words, words)
    match = _EVERY.fullmatch(words)
    if match is None:
        return None
    written = match["number"] or "1"
    number = int(written) if written.isdigit() else _COUNTED.get(written, 0)
    number *= WEEK if match["unit"].startswith("week") else 1
    return _every(number)


def _on_weekdays(words: str) -> Rhythm | None:
    days = _days(words)
    return Weekdays(days) if days else None


def _days(words: str) -> frozenset[int] | None:
    """The days of the week that are named; None where anything else is, or nothing."""
    found: set[int] = set()
    ranges = _RANGE.findall(words)
    if len(ranges) < len(re.findall(r"\bfrom\b", words)):  # "from Monday" is no Monday
        return None
    for first, last in ranges:
        begin, end = _weekday(first), _weekday(last)
        if begin is None or end is None:
            return None
        found.update((begin + step) % WEEK for step in range((end - begin) % WEEK + 1))
    for word in _FILLING.sub(" ", _RANGE.sub(" ", words)).split():
        several = _several(word)
        if several is None:
            return None
        found |= several
    return frozenset(found) or None


def _several(word: str) -> frozenset[int] | None:
    if word in ("weekdays", "weekday", "workdays", "workday"):
        return WORKDAYS
    if word in ("weekends", "weekend"):
        return WEEKEND
    day = _weekday(word)
    return None if day is None else frozenset((day,))


def _weekday(word: str) -> int | None:
    """0 for `mon`, `monday` and `mondays`."""
    if languages.language() != ENGLISH:
        return english_weekday(word)
    for number, name in enumerate(WEEKDAYS):
        if len(word) >= _FEWEST_LETTERS and f"{name.casefold()}s".startswith(word):
            return number
    return {"tues": 1, "weds": 2, "thurs": 3}.get(word)
