"""What people who grew up with a language type for rhythms, dates and times, and what they get."""

from datetime import date

import pytest

from bot.daily.rhythm import EveryDays, Rhythm, Weekdays
from bot.daily.typed_dates import read_date
from bot.daily.typed_rhythms import read_rhythm
from bot.daily.typed_times import read_time
from bot.languages import speaking

# Every language with all that the CLDR knows of its days.
pytestmark = pytest.mark.thorough

TODAY = date(2026, 11, 26)  # a Thursday
DEC24 = date(2026, 12, 24)  # another


def _rhythm(meant: str) -> Rhythm | None:
    """`024` is Monday, Wednesday and Friday, `/3` every three days, `-` nothing that is read."""
    if meant == "-":
        return None
    return EveryDays(int(meant[1:])) if meant[0] == "/" else Weekdays(frozenset(map(int, meant)))


def _date(meant: str) -> date | None:
    """`12-24` is the next one, `+10` the tenth day from now."""
    if meant == "-":
        return None
    if meant[0] == "+":
        return date.fromordinal(TODAY.toordinal() + int(meant))
    month, day = map(int, meant.split("-"))
    here = date(TODAY.year, month, day)
    return here if here > TODAY else here.replace(year=TODAY.year + 1)


def _minute(meant: str) -> int | None:
    if meant == "-":
        return None
    hour, minute = map(int, meant.split(":"))
    return hour * 60 + minute


