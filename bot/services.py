"""The objects that the features share, made once and in an order that Python itself checks.

Each is given what it needs when it is made. Commands, buttons and lists find them as `bot.services.votes`.
"""

from bot.bracket import (
    BracketDelivery,
    BracketPoster,
    Brackets,
    BracketStore,
    BracketVoteStore,
    Champions,
    RoundStore,
)
from bot.client import MontageBot
from bot.daily import (
    DailyDelivery,
    DailyPosts,
    DailyPublishing,
    DailyStore,
    DiscordPoster,
    DiscordWeekPoster,
    PublishingPoster,
    Suggested,
    Today,
    WeekDelivery,
    WeekReview,
    WeekStore,
)
from bot.delivery import REQUESTS_PER_SECOND
from bot.duels import DuelStore, Standings
from bot.films import Films, FilmStore, TMDBClient
from bot.guilds import GuildSettingsService, GuildSettingsStore, Presence, SettingsPanel, check_voter
from bot.montages import Decks, ShowingStore
from bot.pacing import RequestPacer
from bot.privacy import Privacy, Records
from bot.publishing import Publications, PublicationStore
from bot.recommending import Taste
from bot.settings import backup_folder
from bot.shelf import ShelfStore
from bot.stats import ChartRenderer
from bot.suggestions import (
    ButtonRoutes,
    CardCleanup,
    CardCleanupStore,
    CardPublisher,
    ChangeStore,
    Deadlines,
    DeadlineStore,
    Decisions,
    DraftStore,
    ForumPosts,
    ForumTagStore,
    ImportPosting,
    ImportStore,
    ModerationStore,
    Moderators,
    NoticeStore,
    SuggestionStore,
    SuggestionVoteRules,
    TitleIndex,
    Traces,
)
from bot.voting import Everywhere, SharedCounts, VoteStore, Voting, everybody_of


