"""What the bot says, in the language of whoever reads it. English is the message id, and what stands where a
translation is missing.
"""

from bot.languages.codes import ENGLISH, language_for, languages, own_name
from bot.languages.words import (
    N_,
    NN_,
    Words,
    _,
    language,
    listed,
    ngettext,
    numeral,
    percent,
    pgettext,
    speaking,
    words_of,
)

__all__ = [
    "ENGLISH",
    "NN_",
    "N_",
    "Words",
    "_",
    "language",
    "language_for",
    "languages",
    "listed",
    "ngettext",
    "numeral",
    "own_name",
    "percent",
    "pgettext",
    "speaking",
    "words_of",
]