# A line for each: what is typed, a bar, what is meant.
RHYTHMS = {
    "en": """
        Mon–Fri | 01234
        Mon − Fri | 01234
        every day except Sunday | 012345
        Tue & Thu | 13
        weekends | 56
        every week | /7
        every third day | /3
        every two weeks | /14
        not today | -
        sometimes Monday | -
    """,
    "de": """
        jeden Tag außer sonntags | 012345
        täglich außer am Wochenende | 01234
        jeden Tag bis auf Montag und Dienstag | 23456
        Mo–Fr | 01234
        Mo−Mi | 012
        alle zehn Tage | /10
        alle vierzehn Tage | /14
        jede Woche | /7
        wöchentlich | /7
        an Freitagen | 4
        Di, Do | 13
        die | -
        Mitte | -
        mond | -
        Mon, Wed | 02
        frei | -
        jeden Monat | -
        jeden ersten Tag | -
    """,
    "fr": """
        tous les jours sauf le dimanche | 012345
        tous les jours sauf le week-end | 01234
        chaque jour excepté lundi et mardi | 23456
        lun–ven | 01234
        tous les quinze jours | /14
        tous les dix jours | /10
        chaque semaine | /7
        les mardis et jeudis | 13
        du lundi au vendredi | 01234
        tous les mois | -
        tu | -
    """,
    "es": """
        todos los días excepto los domingos | 012345
        todos los días menos sábados y domingos | 01234
        cada día salvo el lunes | 123456
        lun-vie | 01234
        cada diez días | /10
        cada quince días | /14
        cada semana | /7
        martes y jueves | 13
        de lunes a viernes | 01234
        cada mes | -
        sábana | -
        su | -
    """,
    "pt_BR": """
        todo dia exceto domingo | 012345
        todos os dias menos aos fins de semana | 01234
        todos os dias, menos segunda e terça | 23456
        seg–sex | 01234
        a cada dez dias | /10
        a cada quinze dias | /14
        toda semana | /7
        terças e quintas | 13
        de 2ª a 6ª | 01234
        segundo | -
        quarto | -
        todo mês | -
    """,
    "it": """
        tutti i giorni tranne la domenica | 012345
        ogni giorno eccetto il weekend | 01234
        ogni giorno escluso lunedì e martedì | 23456
        lun–ven | 01234
        ogni dieci giorni | /10
        ogni quindici giorni | /14
        ogni settimana | /7
        martedì e giovedì | 13
        dal lunedì al venerdì | 01234
        ogni mese | -
        su | -
        marte | -
    """,
    "nl": """
        elke dag behalve op zondag | 012345
        elke dag behalve in het weekend | 01234
        dagelijks maar niet op maandag | 123456
        ma–vr | 01234
        ma t/m vr | 01234
        elke tien dagen | /10
        om de veertien dagen | /14
        elke week | /7
        dinsdag en donderdag | 13
        elke maand | -
        maand | -
        vrij | -
        we | -
    """,
    "pl": """
        codziennie oprócz niedzieli | 012345
        codziennie poza weekendem | 01234
        każdego dnia z wyjątkiem poniedziałku i wtorku | 23456
        pn–pt | 01234
        co dziesięć dni | /10
        co czternaście dni | /14
        co tydzień | /7
        we wtorki i czwartki | 13
        od poniedziałku do piątku | 01234
        nie | -
        po | -
        we | -
        piąty | -
        środek | -
        co miesiąc | -
    """,
    "tr": """
        pazar hariç her gün | 012345
        hafta sonu hariç her gün | 01234
        her gün pazartesi ve salı dışında | 23456
        pzt–cum | 01234
        on günde bir | /10
        on dört günde bir | /14
        her hafta | /7
        salı ve perşembe | 13
        pazartesiden cumaya | 01234
        her ay | -
        su | -
        pazarlık | -
    """,
    "uk": """
        щодня крім неділі | 012345
        щодня, окрім вихідних | 01234
        щодня за винятком понеділка і вівторка | 23456
        пн–пт | 01234
        кожні десять днів | /10
        кожні чотирнадцять днів | /14
        щотижня | /7
        у вівторок і четвер | 13
        з понеділка до п'ятниці | 01234
        не | -
        середина | -
        четвертий | -
        щомісяця | -
    """,
    "ja": """
        日曜日以外毎日 | 012345
        日曜以外 | 012345
        毎日（土日以外） | 01234
        土日を除く毎日 | 01234
        月－金 | 01234
        月〜金 | 01234
        月~金 | 01234
        十日ごと | /10
        二週間ごと | /14
        毎週 | /7
        毎月曜 | 0
        毎日曜 | 6
        毎日曜日 | 6
        毎週火曜と木曜 | 13
        毎月 | -
        隔月 | -
        月1回 | -
        四十日ごと | -
        二十日ごと | /20
    """,
    "ko": """
        일요일 빼고 매일 | 012345
        매일 일요일 제외 | 012345
        주말 제외하고 매일 | 01234
        월－금 | 01234
        월~금 | 01234
        열흘마다 | /10
        2주마다 | /14
        매주 | /7
        매주 화요일, 목요일 | 13
        월요일부터 금요일까지 | 01234
        매월 | -
        월 1회 | -
        달마다 | -
    """,
    "hi": """
        रविवार को छोड़कर हर दिन | 012345
        इतवार छोड़कर रोज़ | 012345
        शनिवार और रविवार छोड़कर हर दिन | 01234
        सोम–शुक्र | 01234
        सोम－शुक्र | 01234
        सोमवार से शुक्रवार तक | 01234
        हर दस दिन में | /10
        हर हफ़्ते | /7
        हर दो हफ़्ते में | /14
        सोमवार में | 0
        मंगलवार और गुरुवार | 13
        वीकेंड | 56
        वीकडे | 01234
        परसों | -
        हर महीने | -
    """,
}
RHYTHMS["es_419"] = RHYTHMS["es"]

