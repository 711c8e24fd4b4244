"""What the bot says, in the language of whoever reads it. English is the message id, and what stands where a
translation is missing.
"""

from bot.languages.codes import ENGLISH, language_for, languages, own_name
from bot.languages.saying import (
    N_,
    NN_,
    Said,
    _,
    apart,
    cities_of,
    enumerated,
    in_a_row,
    kept,
    language,
    listed,
    ngettext,
    now_said,
    numeral,
    one_after_the_other,
    percent,
    pgettext,
    said_of,
    speaking,
    spoken_locale,
)
from bot.languages.territories import territories, territory_name

__all__ = [
    "ENGLISH",
    "NN_",
    "N_",
    "Said",
    "_",
    "apart",
    "cities_of",
    "enumerated",
    "in_a_row",
    "kept",
    "language",
    "language_for",
    "languages",
    "listed",
    "ngettext",
    "now_said",
    "numeral",
    "one_after_the_other",
    "own_name",
    "percent",
    "pgettext",
    "said_of",
    "speaking",
    "spoken_locale",
    "territories",
    "territory_name",
]
