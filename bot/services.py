"""The objects that the features share, made once and in an order that Python itself checks.

Each is given what it needs when it is made. Commands, buttons and lists find them as `bot.services.votes`.
"""

from bot.bracket import BracketDelivery, BracketPoster, Brackets, BracketStore, Champions
from bot.client import MontageBot
from bot.daily import DailyDelivery, DailyPosts, DailyStore, DiscordPoster, Today
from bot.delivery import REQUESTS_PER_SECOND, RequestPacer
from bot.duels import DuelStore, Standings
from bot.guilds import GuildSettingsService, GuildSettingsStore, Presence, SettingsPanel
from bot.montages import Decks, ShowingStore
from bot.privacy import Privacy, Records
from bot.recommending import Taste
from bot.settings import backup_folder
from bot.stats import ChartRenderer
from bot.suggestions import (
    ButtonRoutes,
    CardCleanup,
    CardCleanupStore,
    CardPublisher,
    Decisions,
    DraftStore,
    ModerationStore,
    Moderators,
    NoticeStore,
    SuggestionStore,
    SuggestionVoteRules,
    TitleIndex,
    Traces,
)
from bot.voting import Everybody, Everywhere, VoteStore, Voting


class Services:
    """Everything that more than one feature uses."""

    def __init__(self, bot: MontageBot) -> None:
        database, catalogue = bot.database, bot.catalogue
        shipped = catalogue.shipped

        self.guild_settings = GuildSettingsService(GuildSettingsStore(database), catalogue)
        self.settings_panel = SettingsPanel()
        self.presence = Presence(database)

        self.votes = VoteStore(database)
        self.everywhere = Everywhere(self.votes, Everybody(database), [montage.id for montage in shipped])
        self.decks = Decks(ShowingStore(database), shipped)
        self.taste = Taste(shipped)
        self.everywhere.followers.append(self.taste.learn)
        self.duel_store = DuelStore(database)
        self.duel_rankings = Standings(self.duel_store)
        self.charts = ChartRenderer()
        self.bracket_store = BracketStore(database)
        self.champions = Champions(self.bracket_store)

        self.traces = Traces(database)
        self.suggestions = SuggestionStore(database, self.traces)
        self.title_index = TitleIndex(self.suggestions)
        self.drafts = DraftStore(database)
        self.moderation = ModerationStore(database, self.traces)
        self.notices = NoticeStore(database)
        self.moderators = Moderators(bot)
        self.suggestion_buttons = ButtonRoutes()
        self.publisher = CardPublisher(bot, self.suggestions, self.votes, self.guild_settings, self.notices)
        self.decisions = Decisions(
            self.suggestions,
            self.publisher,
            self.title_index,
            catalogue,
            self.guild_settings,
            self.votes,
            self.decks,
        )
        self.card_cleanup = CardCleanup(CardCleanupStore(database), self.suggestions, self.publisher)
        self.voting = Voting(
            self.votes,
            SuggestionVoteRules(
                self.suggestions, self.decisions, self.publisher, self.guild_settings, catalogue, self.traces
            ),
        )

        # What is posted by itself: one pace for all of it.
        pacer = RequestPacer(REQUESTS_PER_SECOND)
        daily_store = DailyStore(database)
        self.today = Today(daily_store, catalogue)
        self.daily_poster = DiscordPoster(bot, self.votes, self.guild_settings, self.champions.since)
        self.daily_delivery = DailyDelivery(daily_store, self.today, self.daily_poster, pacer)
        self.daily_posts = DailyPosts(daily_store, catalogue, self.daily_delivery.routine)

        poster = BracketPoster(bot, self.bracket_store, catalogue, self.votes, self.charts, self.guild_settings)
        # By Discord's clock: a round must not end early because this machine's is wrong.
        now = bot.discord_time.now
        self.bracket_delivery = BracketDelivery(self.bracket_store, catalogue, poster, self.champions, pacer, now)
        self.brackets = Brackets(self.bracket_store, catalogue, self.votes, self.bracket_delivery.routine, now)

        self.privacy = Privacy(Records(database, backup_folder(bot.settings)))

    async def open(self) -> None:
        """Read what has to be in memory before the first event arrives; the database is open."""
        await self.guild_settings.open()
        await self.decks.open()
        await self.decisions.open()
        await self.champions.open()

    async def close(self) -> None:
        """Write down what is not on disk yet and give up what is being counted; twice does no harm."""
        await self.decks.write()
        await self.everywhere.close()
        await self.duel_rankings.close()
