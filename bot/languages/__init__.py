"""What the bot says, in the language of whoever reads it. English is the message id, and what stands where a
translation is missing.
"""

from bot.languages.codes import ENGLISH, language_for, languages, own_name
from bot.languages.words import (
    N_,
    Words,
    _,
    language,
    listed,
    ngettext,
    number,
    pgettext,
    speaking,
    words_of,
)

__all__ = [
    "ENGLISH",
    "N_",
    "Words",
    "_",
    "language",
    "language_for",
    "languages",
    "listed",
    "ngettext",
    "number",
    "own_name",
    "pgettext",
    "speaking",
    "words_of",
]
