"""What the settings panel asks: one question for each of `ServerChoices`, in the order of its pages. No I/O."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields

from bot.catalogue.definition import CONTENT_NOTES
from bot.errors import UserError
from bot.guilds.guild_settings import GuildSettings, SettingValue
from bot.languages import N_, _, language_for, languages, listed, ngettext, own_name, percent, speaking
from bot.ui.text import number_in

DEFAULTS: Mapping[str, SettingValue] = {f.name: getattr(GuildSettings(), f.name) for f in fields(GuildSettings)}


def role_words(role_ids: Iterable[str], *, either: bool = False) -> str:
    """The roles as mentions in a line: all of them, or one or the other."""
    return listed([f"<@&{role}>" for role in role_ids], either=either)


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is the choice that it decides, `label` its few words, `says` what it means; both as messages."""

    name: str
    label: str
    says: str

    def shown(self, value: SettingValue) -> str:
        """A value as words."""
        raise NotImplementedError

    def read(self, picked: list[str]) -> SettingValue:
        """The value of what was picked in Discord's control. Raises UserError for what is not offered."""
        raise NotImplementedError

    @property
    def default(self) -> SettingValue:
        """What holds where nobody chose."""
        return DEFAULTS[self.name]


@dataclass(frozen=True, slots=True)
class Toggle(Question):
    """Yes or no."""

    def shown(self, value: SettingValue) -> str:
        return _("on") if value else _("off")

    def read(self, picked: list[str]) -> bool:
        return picked == ["on"]


def _as_it_is(value: SettingValue) -> str:
    return str(value)


@dataclass(frozen=True, slots=True)
class OneOf(Question):
    """One of a few values; `words` says each."""

    offered: tuple[SettingValue, ...] = ()
    words: Callable[[SettingValue], str] = _as_it_is

    def values(self) -> tuple[SettingValue, ...]:
        """What there is to choose from."""
        return self.offered

    def shown(self, value: SettingValue) -> str:
        return self.words(value)

    def read(self, picked: list[str]) -> SettingValue:
        for value in self.values():
            if [str(value)] == picked:
                return value
        raise UserError(_("That is not on offer any more. Open `/settings` again, please."))


@dataclass(frozen=True, slots=True)
class Language(OneOf):
    """One of the languages that there are, or that which the server gave Discord."""

    def values(self) -> tuple[SettingValue, ...]:
        return (None, *languages())

    def shown(self, value: SettingValue) -> str:
        return own_name(str(value)) if value else _("the one this server gave Discord")


@dataclass(frozen=True, slots=True)
class Several(Question):
    """None, one or several of a list."""

    offered: tuple[str, ...] = ()
    none: str = N_("none")

    def shown(self, value: SettingValue) -> str:
        return listed(map(_, value)) if isinstance(value, tuple) and value else _(self.none)

    def read(self, picked: list[str]) -> tuple[str, ...]:
        return tuple(value for value in self.offered if value in picked)


@dataclass(frozen=True, slots=True)
class Roles(Question):
    """Any number of the server's roles, by their ids."""

    none: str = N_("none")

    def shown(self, value: SettingValue) -> str:
        return role_words(value) if isinstance(value, tuple) and value else _(self.none)

    def read(self, picked: list[str]) -> tuple[str, ...]:
        return tuple(role for role in picked if number_in(role) is not None)


@dataclass(frozen=True, slots=True)
class Channel(Question):
    """A channel to write in, or none; `forum`: one where each message is a post of its own will do, too."""

    none: str = N_("none")
    forum: bool = False

    def shown(self, value: SettingValue) -> str:
        return f"<#{value}>" if value else _(self.none)

    def read(self, picked: list[str]) -> int | None:
        return number_in(picked[0]) if picked else None


def _whole(value: SettingValue) -> int:
    return value if isinstance(value, int) else 0


def _votes(value: SettingValue) -> str:
    return ngettext("{number} vote", "{number} votes", _whole(value))


def _percent(value: SettingValue) -> str:
    return percent(_whole(value) / 100)


def _suggestions(value: SettingValue) -> str:
    return ngettext("{number} suggestion", "{number} suggestions", _whole(value))


def _days(value: int) -> str:
    return ngettext("{number} day", "{number} days", value)


