"""The filter options that `random`, `top`, `find`, the daily post and brackets share."""

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from cachetools import LRUCache
from discord import app_commands
from rapidfuzz import fuzz, process

from bot.aliases import Coro, JsonObject
from bot.catalogue.definition import AGES, KINDS, MEDIA, MOODS
from bot.catalogue.filters import DisciplineNames, Filters, describe
from bot.catalogue.montage import Montage
from bot.catalogue.names import country_name, language_name
from bot.catalogue.tokens import SYNONYMS, plain, plain_words, stem
from bot.languages import ENGLISH, N_, _, enumerated, language, numeral
from bot.ui.answers import Offer
from bot.ui.client import Interaction
from bot.ui.components import AnyInteraction, Item, choice
from bot.ui.context import guild_id_of
from bot.ui.text import as_sentence, capital, clean, cut, escape
from bot.ui.turns import in_portions

CHOICES_AT_MOST = 25
# Characters of what was typed that anything is compared with.
TYPED_AT_MOST = 100
# Longer than this nobody types by a slip: what does not stand there so is not looked for. It costs most where most
# is typed.
_SLIPS_AT_MOST = 40
# How alike (of 100) a part of a label must be to what was typed.
_NEAR = 75
# How alike (of 100) what was typed and what was meant must be: “karte” and “karate” are 91.
_SLIP = 80
# Servers whose choices are kept, about 30 kB each where they have montages of their own: making them takes 0.06 to
# 0.13 ms, at each key that is typed.
_GUILDS_KEPT = 100
# What nobody has filmed travels in buttons, too.
_UNKNOWN_AT_MOST = 24
Command = Callable[..., Coro[None]]
Choices: TypeAlias = list[app_commands.Choice[Any]]


# (label, value) of something to choose.
Offered = tuple[str, str]


def another_word_for(typed: str, label: str) -> float:
    """The share of the words of `label` that stand for what was typed: for soccer, all of football."""
    others = SYNONYMS.get(stem(typed))
    if not others:
        return 0.0
    words = plain_words(label)
    return sum(stem(word) in others for word in words) / max(len(words), 1)


def asked_in(typed: str) -> str:
    """What to compare with: without case and accents, and no more of it than an option holds."""
    return plain(cut(typed.strip(), TYPED_AT_MOST))


async def matching(typed: str, offered: Iterable[Offered | None], most: int = CHOICES_AT_MOST) -> list[Offered]:
    """At most so many of `offered` that fit what was typed: those with another word for it first, then those with a
    word that begins so, then those that only contain it or are a slip away.

    However many are offered (None: not to this person), the event loop waits for a few milliseconds at a time.
    """
    wanted = asked_in(typed)
    best: list[tuple[float, int, Offered]] = []
    seen = 0
    async for some in in_portions(offered):
        portion = [one for one in some if one is not None]
        if not wanted:
            best += [(0.0, seen + number, one) for number, one in enumerate(portion)]
        else:
            scores = _scores(wanted, [f" {plain(label)}" for label, _ in portion])
            best += [(-score, seen + number, portion[number]) for number, score in scores.items()]
        seen += len(portion)
        best = sorted(best)[:most]  # at most a portion more than wanted, and those that came first first
        if not wanted and len(best) == most:
            break
    return [one for _, _, one in best]


def _scores(wanted: str, labels: list[str]) -> dict[int, float]:
    """What each of the labels that fit scores, by its index."""
    scores: dict[int, float] = {}
    if len(wanted) <= _SLIPS_AT_MOST:
        found = process.extract(wanted, labels, scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=None)
        scores = {number: score for _, score, number in found}
    has_others = stem(wanted) in SYNONYMS
    for number, label in enumerate(labels):
        if wanted in label:
            scores[number] = 100 + 50 * (f" {wanted}" in label)
        if has_others and (share := another_word_for(wanted, label)):
            scores[number] = scores.get(number, 0.0) + 200 * share
    return scores


async def matching_choices(typed: str, offered: Iterable[Offered | None]) -> list[app_commands.Choice[str]]:
    """The same as choices for Discord."""
    made = [choice(label, value) for label, value in await matching(typed, offered)]
    return [one for one in made if one is not None]


class _FromCatalogue(app_commands.Transformer):
    """Base of an option whose values are what the server's catalogue holds."""

    def __init__(self) -> None:
        # What each server is offered in each language, beside the montages that it was made from.
        self._kept: LRUCache[tuple[int, str], tuple[Sequence[Montage], list[Offered]]] = LRUCache(_GUILDS_KEPT)

    async def _made_from(self, montages: Sequence[Montage]) -> list[Offered]:
        """Everything to choose from, for who can see these."""
        raise NotImplementedError

    async def offered(self, interaction: Interaction) -> list[Offered]:
        """The same for the server that asks; made anew when its catalogue has changed."""
        guild_id = guild_id_of(interaction)
        montages = interaction.client.catalogue.visible_to(guild_id)
        key = guild_id, language()
        kept = self._kept.get(key)
        if kept is None or kept[0] is not montages:
            kept = self._kept[key] = (montages, await self._made_from(montages))
        return kept[1]

    async def _found(self, typed: str, offered: list[Offered]) -> list[Offered]:
        """What fits what was typed: in the language being spoken or in English, in which the values are."""
        if language() == ENGLISH:
            return await matching(typed, offered)
        labels = {value: label for label, value in offered}
        both = [*offered, *((value, value) for value in labels)]
        found = dict.fromkeys(value for _, value in await matching(typed, both, 2 * CHOICES_AT_MOST))
        return [(labels[value], value) for value in found][:CHOICES_AT_MOST]

    async def autocomplete(self, interaction: AnyInteraction, value: int | float | str, /) -> Choices:
        found = await self._found(str(value), await self.offered(interaction))
        return [made for label, known in found if (made := choice(label, known)) is not None]

    async def transform(self, interaction: AnyInteraction, value: int | float | str, /) -> str:
        """The value of the label that was picked, or of the one typed with a slip, in part or in other words.

        Otherwise the text as it is, of which there is nothing: knitting is no monster hunting.
        """
        typed, offered = asked_in(str(value)), await self.offered(interaction)
        async for portion in in_portions(offered):
            for label, known in portion:
                if typed in (plain(known), plain(label)):
                    return known
        for label, known in await self._found(typed, offered):
            for meant in (plain(label), plain(known)):
                slip_or_part = f" {typed}" in f" {meant}" or fuzz.ratio(typed, meant) >= _SLIP
                if slip_or_part or another_word_for(typed, meant):
                    return known
        return cut(clean(str(value).replace("|", "")), _UNKNOWN_AT_MOST)


