"""The filter options that `random`, `top` and `find` share."""

import functools
import inspect
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import discord
from discord import app_commands
from rapidfuzz import fuzz

from bot.catalogue.definition import AGES, KINDS, MEDIA, MOODS
from bot.catalogue.filters import Filters, disciplines
from bot.catalogue.montage import Montage
from bot.catalogue.tokens import ALIKE, plain_words, stem
from bot.ui.client import Interaction
from bot.ui.context import guild_id_of
from bot.ui.text import capital, escape

CHOICES_AT_MOST = 25
# How alike (of 100) what was typed and what was meant must be: “karte” and “karate” are 91.
_SLIP = 80
Command = Callable[..., Coroutine[Any, Any, None]]


def _another_word_for(typed: str, label: str) -> float:
    """The share of the words of `label` that stand for what was typed: for soccer, all of football."""
    others = ALIKE.get(stem(typed))
    if not others:
        return 0.0
    words = plain_words(label)
    return sum(stem(word) in others for word in words) / max(len(words), 1)


def matching_choices(typed: str, offered: list[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """At most 25 of `offered` (label, value) that fit what was typed: those with another word for it first,
    then those with a word that begins so, then those that only contain it or are a slip away.
    """
    wanted = typed.strip().casefold()
    if wanted:
        labels = [f" {label.casefold()}" for label, _ in offered]
        scores = [
            fuzz.partial_ratio(wanted, label)
            + 50 * (f" {wanted}" in label)
            + 200 * _another_word_for(wanted, label)
            for label in labels
        ]
        scored = sorted(zip(scores, offered, strict=True), key=lambda choice: -choice[0])
        offered = [choice for score, choice in scored if score >= 75]
    return [app_commands.Choice(name=label, value=value) for label, value in offered[:CHOICES_AT_MOST]]


class _FromCatalogue(app_commands.Transformer):
    """Base of an option whose values are what the server's catalogue holds."""

    def offered(self, interaction: Interaction) -> list[tuple[str, str]]:
        """(label, value) of everything to choose from."""
        raise NotImplementedError

    async def autocomplete(self, interaction: discord.Interaction[Any], value: Any, /) -> list[Any]:
        return matching_choices(str(value), self.offered(interaction))

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        """The value of the label that was picked, or of the one typed with a slip, in part or in other words.

        Otherwise the text as it is, of which there is nothing: knitting is no monster hunting.
        """
        typed, offered = str(value).strip().casefold(), self.offered(interaction)
        for label, known in offered:
            if typed in (known.casefold(), label.casefold()):
                return known
        for choice in matching_choices(typed, offered):
            meant = choice.name.casefold()
            slip_or_part = f" {typed}" in f" {meant}" or fuzz.ratio(typed, meant) >= _SLIP
            if slip_or_part or _another_word_for(typed, meant):
                return str(choice.value)
        return str(value)[:40].replace("|", "")


def _visible(interaction: Interaction) -> Sequence[Montage]:
    return interaction.client.catalogue.visible_to(guild_id_of(interaction))


class _Discipline(_FromCatalogue):
    def offered(self, interaction: Interaction) -> list[tuple[str, str]]:
        return disciplines(_visible(interaction))


class _Country(_FromCatalogue):
    def offered(self, interaction: Interaction) -> list[tuple[str, str]]:
        countries = {country for montage in _visible(interaction) for country in montage.country}
        return [(country, country) for country in sorted(countries)]


class _Language(_FromCatalogue):
    def offered(self, interaction: Interaction) -> list[tuple[str, str]]:
        languages = {language for montage in _visible(interaction) for language in montage.language}
        return [(capital(language), language) for language in sorted(languages)]


def _age(age: int) -> str:
    return f"From {age}" if age else "For all ages"


def _choice_of(values: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=value.capitalize(), value=value) for value in values]


_OPTIONS: dict[str, tuple[Any, Any, str]] = {
    "discipline": (app_commands.Transform[str, _Discipline], None, "A discipline, or a whole family of them"),
    "decade": (int, None, "The decade it was made in"),
    "kind": (str, None, "Training, makeover, heist prep …"),
    "mood": (str, None, "How it should feel"),
    "country": (app_commands.Transform[str, _Country], None, "Where the film comes from"),
    "language": (app_commands.Transform[str, _Language], None, "What is spoken in it"),
    "medium": (str, None, "Film, animation, documentary, series …"),
    "suitable_from": (int, None, "Nothing that wants an older audience than this"),
    "family_friendly": (bool, False, "Only what is known to be fit for children"),
}


def filtered(command: Command) -> Any:
    """Decorates a command that takes `filters: Filters`: people get one option for each filter."""
    plain = inspect.signature(command)
    parameters = [p for p in plain.parameters.values() if p.name != "filters"]
    parameters += [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=kind
            if kind is bool or default is not None
            else kind | None
            if isinstance(kind, type)
            else kind,
            default=default,
        )
        for name, (kind, default, _) in _OPTIONS.items()
    ]

    @functools.wraps(command)
    async def with_filters(*args: Any, **options: Any) -> None:
        chosen = {name: options.pop(name) for name in _OPTIONS if name in options}
        await command(*args, **options, filters=Filters(**chosen))

    with_filters.__signature__ = plain.replace(parameters=parameters)  # type: ignore[attr-defined]
    decades = [app_commands.Choice(name=f"{decade}s", value=decade) for decade in range(2020, 1900, -10)]
    closed: dict[str, Any] = {
        "decade": decades,
        "kind": _choice_of(KINDS),
        "mood": _choice_of(MOODS),
        "medium": _choice_of(MEDIA),
        "suitable_from": [app_commands.Choice(name=_age(age), value=age) for age in AGES],
    }
    described = app_commands.describe(**{name: says for name, (_, _, says) in _OPTIONS.items()})(with_filters)
    return app_commands.choices(**closed)(described)


def under_filters(heading: str, filters: Filters) -> str:
    """A list's heading, with the filters that it obeys in small print under it."""
    return f"{heading}\n-# {escape(str(filters))}" if filters.active else heading


def nothing_matches(filters: Filters, montages: Sequence[Montage], words: str = "") -> str:
    """What to say when none of `montages` passes: which filter to drop to get how many.

    `words` are those the montages were found by; empty when they are all there are.
    """
    asked = escape(str(filters))
    nothing = f"Nobody has filmed **{asked}** yet"
    if words:
        nothing = f"What I have for “{escape(words)}” is not **{asked}**"
    ways = [
        f"Drop **{escape(dropped)}** and there {'is' if number == 1 else 'are'} {number}."
        for dropped, number in filters.loosened(montages)
    ]
    if not ways:
        return f"{nothing}, and no single filter is to blame. Ask for less at once."
    return "\n".join((f"{nothing}.", *ways))