def _pause(value: SettingValue) -> str:
    minutes = _whole(value)
    if not minutes:
        return _("no wait")
    if minutes < 60:
        return ngettext("{number} minute", "{number} minutes", minutes)
    return ngettext("{number} hour", "{number} hours", minutes // 60) if minutes < 1440 else _days(minutes // 1440)


def _age(value: SettingValue) -> str:
    return _days(_whole(value)) if value else _("any age")


def _voting_time(value: SettingValue) -> str:
    return _days(_whole(value)) if value else _("until it wins")


def _membership(value: SettingValue) -> str:
    return _days(_whole(value)) if value else _("not asked")


def sample(value: SettingValue, code: object) -> str:
    """How the bot sounds in the language that was chosen, or in the one the server gave Discord."""
    with speaking(language_for(value or code)):
        return _("I know a great many training montages, and I have seen every one too often.")


PAGES: Mapping[str, tuple[str, tuple[Question, ...]]] = {
    "suggestions": (
        N_("Suggestions"),
        (
            Channel(
                "suggestion_channel_id",
                N_("Channel"),
                N_("Where suggestions are posted, wherever they were made. In a forum each is a post of its own."),
                none=N_("where each was made"),
                forum=True,
            ),
            Channel(
                "moderator_channel_id",
                N_("Moderators' channel"),
                N_("Where moderators hear of reports, and of cards that I can't post."),
                none=N_("nowhere, only in the queue"),
            ),
            Toggle(
                "review_first",
                N_("Moderators look first"),
                N_("A suggestion is posted once a moderator allows it."),
            ),
            Toggle(
                "anonymous", N_("Without names"), N_("The card does not say who suggested. Moderators can see it.")
            ),
            Toggle("threads", N_("Threads"), N_("A thread under each suggestion, to talk about it.")),
            Toggle(
                "own_votes", N_("Votes for one's own"), N_("Members may vote on what they suggested themselves.")
            ),
            Toggle(
                "publish",
                N_("Publish"),
                N_("In an announcement channel, what is announced there goes to the servers that follow it."),
            ),
        ),
    ),
    "rules": (
        N_("Voting rules"),
        (
            OneOf(
                "margin",
                N_("Lead to win"),
                N_("A suggestion joins the catalogue with so many more votes for than against it …"),
                (1, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 50, 75, 100),
                _votes,
            ),
            OneOf(
                "share_percent",
                N_("Share to win"),
                N_("… and at least this share of all its votes."),
                (50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100),
                _percent,
            ),
            OneOf(
                "cooldown_minutes",
                N_("Pause between suggestions"),
                N_("How long a member waits from one suggestion to the next."),
                (0, 1, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 4320, 10080),
                _pause,
            ),
            OneOf(
                "open_per_member",
                N_("Open at once"),
                N_("How many suggestions of one member may wait for votes at the same time."),
                (1, 2, 3, 4, 5, 10, 20, 50),
                _suggestions,
            ),
            OneOf(
                "minimum_account_days",
                N_("Youngest account"),
                N_("How old a Discord account must be to suggest here or to vote on suggestions."),
                (0, 1, 3, 7, 14, 30, 60, 90, 180, 365),
                _age,
            ),
            OneOf(
                "voting_days",
                N_("Length of a vote"),
                N_("When it ends, what has not won is closed, “not this time”. A moderator can reopen it."),
                (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 90),
                _voting_time,
            ),
            Roles(
                "voter_roles",
                N_("Who votes"),
                N_("Members with any of these roles may vote on suggestions and in brackets …"),
                none=N_("everybody"),
            ),
            OneOf(
                "minimum_member_days",
                N_("Or time as a member"),
                N_("… and so may members of at least so long. Chosen alone, it goes for all. Cast votes stay."),
                (0, 1, 3, 7, 14, 30, 60, 90, 180, 365),
                _membership,
            ),
        ),
    ),
    "content": (
        N_("Content"),
        (
            Language(
                "language",
                N_("Language"),
                N_("What everybody reads here is said in it. What only one person sees comes in their own."),
            ),
            Several(
                "hidden_notes",
                N_("Hidden"),
                N_("Montages with any of these are never shown here: not picked, not found, not ranked."),
                CONTENT_NOTES,
                none=N_("nothing"),
            ),
            Toggle(
                "family_friendly_only",
                N_("Family friendly only"),
                N_(
                    "Only what is known to be fit for children from six years on. "
                    "Members' own suggestions carry no rating, so they rest meanwhile."
                ),
            ),
            Toggle("posters", N_("Posters"), N_("A film's poster on its card, if there is one.")),
        ),
    ),
}

# What stands on the pages of other features.
ELSEWHERE: Mapping[str, tuple[Question, ...]] = {
    "daily": (
        Toggle(
            "publish_daily",
            N_("Publish"),
            N_("In an announcement channel each post goes to the servers that follow it, with no counts on it."),
        ),
    ),
}

_ON_PAGE: Mapping[str, tuple[Question, ...]] = {
    **{page: questions for page, (_, questions) in PAGES.items()},
    **ELSEWHERE,
}
QUESTIONS: Mapping[str, Question] = {
    question.name: question for questions in _ON_PAGE.values() for question in questions
}


def questions_of(page: str, *, posters: bool) -> tuple[Question, ...]:
    """What a page asks; of posters only where the bot has any, of the language only where it speaks several."""
    idle = set() if posters else {"posters"}
    if len(languages()) == 1:
        idle.add("language")
    questions = PAGES[page][1] if page in PAGES else ()
    return tuple(question for question in questions if question.name not in idle)


def page_of(name: str) -> str:
    """The page that a question stands on."""
    return next(page for page, questions in _ON_PAGE.items() if name in {q.name for q in questions})