DATES = {
    "en": """
        24.12.26 | 12-24
        12/24/26 | 12-24
        Thu 24.12. | 12-24
        Thursday, 24 December | 12-24
        Fri 24.12. | -
        until the 10th | 12-10
        the 1st | 12-1
        24–12 | 12-24
        ２４．１２． | 12-24
        in two weeks | +14
        next Monday | 11-30
    """,
    "de": """
        24.12.26 | 12-24
        Do, 24.12. | 12-24
        Donnerstag, den 24.12. | 12-24
        Fr, 24.12. | -
        bis zum 10. | 12-10
        5. Jänner | 1-5
        3. Mrz | 3-3
        in vierzehn Tagen | +14
        in zehn Tagen | +10
        ersten Januar | 1-1
        übermorgen | +2
        die | -
        Mitte | -
        24 | -
        von 24. bis 26. Dezember | -
    """,
    "fr": """
        24/12/26 | 12-24
        jeu. 24/12 | 12-24
        jeudi 24 décembre | 12-24
        vendredi 24 décembre | -
        jusqu’au 10 | 12-10
        dans quinze jours | +15
        premier janvier | 1-1
        5 juill. | 7-5
        le 5 janv. | 1-5
        après-demain | +2
        lundi prochain | 11-30
    """,
    "es": """
        24/12/26 | 12-24
        jueves 24/12 | 12-24
        viernes 24/12 | -
        24 de diciembre del 2026 | 12-24
        5 de setiembre | 9-5
        hasta el 10 | 12-10
        primero de enero | 1-1
        dentro de quince días | +15
        pasado mañana | +2
        el próximo lunes | 11-30
        dos de enero | 1-2
    """,
    "pt_BR": """
        24/12/26 | 12-24
        qui, 24/12 | 12-24
        sexta, 24/12 | -
        1 dia | +1
        10 dias | +10
        dia 10 | 12-10
        até dia 10 | 12-10
        1º de janeiro | 1-1
        primeiro de janeiro | 1-1
        em quinze dias | +15
        depois de amanhã | +2
        até segunda | 11-30
    """,
    "it": """
        24/12/26 | 12-24
        gio 24/12 | 12-24
        ven 24/12 | -
        primo gennaio | 1-1
        1° gennaio | 1-1
        5 sett. | 9-5
        fino al 10 | 12-10
        fra quindici giorni | +15
        dopodomani | +2
        lunedì prossimo | 11-30
        24 dicembre | 12-24
    """,
    "nl": """
        24-12-26 | 12-24
        do 24-12 | 12-24
        vr 24-12 | -
        24ste december | 12-24
        5 mrt | 3-5
        tot de 10e | 12-10
        over tien dagen | +10
        over veertien dagen | +14
        overmorgen | +2
        volgende week maandag | 11-30
        maand | -
    """,
    "pl": """
        24.12.26 | 12-24
        czw. 24.12 | 12-24
        pt. 24.12 | -
        24-go grudnia | 12-24
        5 wrz | 9-5
        do 10-go | 12-10
        za dziesięć dni | +10
        za czternaście dni | +14
        pojutrze | +2
        pierwszego stycznia | 1-1
        nie | -
        do poniedziałku | 11-30
    """,
    "tr": """
        24.12.26 | 12-24
        24 aralığa kadar | 12-24
        24 Aralık'a kadar | 12-24
        24 Aralık Perşembe | 12-24
        24 Aralık Cuma | -
        ayın 10'una kadar | 12-10
        on gün sonra | +10
        on beş gün sonra | +15
        öbür gün | +2
        gelecek pazartesi | 11-30
        1 Ocak | 1-1
    """,
    "uk": """
        24.12.26 | 12-24
        чт, 24.12 | 12-24
        пт, 24.12 | -
        24-го грудня | 12-24
        5 кві | 4-5
        24 гру | 12-24
        до 10-го | 12-10
        через десять днів | +10
        через чотирнадцять днів | +14
        післязавтра | +2
        по п’ятницю | -
        першого січня | 1-1
        до понеділка | 11-30
    """,
    "ja": """
        10日まで | 12-10
        10日 | 12-10
        １２／２４ | 12-24
        26/12/24 | 12-24
        12月24日(木) | 12-24
        12月24日（金） | -
        12/24(木) | 12-24
        十二月二十四日 | 12-24
        12月6日(日) | 12-6
        12月7日(日) | -
        10日後 | +10
        10日間 | +10
        十日後 | +10
        明後日 | +2
        来週 | -
        次の月曜日 | 11-30
    """,
    "ko": """
        10일까지 | 12-10
        10일 | 12-10
        26. 12. 24. | 12-24
        12월 24일 목요일 | 12-24
        12월 24일 (금) | -
        12월 24일까지 | 12-24
        10일 뒤 | +10
        열흘 뒤 | +10
        보름 후 | +15
        모레 | +2
        다음주 월요일 | 11-30
        다음 주 월요일 | 11-30
    """,
    "hi": """
        24/12/26 | 12-24
        गुरुवार, 24/12 | 12-24
        शुक्रवार, 24/12 | -
        24 दिसम्बर तक | 12-24
        10 तारीख तक | 12-10
        दस दिन बाद | +10
        पंद्रह दिन बाद | +15
        परसों | +2
        सोमवार से | 11-30
        5 अक्तूबर | 10-5
        1 जनवरी | 1-1
    """,
}
DATES["es_419"] = DATES["es"]

