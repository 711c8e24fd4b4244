"""Suggestions as posts of a forum: one each, with a tag that says how it stands, closed once it is decided.

What Discord refuses is raised, but for tags: a post without one is better than none.
"""

import asyncio

import discord
import structlog

from bot.client import MontageBot
from bot.database import Database
from bot.languages import Said, _
from bot.refusals import explain, is_passing
from bot.suggestions.forum_tags import TAG_NAME_AT_MOST, TAGS, TAGS_OF_FORUM, Tag, applied_tags, is_closed, tag_for
from bot.suggestions.lifecycle import State
from bot.suggestions.suggestion import Suggestion
from bot.ui.components import bounded, thread_name
from bot.ui.speaking import in_server

log = structlog.get_logger(__name__)


class ForumTagStore:
    """Which tag of a forum stands for which state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_forum(self, channel_id: int) -> dict[State, int]:
        """The tags that were made, or found, for states."""
        rows = await self._database.read(
            "SELECT state, tag_id FROM forum_tag WHERE channel_id = :channel", channel=channel_id
        )
        return {row["state"]: row["tag_id"] for row in rows}

    async def remember(self, guild_id: int, channel_id: int, state: State, tag_id: int) -> None:
        """From now on it is this one."""
        await self._database.write(
            """
            INSERT INTO forum_tag (channel_id, state, guild_id, tag_id) VALUES (:channel, :state, :guild_id, :tag)
            ON CONFLICT (channel_id, state) DO UPDATE SET tag_id = excluded.tag_id
            """,
            channel=channel_id,
            state=state,
            guild_id=guild_id,
            tag=tag_id,
        )


class ForumPosts:
    """Makes posts and keeps them right."""

    def __init__(self, bot: MontageBot, tags: ForumTagStore) -> None:
        self._bot, self._tags = bot, tags
        self._making = asyncio.Lock()  # two at once would each make the same tag
        # Forums whose moderators know that a tag can't be made, since the start: once is enough.
        self._told: set[tuple[int, State]] = set()

    async def create(
        self, forum: discord.ForumChannel, suggestion: Suggestion, card: discord.ui.LayoutView
    ) -> tuple[discord.Message, str]:
        """Post it: (its first message, what moderators should know). Raises HTTPException."""
        tag_id, trouble = await self._tag(forum, suggestion.state)
        tags = _objects(*([tag_id] if tag_id else []))
        card.stop()
        try:
            made = await forum.create_thread(name=thread_name(suggestion.entry.label), view=card, applied_tags=tags)
        except discord.HTTPException as refusal:
            if refusal.status != 400 or forum.flags.require_tag or tag_id is None:
                raise
            # A moderator has deleted the tag this very moment.
            made = await forum.create_thread(name=thread_name(suggestion.entry.label), view=card)
        return made.message, trouble

    async def wake(self, guild_id: int, channel_id: int) -> None:
        """Open a post or a thread that is closed, so that its messages can be changed. Raises HTTPException."""
        guild = self._bot.get_guild(guild_id)
        if guild is None or guild.get_channel(channel_id) is not None:
            return
        post = await self._post(guild_id, channel_id)
        if post is not None and post.archived:
            await post.edit(archived=False)

    async def settle(self, suggestion: Suggestion, *, renamed: bool) -> str:
        """Tag, name and lock-up of its post, as the suggestion stands now; what moderators should know.

        One that is locked stays locked, and one that is pinned stays open. `renamed`: its words may have changed.
        """
        try:
            post = await self._post(suggestion.guild_id, suggestion.channel_id or 0, fresh=True)
        except discord.NotFound:  # deleted; its card is looked after elsewhere
            return ""
        if post is None or not isinstance(post.parent, discord.ForumChannel):
            return ""
        tag_id, trouble = await self._tag(post.parent, suggestion.state)
        of_states = (await self._tags.of_forum(post.parent.id)).values()
        now = [tag.id for tag in post.applied_tags]
        tags = applied_tags(tag_id, of_states, now)
        if not tags and post.parent.flags.require_tag:
            tags = now  # it must have one, so it keeps what it has
        name = thread_name(suggestion.entry.label) if renamed else post.name
        closes = is_closed(suggestion.state) and not post.flags.pinned
        changed = tags != now or name != post.name
        if post.archived and (changed or not is_closed(suggestion.state)):
            post = await post.edit(archived=False)
        if name != post.name:  # by itself, for Discord counts how often a post is renamed
            post = await post.edit(name=name)
        if tags != now:
            post = await post.edit(applied_tags=_objects(*tags))
        if closes and not post.archived:
            await post.edit(archived=True)
        return trouble

    async def _post(self, guild_id: int, post_id: int, *, fresh: bool = False) -> discord.Thread | None:
        guild = self._bot.get_guild(guild_id)
        known = guild.get_thread(post_id) if guild and not fresh else None
        if known is not None and not known.archived:
            return known
        found = await self._bot.fetch_channel(post_id)
        return found if isinstance(found, discord.Thread) else None

    async def _tag(self, forum: discord.ForumChannel, state: State) -> tuple[int | None, str]:
        """(the tag for a state, made where it is missing; what moderators should know)."""
        async with self._making:
            with await in_server(self._bot, forum.guild.id):
                remembered = await self._tags.of_forum(forum.id)
                tag_id = tag_for(state, remembered, _available(forum))
                trouble = ""
                if tag_id is None:
                    # What people have done to the tags a moment ago must not be undone by adding one.
                    now = await self._bot.fetch_channel(forum.id)
                    forum = now if isinstance(now, discord.ForumChannel) else forum
                    tag_id = tag_for(state, remembered, _available(forum))
                if tag_id is None:
                    tag_id, trouble = await self._make(forum, state)
                if tag_id is not None and remembered.get(state) != tag_id:
                    await self._tags.remember(forum.guild.id, forum.id, state, tag_id)
        return tag_id, self._once(forum.id, state, trouble)

    async def _make(self, forum: discord.ForumChannel, state: State) -> tuple[int | None, str]:
        message, emoji = TAGS[state]
        name = bounded(_(message), TAG_NAME_AT_MOST)
        if len(forum.available_tags) >= TAGS_OF_FORUM:
            return None, Said(
                "{forum} has twenty tags, so there is no room for mine, “{name}”.", forum=forum.mention, name=name
            )
        try:
            made = await forum.create_tag(name=name, emoji=discord.PartialEmoji(name=emoji))
        except discord.HTTPException as refusal:
            if is_passing(refusal):
                raise
            log.info("no tag", forum=forum.id, guild=forum.guild.id, problem=refusal.code)
            if isinstance(refusal, discord.Forbidden):
                return None, Said(
                    "I need Manage Channels in {forum} for the tag “{name}”; or make it for me.",
                    forum=forum.mention,
                    name=name,
                )
            return None, Said(
                "I could not make the tag “{name}”. {why}", name=name, why=explain(refusal, forum.mention)
            )
        return made.id, ""

    def _once(self, forum_id: int, state: State, trouble: str) -> str:
        if not trouble or (forum_id, state) in self._told:
            return ""
        self._told.add((forum_id, state))
        return trouble


def _available(forum: discord.ForumChannel) -> list[Tag]:
    return [Tag(tag.id, tag.name) for tag in forum.available_tags]


def _objects(*tag_ids: int) -> list[discord.ForumTag]:
    tags = []
    for tag_id in tag_ids:
        tag = discord.ForumTag(name="")
        tag.id = tag_id
        tags.append(tag)
    return tags
