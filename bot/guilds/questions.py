"""What the settings panel asks: one question for each of `ServerChoices`, in the order of its pages. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from bot.catalogue.definition import CONTENT_NOTES
from bot.errors import UserError
from bot.guilds.guild_settings import GuildSettings, SettingValue
from bot.ui.text import count, listed, number_in

DEFAULTS: Mapping[str, SettingValue] = {f.name: getattr(GuildSettings(), f.name) for f in fields(GuildSettings)}


def role_words(role_ids: Iterable[str], joiner: str) -> str:
    """The roles as mentions in a line."""
    return listed([f"<@&{role}>" for role in role_ids], joiner)


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is the choice that it decides, `label` its few words, `says` what it means."""

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
        return "on" if value else "off"

    def read(self, picked: list[str]) -> bool:
        return picked == ["on"]


@dataclass(frozen=True, slots=True)
class OneOf(Question):
    """One of a few; `offered` holds (value, its words)."""

    offered: tuple[tuple[SettingValue, str], ...] = ()

    def shown(self, value: SettingValue) -> str:
        return next((words for known, words in self.offered if known == value), str(value))

    def read(self, picked: list[str]) -> SettingValue:
        for value, _ in self.offered:
            if [str(value)] == picked:
                return value
        raise UserError("That is not on offer any more. Open `/settings` again, please.")


@dataclass(frozen=True, slots=True)
class Several(Question):
    """None, one or several of a list."""

    offered: tuple[str, ...] = ()
    none: str = "none"

    def shown(self, value: SettingValue) -> str:
        return listed(value) if isinstance(value, tuple) and value else self.none

    def read(self, picked: list[str]) -> tuple[str, ...]:
        return tuple(value for value in self.offered if value in picked)


@dataclass(frozen=True, slots=True)
class Roles(Question):
    """Any number of the server's roles, by their ids."""

    none: str = "none"

    def shown(self, value: SettingValue) -> str:
        return role_words(value, "and") if isinstance(value, tuple) and value else self.none

    def read(self, picked: list[str]) -> tuple[str, ...]:
        return tuple(role for role in picked if number_in(role) is not None)


@dataclass(frozen=True, slots=True)
class Channel(Question):
    """A channel to write in, or none; `forum`: one where each message is a post of its own will do, too."""

    none: str = "none"
    forum: bool = False

    def shown(self, value: SettingValue) -> str:
        return f"<#{value}>" if value else self.none

    def read(self, picked: list[str]) -> int | None:
        return number_in(picked[0]) if picked else None


def _numbers(*values: int, unit: str = "", none: str = "") -> tuple[tuple[int, str], ...]:
    def words(value: int) -> str:
        if value == 0 and none:
            return none
        return count(value, unit) if unit.isalpha() else f"{value}{unit}"

    return tuple((value, words(value)) for value in values)


def _minutes(*values: int) -> tuple[tuple[int, str], ...]:
    def words(value: int) -> str:
        if value < 60:
            return count(value, "minute") if value else "no wait"
        return count(value // 60, "hour") if value < 1440 else count(value // 1440, "day")

    return tuple((value, words(value)) for value in values)


PAGES: Mapping[str, tuple[str, tuple[Question, ...]]] = {
    "suggestions": (
        "Suggestions",
        (
            Channel(
                "suggestion_channel_id",
                "Channel",
                "Where suggestions are posted, wherever they were made. In a forum each is a post of its own.",
                none="where each was made",
                forum=True,
            ),
            Channel(
                "moderator_channel_id",
                "Moderators' channel",
                "Where moderators hear of reports, and of cards that I can't post.",
                none="nowhere, only in the queue",
            ),
            Toggle("review_first", "Moderators look first", "A suggestion is posted once a moderator allows it."),
            Toggle("anonymous", "Without names", "The card does not say who suggested. Moderators can see it."),
            Toggle("threads", "Threads", "A thread under each suggestion, to talk about it."),
            Toggle("own_votes", "Votes for one's own", "Members may vote on what they suggested themselves."),
            Toggle(
                "publish",
                "Publish",
                "In an announcement channel, what is announced there goes to the servers that follow it.",
            ),
        ),
    ),
    "rules": (
        "Voting rules",
        (
            OneOf(
                "margin",
                "Lead to win",
                "A suggestion joins the catalogue with so many more votes for than against it …",
                _numbers(1, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 50, 75, 100, unit="vote"),
            ),
            OneOf(
                "share_percent",
                "Share to win",
                "… and at least this share of all its votes.",
                _numbers(50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, unit="%"),
            ),
            OneOf(
                "cooldown_minutes",
                "Pause between suggestions",
                "How long a member waits from one suggestion to the next.",
                _minutes(0, 1, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 4320, 10080),
            ),
            OneOf(
                "open_per_member",
                "Open at once",
                "How many suggestions of one member may wait for votes at the same time.",
                _numbers(1, 2, 3, 4, 5, 10, 20, 50, unit="suggestion"),
            ),
            OneOf(
                "minimum_account_days",
                "Youngest account",
                "How old a Discord account must be to suggest here or to vote on suggestions.",
                _numbers(0, 1, 3, 7, 14, 30, 60, 90, 180, 365, unit="day", none="any age"),
            ),
            OneOf(
                "voting_days",
                "Length of a vote",
                "When it ends, what has not won is closed, “not this time”. A moderator can reopen it.",
                _numbers(0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 90, unit="day", none="until it wins"),
            ),
            Roles(
                "voter_roles",
                "Who votes",
                "Members with any of these roles may vote on suggestions and in brackets …",
                none="everybody",
            ),
            OneOf(
                "minimum_member_days",
                "Or time as a member",
                "… and so may members of at least so long. Chosen alone, it goes for all. Cast votes stay.",
                _numbers(0, 1, 3, 7, 14, 30, 60, 90, 180, 365, unit="day", none="not asked"),
            ),
        ),
    ),
    "content": (
        "Content",
        (
            Several(
                "hidden_notes",
                "Hidden",
                "Montages with any of these are never shown here: not picked, not found, not ranked.",
                CONTENT_NOTES,
                none="nothing",
            ),
            Toggle(
                "family_friendly_only",
                "Family friendly only",
                "Only what is known to be fit for children from six years on. "
                "Members' own suggestions carry no rating, so they rest meanwhile.",
            ),
            Toggle("posters", "Posters", "A film's poster on its card, if there is one."),
        ),
    ),
}

# What stands on the pages of other features.
ELSEWHERE: Mapping[str, tuple[Question, ...]] = {
    "daily": (
        Toggle(
            "publish_daily",
            "Publish",
            "In an announcement channel each post goes to the servers that follow it, with no counts on it.",
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
    """What a page asks; of posters only where the bot has any."""
    _, questions = PAGES.get(page, ("", ()))
    return tuple(question for question in questions if posters or question.name != "posters")


def page_of(name: str) -> str:
    """The page that a question stands on."""
    return next(page for page, questions in _ON_PAGE.items() if name in {q.name for q in questions})
