"""Rhythms, days and times as people type them in other languages, by the CLDR and by what translators wrote."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily import typed_dates, typed_rhythms
from bot.daily.reading import minute_of
from bot.daily.rhythm import EVERY_DAY, MOST_DAYS, EveryDays, Weekdays, rhythm_words
from bot.daily.typed_rhythms import as_typed, read_rhythm
from bot.errors import UserError
from bot.languages import language, speaking
from bot.translating.extracting import everything
from bot.ui.dates import spoken
from tests.languages.speech import Said, speaking_of, write

TODAY = date(2026, 11, 26)  # a Thursday
# Messages that are lists, as the code has them.
NUMBERS, ALL_BUT, HOURS_AND_MINUTES, BESIDE_HOURS = (
    next(str(message.id) for message in everything() if message.context == "typed" and begun in str(message.id))
    for begun in ("1 = one", "{every_day} but", "{hour} hours {minute}", "half past {hour}")
)
LANGUAGES = ("de", "fr", "es", "es_419", "pt_BR", "it", "nl", "pl", "tr", "uk", "ja", "ko", "hi")


@pytest.fixture(scope="module", autouse=True)
def languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All of them without any translation, but for German."""
    folder = tmp_path_factory.mktemp("locales")
    for name in LANGUAGES:
        write(folder, name, {"Yes": "1"})
    german: Said = {
        "every day": "jeden Tag",
        "every day but {day}": "jeden Tag außer {day}",
        "from Monday to Friday": "von Montag bis Freitag",
        ("typed", "weekends, weekend"): "am Wochenende, Wochenende",
        ("typed", "to, till, until"): "bis",
        ("typed", "every, on, and, at, only, from, the"): "jeden, am, und, nur, von",
        ("typed", "every {number} weeks, {number} weeks"): "alle {number} Wochen",
        "tomorrow": "morgen",
        ("typed", "at, o'clock, hours"): "Uhr, um",
        ("typed", "on, until, till, the, next"): "am, bis, bis zum, nächsten",
        ("typed", "the day after tomorrow, in two days"): "übermorgen",
        ("typed", NUMBERS): "1 = ein/einen/einem/einer, 2 = zwei/zweiten, 3 = drei/dritten",
        ("typed", "Monday, Mondays"): "montags",
        ("typed", "every {number} days, {number} days"): "alle {number} Tage, jeden {number} Tag",
    }
    write(
        folder,
        "de",
        {**german, "every {number} day": ("jeden Tag", "alle {number} Tage")},
        {"every {number} day": "every {number} days"},
    )
    turkish: Said = {
        ("typed", "every, on, and, at, only, from, the"): "her, ve, günleri, -leri, -ları",
        ("typed", "to, till, until"): "ila, -den, -dan",
        ("typed", "inclusive"): "kadar, -ye, -ya",
    }
    write(folder, "tr", turkish)
    weekend: Said = {("typed", "weekends, weekend"): "le week-end, week-end"}
    write(folder, "fr", weekend)
    polish: Said = {
        ("typed", "at, o'clock, hours"): "godz, godz., o godz.",
        ("typed", "Wednesday, Wednesdays"): "środę",
        ("typed", "Friday, Fridays"): "piątki",
        ("typed", ALL_BUT): "{every_day} ale nie {days}",
    }
    write(folder, "pl", polish)
    write(folder, "pt_BR", {("typed", "Tuesday, Tuesdays"): "terças"})
    times: Said = {
        ("typed", "at, o'clock, hours"): "時, 시",
        ("typed", HOURS_AND_MINUTES): "{hour}時{minute}分, {hour}시 {minute}분",
        ("typed", BESIDE_HOURS): "30 = {hour}時半/{hour}시 반",
    }
    write(folder, "ko", times)
    hindi: Said = {
        ("typed", "in {number} days, {number} days from now"): "{number} दिन बाद",
        ("typed", "in {number} weeks, {number} weeks from now"): "{number} हफ़्ते बाद",
        ("typed", "at, o'clock, hours"): "बजे",
    }
    write(folder, "hi", hindi)
    japanese: Said = {
        ("typed", "in {number} months, {number} months from now"): "{number}ヶ月後",
        ("typed", "on, until, till, the, next"): "まで",
        **times,
    }
    write(folder, "ja", japanese)
    with speaking_of(folder):
        yield


