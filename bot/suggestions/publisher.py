"""Where suggestions stand on Discord: posting cards, keeping them true, telling people.

Everything here may fail on Discord's side, and nothing that was voted or decided hangs on it. What is final
(`bot.refusals`) comes back as words for the moderators; only what passes is raised.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import discord
import structlog

from bot.client import MontageBot
from bot.films import Films
from bot.guilds import GuildSettingsService
from bot.languages import Said, now_said, one_after_the_other
from bot.publishing import Publications
from bot.refusals import TROUBLE, explain, is_passing
from bot.suggestions.cards import accepted_card, announcement, closed_card, decided_note, suggestion_card
from bot.suggestions.forum_posts import ForumPosts
from bot.suggestions.lifecycle import votes_missing
from bot.suggestions.review.store import NoticeStore
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Event, PostedCard, Suggestion
from bot.ui.answers import notice
from bot.ui.components import thread_name
from bot.ui.mentions import living
from bot.ui.speaking import in_server
from bot.ui.text import isolate
from bot.voting import Choice, Tally, VoteStore

log = structlog.get_logger(__name__)
_NO_PERMISSION = 50013


class CardPublisher:
    """The cards of all suggestions, and the messages around them."""

    def __init__(
        self,
        bot: MontageBot,
        store: SuggestionStore,
        votes: VoteStore,
        settings: GuildSettingsService,
        notices: NoticeStore,
        posts: ForumPosts,
        publications: Publications,
        films: Films,
    ) -> None:
        self._bot, self._store, self._posts, self._publications = bot, store, posts, publications
        self._films = films
        self._votes, self._settings, self._notices = votes, settings, notices

    async def card(
        self, suggestion: Suggestion, tally: Tally | None = None, mine: Choice = Choice.NONE
    ) -> discord.ui.LayoutView:
        """The card for the state it is in; `mine` is the vote of the person who alone sees it."""
        if tally is None:
            tally = await self._votes.tally(suggestion.guild_id, suggestion.montage_id)
        family = self._bot.catalogue.family_of(suggestion.entry.discipline)
        film = None
        if suggestion.state in ("open", "accepted"):
            film = self._films.links(suggestion.guild_id, suggestion.as_montage(family))
        if suggestion.state == "open":
            missing = votes_missing(tally, await self._settings.get(suggestion.guild_id))
            return suggestion_card(suggestion, tally, family, missing, mine, film)
        history = await self._store.history(suggestion.id)
        ending = next((e for e in history if e.action == suggestion.state and not e.undone_at), None)
        if suggestion.state == "accepted":
            won = self._bot.services.champions.since(suggestion.guild_id, suggestion.montage_id)
            return accepted_card(suggestion, tally, family, ending, mine, film, won)
        return closed_card(suggestion, tally, ending)

    async def post(self, suggestion: Suggestion, *, nonce: str = "") -> tuple[Suggestion, str]:
        """Put its card into the first channel that takes it: (the suggestion, what moderators should know)."""
        with await in_server(self._bot, suggestion.guild_id):
            card = await self.card(suggestion)
        settings = await self._settings.get(suggestion.guild_id)
        refusals: list[str] = []
        for channel_id in _once(settings.suggestion_channel_id or suggestion.channel_id, suggestion.channel_id):
            forum, hint = self._forum(suggestion.guild_id, channel_id), ""
            if forum is None:
                sent = await self._send(suggestion.guild_id, channel_id, card, refusals, nonce)
            else:
                sent, hint = await self._post_in_forum(forum, suggestion, card, refusals)
            if sent is None:
                continue
            suggestion = await self.record_card(suggestion, sent.channel.id, sent.id, is_post=forum is not None)
            trouble = _not_posted(refusals) or hint
            if not trouble and settings.threads and forum is None:
                trouble = await self.open_thread(suggestion)
            await self._store.trouble(suggestion.id, trouble)
            return suggestion, trouble
        trouble = _not_posted(refusals) or Said("I know no channel to post it in: choose one for suggestions.")
        await self._store.trouble(suggestion.id, trouble)
        return suggestion, trouble

    async def record_card(
        self, suggestion: Suggestion, channel_id: int, message_id: int, *, is_post: bool = False
    ) -> Suggestion:
        """Remember where its card stands."""
        await self._store.posted(suggestion.id, channel_id, message_id, is_post=is_post)
        return await self._store.get(suggestion.guild_id, suggestion.id) or suggestion

    async def refresh_card(self, suggestion: Suggestion) -> tuple[Suggestion, str]:
        """Make its card show how it stands; one that is gone is posted again while that makes sense."""
        if suggestion.message_id is not None and suggestion.channel_id is not None:
            try:
                edited = await self.edit_card(suggestion)
            except discord.HTTPException as held:
                if is_passing(held):
                    raise
                why = explain(held, f"<#{suggestion.channel_id}>")
                kept_off = Said("I could not change its card. {why}", why=why)
                await self._store.trouble(suggestion.id, kept_off)
                return suggestion, kept_off
            if edited:
                await self._store.trouble(suggestion.id, "")
                return suggestion, ""
            await self._store.posted(suggestion.id, suggestion.channel_id, None)
        if suggestion.state not in ("open", "accepted"):
            await self._store.trouble(suggestion.id, "")
            return await self._store.get(suggestion.guild_id, suggestion.id) or suggestion, ""
        had_one = suggestion.message_id is not None
        suggestion, trouble = await self.post(suggestion)
        if not trouble and had_one:
            trouble = Said(
                "Its card was gone, so I put it up again in <#{channel}>.", channel=suggestion.channel_id
            )
        return suggestion, trouble

    async def edit_card(self, suggestion: Suggestion) -> bool:
        """Make its card show how it stands; False where there is none, or it cannot be changed any more.

        Raises HTTPException for one in a post that is locked: it is there, and must not be posted again.
        """
        if suggestion.message_id is None or suggestion.channel_id is None:
            return False
        try:
            await self._posts.wake(suggestion.guild_id, suggestion.channel_id)
        except (discord.NotFound, discord.Forbidden) as gone:
            if isinstance(gone, discord.Forbidden) and suggestion.is_post:
                raise
            return False
        with await in_server(self._bot, suggestion.guild_id):
            card = await self.card(suggestion)
        card.stop()
        try:
            await self._message(suggestion.guild_id, suggestion.channel_id, suggestion.message_id).edit(view=card)
        except discord.HTTPException as lost:
            if is_passing(lost):
                raise
            log.info("a card is lost", suggestion=suggestion.id, guild=suggestion.guild_id, problem=lost.code)
            return False
        return True

    async def settle_post(self, suggestion: Suggestion, event: Event) -> str:
        """Where its card is a post of a forum: tag it, and close it once it is decided."""
        if not suggestion.is_post:
            return ""
        renamed = event.action in ("edited", "corrected") or event.actor == "moderator"
        try:
            return await self._posts.settle(suggestion, renamed=renamed)
        except discord.HTTPException as refusal:
            if is_passing(refusal):
                raise
            why = explain(refusal, f"<#{suggestion.channel_id}>")
            return Said("I could not tag or close its post. {why}", why=why)

    async def delete_card(self, card: PostedCard) -> None:
        """Delete the card of a suggestion that is deleted. Raises whatever Discord says against it.

        Of a forum's post only the card goes: what others said under it is theirs.
        """
        await self._posts.wake(card.guild_id, card.channel_id)
        await self._message(card.guild_id, card.channel_id, card.message_id).delete()

    async def announce(self, suggestion: Suggestion, event: Event) -> str:
        """Tell everybody that it is a montage now."""
        tally = await self._votes.tally(suggestion.guild_id, suggestion.montage_id)
        settings = await self._settings.get(suggestion.guild_id)
        with await in_server(self._bot, suggestion.guild_id):
            message = announcement(suggestion, tally, event, resting=self._rests(suggestion))
        refusals: list[str] = []
        for channel_id in _once(suggestion.channel_id, settings.suggestion_channel_id):
            if self._forum(suggestion.guild_id, channel_id) is not None:
                continue  # only its posts take messages
            # The nonce: told twice within minutes, Discord keeps one.
            nonce = f"accepted-{event.id}"
            sent = await self._send(suggestion.guild_id, channel_id, message, refusals, nonce)
            if sent is not None:
                if settings.publish:
                    await self._publications.ask(suggestion.guild_id, channel_id, sent.id)
                return ""
        return one_after_the_other(Said("I could not announce it."), *refusals)

    def _rests(self, suggestion: Suggestion) -> bool:
        """Whether the server's settings hide the montage that it has become."""
        return self._bot.catalogue.get(suggestion.guild_id, suggestion.montage_id) is None

    async def notify_author(self, suggestion: Suggestion, event: Event) -> str:
        """A direct message for an author who asked for one; where they are closed, that is nobody's business."""
        author = suggestion.author_id
        if author is None or not await self._notices.wanted(author):
            return ""
        guild = self._bot.get_guild(suggestion.guild_id)
        with await in_server(self._bot, suggestion.guild_id):  # nobody knows their own when they have asked nothing
            note = decided_note(suggestion, event, guild.name if guild else "", resting=self._rests(suggestion))
        note.stop()
        try:
            channel = await self._bot.create_dm(discord.Object(author))
            await channel.send(view=note, nonce=f"decided-{event.id}")
        except discord.HTTPException as refusal:
            if is_passing(refusal):
                raise
            log.info("a notice could not be delivered", suggestion=suggestion.id, problem=refusal.code)
        return ""

    async def report_trouble(self, suggestion: Suggestion, trouble: str) -> None:
        """Tell the moderators what is the matter with a suggestion; nothing where nothing is."""
        if trouble:
            said = Said("Suggestion {id}: {trouble}", id=suggestion.id, trouble=trouble)
            await self.tell_moderators(suggestion.guild_id, said)

    async def tell_moderators(self, guild_id: int, text: Said) -> None:
        """Into the channel that the server chose for its moderators; nowhere where it chose none."""
        channel_id = (await self._settings.get(guild_id)).moderator_channel_id
        if channel_id is not None:
            with await in_server(self._bot, guild_id):
                view = notice(living(now_said(text), self._bot.get_guild(guild_id)))
            try:
                await self._send(guild_id, channel_id, view, [])
            except TROUBLE as trouble:
                log.warning("moderators could not be told", guild=guild_id, problem=str(trouble))

    async def open_thread(self, suggestion: Suggestion) -> str:
        """A thread under its card to talk about it; what moderators should know where that fails."""
        guild = self._bot.get_guild(suggestion.guild_id)
        channel = guild.get_channel(suggestion.channel_id or 0) if guild else None
        if not isinstance(channel, discord.TextChannel) or suggestion.message_id is None:
            return ""  # a thread cannot have threads
        called = f"{isolate(suggestion.entry.film)} ({suggestion.entry.year})"
        try:
            await channel.get_partial_message(suggestion.message_id).create_thread(name=thread_name(called))
        except discord.HTTPException as problem:
            log.info("no thread", suggestion=suggestion.id, problem=str(problem))
            if problem.code == _NO_PERMISSION:
                return Said(
                    "I could not open its thread: I need Create Public Threads in <#{channel}>.", channel=channel.id
                )
            return Said("I could not open its thread. {why}", why=explain(problem, channel.mention))
        return ""

    def _forum(self, guild_id: int, channel_id: int) -> discord.ForumChannel | None:
        guild = self._bot.get_guild(guild_id)
        channel = guild.get_channel(channel_id) if guild else None
        return channel if isinstance(channel, discord.ForumChannel) else None

    async def _post_in_forum(
        self, forum: discord.ForumChannel, suggestion: Suggestion, card: discord.ui.LayoutView, refusals: list[str]
    ) -> tuple[discord.Message | None, str]:
        """(its first message, or None where it was refused as in `_send`; what moderators should know)."""
        with _noting(refusals, forum.guild.id, forum.id):
            return await self._posts.create(forum, suggestion, card)
        return None, ""

    def _message(self, guild_id: int, channel_id: int, message_id: int) -> discord.PartialMessage:
        return self._bot.get_partial_messageable(channel_id, guild_id=guild_id).get_partial_message(message_id)

    async def _send(
        self, guild_id: int, channel_id: int, view: discord.ui.LayoutView, refusals: list[str], nonce: str = ""
    ) -> discord.Message | None:
        """The message that was sent; None where it was refused, and `refusals` has one more sentence."""
        view.stop()
        channel = self._bot.get_partial_messageable(channel_id, guild_id=guild_id)
        with _noting(refusals, guild_id, channel_id):
            return await channel.send(view=view, nonce=nonce or secrets.token_hex(8))
        return None


@contextmanager
def _noting(refusals: list[str], guild_id: int, channel_id: int) -> Iterator[None]:
    """Where a channel is closed for good to what is sent inside, `refusals` has one more sentence."""
    try:
        yield
    except discord.HTTPException as refusal:
        if is_passing(refusal):
            raise
        log.info("could not post", channel=channel_id, guild=guild_id, problem=refusal.code)
        refusals.append(explain(refusal, f"<#{channel_id}>"))


def _once(*channels: int | None) -> Iterator[int]:
    yield from dict.fromkeys(channel for channel in channels if channel is not None)


def _not_posted(refusals: list[str]) -> str:
    """What moderators should know of refused tries to post a card; empty where there were none."""
    if not refusals:
        return ""
    whys = one_after_the_other(*refusals)
    return Said("I could not post it. {whys} Or choose another channel for suggestions.", whys=whys)