TIMES = {
    "en": """
        noon | 12:00
        midnight | 0:00
        half past seven | 7:30
        quarter to 7 pm | -
        quarter past eight | 8:15
        seven o'clock | 7:00
        7 in the evening | 19:00
        7 p. m. | 19:00
        at 18:30 | 18:30
        5 minutes | -
        quarter to one | -
        twenty past seven | 7:20
        10 to 8 | 7:50
    """,
    "de": """
        halb acht | 7:30
        halb acht abends | 19:30
        7 Uhr am Abend | 19:00
        um sieben | 7:00
        18 Uhr 30 | 18:30
        18.30 Uhr | 18:30
        Mittag | 12:00
        Mitternacht | 0:00
        Viertel nach sieben | 7:15
        Viertel vor 8 | 7:45
        früh um 6 | 6:00
        6 Uhr früh | 6:00
        halb eins | -
        zehn nach acht | 8:10
        1 Uhr morgens | 1:00
        halb eins mittags | 12:30
        18 Uhr am Morgen | -
        Abend | -
        am | -
    """,
    "fr": """
        19h | 19:00
        19 heures 30 | 19:30
        sept heures et demie | 7:30
        7 h et quart du soir | 19:15
        huit heures moins le quart | 7:45
        midi | 12:00
        minuit | 0:00
        midi et demi | 12:30
        à 8 h du soir | 20:00
        7 heures de l'après-midi | 19:00
        5 minutes | -
        soir | -
    """,
    "es": """
        7 p. m. | 19:00
        7:30 a. m. | 7:30
        las siete y media | 7:30
        a las ocho menos cuarto | 7:45
        las siete y cuarto de la tarde | 19:15
        mediodía | 12:00
        medianoche | 0:00
        a las 8 de la noche | 20:00
        7 y 20 | 7:20
        19 hs | 19:00
        7 de la mañana | 7:00
        12 del mediodía | 12:00
    """,
    "pt_BR": """
        às sete e meia | 7:30
        sete e meia da noite | 19:30
        19h30 | 19:30
        19h30min | 19:30
        meio-dia | 12:00
        meia-noite | 0:00
        meio-dia e meia | 12:30
        quinze para as oito | 7:45
        8 da noite | 20:00
        1 da manhã | 1:00
        7 e 20 | 7:20
        às 7 da manhã | 7:00
    """,
    "it": """
        alle 19 | 19:00
        all'1 | 1:00
        alle sette e mezza | 7:30
        le 8 della sera | 20:00
        otto di sera | 20:00
        mezzogiorno | 12:00
        mezzanotte | 0:00
        mezzogiorno e mezza | 12:30
        otto meno un quarto | 7:45
        sette e un quarto | 7:15
        ore 19 | 19:00
        7 del mattino | 7:00
    """,
    "nl": """
        19u30 | 19:30
        19 uur | 19:00
        half acht | 7:30
        half acht 's avonds | 19:30
        8 uur in de avond | 20:00
        kwart over zeven | 7:15
        kwart voor acht | 7:45
        middernacht | 0:00
        zeven uur | 7:00
        7 uur ’s ochtends | 7:00
        19 uur 30 | 19:30
        half een | -
    """,
    "pl": """
        wpół do ósmej | 7:30
        wpół do ósmej wieczorem | 19:30
        o siódmej | 7:00
        siódma wieczorem | 19:00
        kwadrans po siódmej | 7:15
        za kwadrans ósma | 7:45
        południe | 12:00
        północ | 0:00
        w południe | 12:00
        o 19-tej | 19:00
        godz. 18:30 | 18:30
        o dziewiętnastej | 19:00
        8 rano | 8:00
    """,
    "tr": """
        yedi buçuk | 7:30
        akşam yedi buçukta | 19:30
        akşam 8'de | 20:00
        saat 19.30 | 19:30
        19'da | 19:00
        gece yarısı | 0:00
        sabah 7 | 7:00
        sekize çeyrek kala | -
        8'e çeyrek kala | 7:45
        7'yi çeyrek geçe | 7:15
        öğleden sonra 3 | 15:00
    """,
    "uk": """
        пів на восьму | 7:30
        о пів на восьму вечора | 19:30
        о сьомій | 7:00
        сьома вечора | 19:00
        чверть по сьомій | 7:15
        за чверть восьма | 7:45
        опівдні | 12:00
        опівночі | 0:00
        о 19 годині | 19:00
        7 год 30 хв | 7:30
        8 ранку | 8:00
        о 7 вечора | 19:00
    """,
    "ja": """
        夜の7時 | 19:00
        7時半ごろ | 7:30
        七時半 | 7:30
        8時5分 | 8:05
        午前0時 | 0:00
        午後0時30分 | 12:30
        午後12時 | -
        PM7:30 | 19:30
        正午 | 12:00
        深夜 | -
        深夜1時 | 1:00
        １８：３０ | 18:30
        夜8時頃 | 20:00
        朝七時 | 7:00
        二十時 | 20:00
    """,
    "ko": """
        7시 반쯤 | 7:30
        일곱 시 반 | 7:30
        저녁 일곱 시 | 19:00
        오후 7시 30분 | 19:30
        자정 | 0:00
        정오 | 12:00
        밤 열두 시 | 0:00
        낮 12시 | 12:00
        PM 7:30 | 19:30
        새벽 2시 | 2:00
        8시 5분 | 8:05
        저녁 8시에 | 20:00
    """,
    "hi": """
        साढ़े सात बजे | 7:30
        शाम साढ़े सात बजे | 19:30
        सवा आठ बजे | 8:15
        पौने आठ बजे | 7:45
        शाम को 7 बजे | 19:00
        रात के 9 बजे | 21:00
        रात 12 बजे | 0:00
        दोपहर 12 बजे | 12:00
        आधी रात | 0:00
        सुबह सात बजे | 7:00
        7 बजकर 20 मिनट | 7:20
        5 मिनट | -
    """,
}
TIMES["es_419"] = TIMES["es"]


def _lines(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (name, *(part.strip() for part in line.rsplit("|", 1)))  # type: ignore[misc]
        for name, lines in table.items()
        for line in lines.strip().splitlines()
    ]


@pytest.mark.parametrize(("name", "typed", "meant"), _lines(RHYTHMS))
def test_rhythms(name: str, typed: str, meant: str) -> None:
    with speaking(name):
        assert read_rhythm(typed) == _rhythm(meant)


@pytest.mark.parametrize(("name", "typed", "meant"), _lines(DATES))
def test_dates(name: str, typed: str, meant: str) -> None:
    with speaking(name):
        assert read_date(typed, TODAY) == _date(meant)


@pytest.mark.parametrize(("name", "typed", "meant"), _lines(TIMES))
def test_times(name: str, typed: str, meant: str) -> None:
    with speaking(name):
        assert read_time(typed) == _minute(meant)