@pytest.mark.parametrize("name", LANGUAGES)
@given(
    rhythm=st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays)
    | st.builds(EveryDays, st.integers(2, MOST_DAYS))
)
def test_what_is_offered_is_read_again(name: str, rhythm: Weekdays | EveryDays) -> None:
    with speaking(name):
        assert language() == name
        assert read_rhythm(as_typed(rhythm)) == rhythm
        assert len(as_typed(rhythm)) <= 60


@pytest.mark.parametrize("name", LANGUAGES)
@given(day=st.integers(1, 365).map(lambda days: date.fromordinal(TODAY.toordinal() + days)))
def test_a_day_as_it_is_said_is_read_again(name: str, day: date) -> None:
    with speaking(name):
        assert typed_dates.read_date(spoken(day), TODAY) == day


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_example_can_be_typed(name: str) -> None:
    with speaking(name):
        assert all(map(read_rhythm, typed_rhythms.rhythm_examples()))
        assert all(typed_dates.read_date(one, TODAY) for one in typed_dates.date_examples(TODAY))


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("de", "jeden Tag", "0123456"),
        ("de", "Mo, Mi und Fr", "024"),
        ("de", "montags", "0"),
        ("de", "Montag bis Freitag", "01234"),
        ("de", "Fr-Mo", "0456"),
        ("de", "am Wochenende", "56"),
        ("de", "jeden Tag außer Sonntag", "012345"),
        ("de", "Mon, Wed", "02"),
        ("fr", "lundi, mercredi", "02"),
        ("es", "miercoles", "2"),
        ("pt_BR", "segunda-feira, quarta", "02"),
        ("pt_BR", "seg-sex", "01234"),
        ("pl", "środę", "2"),
        ("pl", "piatki", "4"),
        ("tr", "Pazar", "6"),
        ("tr", "pazartesi", "0"),
        ("tr", "cumartesileri", "5"),
        ("tr", "SALI", "1"),
        ("tr", "pazartesiden perşembeye", "0123"),
        ("tr", "Pazartesi'den cumaya kadar, pazar", "012346"),
        ("fr", "week-end", "56"),
        ("fr", "lundi, le week-end", "056"),
        ("fr", "lundi-mercredi", "012"),
        ("pt_BR", "segunda-sexta", "01234"),
        ("pt_BR", "terças", "1"),
        ("uk", "п'ятниця", "4"),
        ("uk", "пн–пт", "01234"),
        ("ja", "月水金", "024"),
        ("ja", "月曜日〜金曜日", "01234"),
        ("ko", "월요일, 금요일", "04"),
        ("hi", "सोमवार, शुक्रवार", "04"),
        ("hi", "every day", "0123456"),
    ],
)
def test_days_of_the_week(name: str, typed: str, meant: str) -> None:
    with speaking(name):
        assert read_rhythm(typed) == Weekdays(frozenset(map(int, meant)))


def test_so_many_days() -> None:
    with speaking("de"):
        assert read_rhythm("alle 3 Tage") == EveryDays(3)
        assert read_rhythm("alle 2 Wochen") == EveryDays(14)
        assert read_rhythm("every 3 days") == EveryDays(3)
        assert read_rhythm("alle 99 Tage") is None
        assert rhythm_words(EVERY_DAY) == "jeden Tag"