class Services:
    """Everything that more than one feature uses."""

    def __init__(self, bot: MontageBot) -> None:
        database, catalogue, shards = bot.database, bot.catalogue, bot.slot.shards
        shipped = catalogue.shipped

        self.guild_settings = GuildSettingsService(GuildSettingsStore(database, shards), catalogue)
        self.settings_panel = SettingsPanel()
        self.presence = Presence(database, shards)

        tmdb = TMDBClient(bot.settings.tmdb_token) if bot.settings.tmdb_token else None
        self.films = Films(FilmStore(database), tmdb, catalogue, self.guild_settings)

        self.votes = VoteStore(database, shards)
        montages = [montage.id for montage in shipped]
        shared = SharedCounts(database, bot.messages, montages, counts_here=shards.first)
        self.everywhere = Everywhere(
            self.votes, everybody_of(database), montages, None if bot.slot.alone else shared
        )
        self.decks = Decks(ShowingStore(database), shipped)
        self.shelf = ShelfStore(database)
        self.taste = Taste(shipped)
        self.everywhere.followers.append(self.taste.learn)
        self.duel_store = DuelStore(database)
        self.duel_rankings = Standings(self.duel_store)
        self.charts = ChartRenderer()
        self.bracket_store, self.bracket_votes = BracketStore(database), BracketVoteStore(database)
        self.champions = Champions(self.bracket_store)

        self._add_suggestions(bot)
        self._add_posting(bot)

        self.privacy = Privacy(Records(database, backup_folder(bot.settings)), bot.messages)

    def _add_suggestions(self, bot: MontageBot) -> None:
        """What members suggest, and the votes that decide about it."""
        database, catalogue, shards = bot.database, bot.catalogue, bot.slot.shards
        self.traces = Traces(database)
        self.suggestions = SuggestionStore(database, self.traces, shards)
        self.suggestion_changes = ChangeStore(database, shards)
        self.title_index = TitleIndex(self.suggestions)
        self.drafts = DraftStore(database)
        self.moderation = ModerationStore(database, self.traces)
        self.notices = NoticeStore(database)
        self.moderators = Moderators(bot)
        self.suggestion_buttons = ButtonRoutes()
        self.publications = Publications(bot, PublicationStore(database, shards))
        self.publisher = CardPublisher(
            bot,
            self.suggestions,
            self.votes,
            self.guild_settings,
            self.notices,
            ForumPosts(bot, ForumTagStore(database)),
            self.publications,
            self.films,
        )
        self.publications.refused.append(self.publisher.tell_moderators)
        self.decisions = Decisions(
            self.suggestions,
            self.suggestion_changes,
            self.publisher,
            self.title_index,
            catalogue,
            self.guild_settings,
            self.votes,
            self.decks,
            bot.slot,
        )
        self.card_cleanup = CardCleanup(CardCleanupStore(database, shards), self.suggestions, self.publisher)
        self.imports = ImportStore(database, shards)
        self.import_posting = ImportPosting(self.imports, self.publisher)
        self.deadlines = Deadlines(
            DeadlineStore(database, shards),
            self.decisions,
            self.guild_settings,
            self.card_cleanup.routine,
            bot.discord_time.now,
        )
        self.voting = Voting(
            self.votes,
            SuggestionVoteRules(
                self.suggestions, self.decisions, self.publisher, self.guild_settings, catalogue, self.traces
            ),
        )

    def _add_posting(self, bot: MontageBot) -> None:
        """What the bot posts by itself at a time: one pace for all of it, shared with the other processes."""
        shards = bot.slot.shards
        pacer = RequestPacer(REQUESTS_PER_SECOND / (bot.settings.slots or 1))
        daily_store = DailyStore(bot.database, shards)
        self.today = Today(daily_store, bot.catalogue)
        self.daily_poster = DiscordPoster(bot, self.votes, self.guild_settings, self.films, self.champions.since)
        publishing = DailyPublishing(self.publications, self.guild_settings)
        publishing_poster = PublishingPoster(self.daily_poster, publishing)
        self.daily_delivery = DailyDelivery(daily_store, self.today, publishing_poster, pacer, bot.slot)
        week_store = WeekStore(bot.database, shards)
        self.week_review = WeekReview(self.votes, bot.catalogue, self._suggested_lately, self.champions.latest)
        self.week_poster = DiscordWeekPoster(bot, self.week_review, publishing)
        self.week_delivery = WeekDelivery(week_store, daily_store, self.week_poster, pacer, bot.slot)

        def wake() -> None:
            self.daily_delivery.routine.wake()
            self.week_delivery.routine.wake()

        self.daily_posts = DailyPosts(daily_store, week_store, bot.catalogue, wake)

        poster = BracketPoster(bot, self.bracket_store, self.votes, self.charts, self.guild_settings, self.films)
        # By Discord's clock: a round must not end early because this machine's is wrong.
        now = bot.discord_time.now
        rounds = RoundStore(bot.database, shards)
        self.bracket_delivery = BracketDelivery(
            self.bracket_store, rounds, bot.catalogue, poster, self.champions, pacer, now, bot.slot
        )
        self.brackets = Brackets(
            self.bracket_store,
            self.bracket_votes,
            bot.catalogue,
            self.votes,
            self.bracket_delivery.routine,
            now,
            check_voter,
        )

    async def _suggested_lately(self, guild_id: int, since: int, most: int) -> Suggested:
        """What members suggested and the server may see; see `WeekReview`."""
        if (await self.guild_settings.get(guild_id)).family_friendly_only:
            return Suggested()
        found, total = await self.suggestions.newest(guild_id, since, most)
        return Suggested([suggestion.as_montage("") for suggestion in found], total)

    async def open(self) -> None:
        """Read what has to be in memory before the first event arrives; the database is open."""
        await self.guild_settings.open()
        await self.films.open()
        await self.decks.open()
        await self.decisions.open()
        await self.champions.open()

    async def close(self) -> None:
        """Write down what is not on disk yet and give up what is being counted; twice does no harm."""
        await self.decks.write()
        await self.everywhere.close()
        await self.duel_rankings.close()
        await self.films.close()
