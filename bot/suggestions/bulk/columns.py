"""The columns of a list of suggestions: how headings are known, and cells that no spreadsheet runs. No I/O."""

import re
from collections.abc import Sequence

from bot.catalogue.tokens import plain_words
from bot.languages import _
from bot.suggestions.entry import LABELS

# In the order in which a list without a heading has them, and in which one is written.
COLUMNS = ("film", "year", "scene", "who", "why", "discipline", "link")
NEEDED = ("film", "year", "scene")

# What a heading may be called, in the languages that people keep lists in.
_HEADINGS: dict[str, str] = {
    "film": """
        film|movie|title|film title|movie title|titel|filmtitel|película|pelicula|título|titulo|titre|filme
        titolo|tytuł|tytul|elokuva|фильм|название|映画|作品|タイトル|영화|제목|电影|片名|फ़िल्म
        фільм|назва|film adı|başlık|tytuł filmu|शीर्षक|फिल्म
    """,
    "year": """
        year|release year|released|jahr|año|ano|année|annee|anno|jaar|år|rok|vuosi|год|年|公開年|연도|年份|वर्ष
        рік|yıl|yil|साल
    """,
    "scene": """
        scene|montage|moment|training|szene|escena|cena|scène|scena|kohtaus|сцена|場面|シーン|장면|场景|दृश्य
        момент|sahne|सीन
    """,
    "who": """
        who|by|from|suggested by|author|user|member|wer|von|mitglied|quién|quien|por|autor|qui|par|auteur|chi|da
        autore|wie|kto|кто|автор|誰|投稿者|누가|作者|कौन
        хто|kim|öneren|किसने
    """,
    "why": """
        why|reason|note|notes|comment|description|blurb|warum|grund|notiz|kommentar|beschreibung|por qué|por que
        motivo|porquê|nota|comentario|comentário|pourquoi|raison|commentaire|perché|commento|waarom|почему|理由|이유|原因|क्यों
        чому|причина|опис|neden|açıklama|dlaczego|powód|opis|reden|motivazione|कारण
    """,
    "discipline": """
        discipline|sport|disziplin|sportart|disciplina|deporte|esporte|дисциплина|種目|종목|项目|дисципліна|disiplin
        spor|dyscyplina|विधा|खेल
    """,
    "link": """
        link|url|address|web|website|video|clip|adresse|enlace|lien|ссылка|リンク|링크|链接|посилання|bağlantı|adres
        indirizzo|लिंक
    """,
}
_MAY_BE_RUN = re.compile(r"'*[=+\-@\t\r\n]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n]")


def _plain(heading: str) -> str:
    return " ".join(plain_words(heading)) or heading.strip().casefold()


_KNOWN = {
    _plain(heading): column
    for column, headings in _HEADINGS.items()
    for heading in re.split(r"[|\n]", headings)
    if heading.strip()
}


def column_of(heading: str) -> str | None:
    """The column that a heading names, also as the form labels it for whoever reads; None for one not known."""
    plain = _plain(heading)
    return _KNOWN.get(plain) or next(
        (column for column, label in LABELS.items() if _plain(_(label)) == plain), None
    )


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Where each column stands that these cells name, were they a heading; the first of two of one name."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        column = column_of(cell)
        if column is not None:
            found.setdefault(column, index)
    return found


def defused(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _MAY_BE_RUN.match(cell) else cell


def undefused(cell: str) -> str:
    """What `defused` was given."""
    return cell[1:] if _DEFUSED.match(cell) else cell