@pytest.mark.parametrize(
    "typed", ["", "manchmal", "Montagsdemo", "bis", "M", "alle", "Mo, Quark", "Montagfrüh", "Sonnenbad"]
)
def test_what_means_nothing_is_not_guessed(typed: str) -> None:
    with speaking("de"):
        assert read_rhythm(typed) is None
        assert typed_dates.read_date(typed, TODAY) is None


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("de", typed) for typed in ("bis Freitag", "Montag bis", "Mo-", "Mo bis bis Fr", "nicht Montag")),
        *(("tr", typed) for typed in ("pazartesiden", "perşembeye", "pazartesisiz", "pazar kadar")),
        ("fr", "jeux"),
        ("es", "lunar"),
        ("tr", "pazarte"),
        ("pl", "nie"),
    ],
)
def test_half_of_what_is_meant_is_not_read(name: str, typed: str) -> None:
    with speaking(name):
        assert read_rhythm(typed) is None


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("de", "24. Dezember", date(2026, 12, 24)),
        ("de", "24. Dez. 2026", date(2026, 12, 24)),
        ("de", "in 2 Wochen", date(2026, 12, 10)),
        ("de", "3 Monate", date(2027, 2, 26)),
        ("de", "morgen", date(2026, 11, 27)),
        ("de", "Donnerstag", date(2026, 12, 3)),
        ("de", "24 December", date(2026, 12, 24)),
        ("de", "am 24. Dezember", date(2026, 12, 24)),
        ("de", "bis zum 24.12.", date(2026, 12, 24)),
        ("de", "Donnerstag, 24. Dezember", date(2026, 12, 24)),
        ("de", "bis nächsten Montag", date(2026, 11, 30)),
        ("de", "übermorgen", date(2026, 11, 28)),
        ("de", "in einem Monat", date(2026, 12, 26)),
        ("de", "in einer Woche", date(2026, 12, 3)),
        ("de", "24-12", date(2026, 12, 24)),
        ("de", "1-1-2027", date(2027, 1, 1)),
        ("de", "2027.1.31", date(2027, 1, 31)),
        ("de", "4/5", date(2027, 5, 4)),
        ("en", "24-12", date(2026, 12, 24)),
        ("ko", "12. 24.", date(2026, 12, 24)),
        ("ja", "4/5", date(2027, 4, 5)),
        ("ja", "1ヶ月後", date(2026, 12, 26)),
        ("ja", "12月24日まで", date(2026, 12, 24)),
        ("hi", "3 दिन बाद", date(2026, 11, 29)),
        ("hi", "2 हफ्ते बाद", date(2026, 12, 10)),
        ("hi", "२४ दिसम्बर", date(2026, 12, 24)),
        ("de", "2 weeks", date(2026, 12, 10)),
        ("fr", "1er janvier", date(2027, 1, 1)),
        ("es", "24 de diciembre de 2026", date(2026, 12, 24)),
        ("pl", "24 grudnia", date(2026, 12, 24)),
        ("tr", "24 Aralık", date(2026, 12, 24)),
        ("uk", "24 грудня", date(2026, 12, 24)),
        ("ja", "2026年12月24日", date(2026, 12, 24)),
        ("ja", "2週間後", date(2026, 12, 10)),
        ("ko", "12월 24일", date(2026, 12, 24)),
        ("hi", "२४ दिसंबर", date(2026, 12, 24)),
    ],
)
def test_days_ahead(name: str, typed: str, meant: date) -> None:
    with speaking(name):
        assert typed_dates.read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("name", "typed", "minute"),
    [
        ("de", "18:30 Uhr", 1110),
        ("de", "18 Uhr", 1080),
        ("fr", "18h30", 1110),
        ("fr", "18 h", 1080),
        ("ja", "18時30分", 1110),
        ("ja", "午後6時", 1080),
        ("ko", "오후 6:30", 1110),
        ("ko", "오후 6시 30분", 1110),
        ("hi", "१८:३०", 1110),
        ("pl", "godz. 18", 1080),
        ("de", "um 6 Uhr abends", 1080),
        ("es", "6 de la tarde", 1080),
        ("es", "7:30 de la noche", 1170),
        ("es", "6:30 p. m.", 1110),
        ("fr", "6 h du matin", 360),
        ("ja", "夜8時半", 1230),
        ("ko", "저녁 6시", 1080),
        ("hi", "शाम 6 बजे", 1080),
        ("en", "6:30 pm", 1110),
    ],
)
def test_times_of_day(name: str, typed: str, minute: int) -> None:
    with speaking(name):
        assert minute_of(typed) == minute


@pytest.mark.parametrize(
    ("name", "typed"), [("de", "18 Uhr morgens"), ("es", "3 de la madrugada y media"), ("fr", "samedi 18h")]
)
def test_no_time_of_day(name: str, typed: str) -> None:
    with speaking(name), pytest.raises(UserError):
        minute_of(typed)


@pytest.mark.parametrize(
    "typed", ["Montag, 24. Dezember", "am", "bis zum", "24. Dezember abends", "in drei Wochen Urlaub"]
)
def test_what_is_no_single_day(typed: str) -> None:
    with speaking("de"):
        assert typed_dates.read_date(typed, TODAY) is None


def test_numbers_in_words() -> None:
    with speaking("de"):
        assert read_rhythm("jeden zweiten Tag") == EveryDays(2)
        assert read_rhythm("alle zwei Wochen") == EveryDays(14)
        assert read_rhythm("alle zwei Jahre") is None