class _Discipline(_FromCatalogue):
    async def _made_from(self, montages: Sequence[Montage]) -> list[Offered]:
        names = DisciplineNames()
        async for portion in in_portions(montages):
            names.add(portion)
        return names.offered()


class _Country(_FromCatalogue):
    async def _made_from(self, montages: Sequence[Montage]) -> list[Offered]:
        countries = await _all_of(montages, lambda montage: montage.country)
        return _sorted((country_name(country), country) for country in countries)


class _Language(_FromCatalogue):
    async def _made_from(self, montages: Sequence[Montage]) -> list[Offered]:
        spoken = await _all_of(montages, lambda montage: montage.language)
        return _sorted((capital(language_name(one)), one) for one in spoken)


def _sorted(offered: Iterable[Offered]) -> list[Offered]:
    return sorted(offered, key=lambda one: plain(one[0]))


async def _all_of(montages: Sequence[Montage], values: Callable[[Montage], tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    async for portion in in_portions(montages):
        found.update(value for montage in portion for value in values(montage))
    return found


def _age(age: int) -> str:
    return f"From {age}" if age else "For all ages"


def _choice_of(values: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=value.capitalize(), value=value) for value in values]


_OPTIONS: dict[str, tuple[object, object, str]] = {
    "discipline": (app_commands.Transform[str, _Discipline], None, N_("A discipline, or a whole family of them")),
    "decade": (int, None, N_("The decade it was made in")),
    "kind": (str, None, N_("Training, makeover, heist prep …")),
    "mood": (str, None, N_("How it should feel")),
    "country": (app_commands.Transform[str, _Country], None, N_("Where the film comes from")),
    "language": (app_commands.Transform[str, _Language], None, N_("What is spoken in it")),
    "medium": (str, None, N_("Film, animation, documentary, series …")),
    "suitable_from": (int, None, N_("Nothing that wants an older audience than this")),
    "family_friendly": (bool, False, N_("Only what is known to be fit for children")),
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
    async def with_filters(*args: object, **options: Any) -> None:
        chosen = {name: options.pop(name) for name in _OPTIONS if name in options}
        await command(*args, **options, filters=Filters(**chosen))

    with_filters.__signature__ = plain.replace(parameters=parameters)  # type: ignore[attr-defined]
    decades = [app_commands.Choice(name=f"{decade}s", value=decade) for decade in range(2020, 1900, -10)]
    closed: JsonObject = {
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


# The button that asks again, with these filters and these words on it.
WayOn = Callable[[Filters, str], Item]
_WAYS_AT_MOST = 5


def nothing_matches(
    filters: Filters,
    montages: Sequence[Montage],
    way: WayOn | None = None,
    words: str = "",
    lead: str = N_("Nothing here is {asked}"),
) -> Offer:
    """What to say when none of `montages` passes: which filter to drop to get how many, each with its `way` there.

    `words` are those the montages were found by; empty when they are not searched. `lead` says where was looked.
    """
    asked = _together([f"**{escape(_said_of_one(name, value))}**" for name, value in filters.active.items()])
    nothing = _(lead, asked=asked)
    if words:
        nothing = _("Nothing I have for “{words}” is {asked}", words=escape(words), asked=asked)
    drops = filters.loosened(montages)[:_WAYS_AT_MOST]
    if not drops:
        return Offer(_("{nothing}, and no single filter is to blame. Ask for less at once.", nothing=nothing))
    labels = [
        _("Without “{filter}”: {number}", filter=describe(name, filters.active[name]), number=numeral(left))
        for name, left in drops
    ]
    if way is None:
        return Offer("\n".join(map(as_sentence, (nothing, *map(escape, labels)))))
    ways = [way(filters.without(name), label) for (name, _left), label in zip(drops, labels, strict=True)]
    return Offer(_("{nothing}. Let go of something?", nothing=nothing), *ways)


def _said_of_one(name: str, value: object) -> str:
    """A filter as it is said of a montage that passes it."""
    return _("from {decade}", decade=describe(name, value)) if name == "decade" else describe(name, value)


def _together(asked: Sequence[str]) -> str:
    if len(asked) > 2:
        return _("all of these at once: {filters}", filters=enumerated(asked))
    if len(asked) > 1:
        one, other = asked
        return _("both {one} and {other}", one=one, other=other)
    return asked[0]
