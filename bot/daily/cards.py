"""How the montage of the day looks, and what is said about the daily post. No I/O, no decisions."""

from datetime import date, datetime
from datetime import timezone as datetime_timezone

import discord

from bot import clock
from bot.catalogue import Filters
from bot.daily.schedule import Due
from bot.daily.store import Daily
from bot.daily.zones import UnknownZoneError, show_time, zone_of, zone_words
from bot.ui.answers import notice
from bot.ui.components import TextDisplay
from bot.ui.components import thread_name as bounded_name
from bot.ui.dates import spoken
from bot.ui.mentions import living
from bot.ui.text import escape
from bot.ui.theme import AMBER, GOLD, GREEN, build_layout

THREAD_NAME = "Your workout today"


def with_heading(card: discord.ui.LayoutView, heading: str) -> discord.ui.LayoutView:
    """The card of a montage with a line above it."""
    return build_layout(TextDisplay(heading), *card.children)


def post_heading(day: date, language: str, role_id: int | None) -> str:
    """Above a daily post; the role is the only thing the bot ever calls."""
    heading = f"### Today's montage · {spoken(day, language)}"
    return f"{heading}\n<@&{role_id}>" if role_id else heading


def preview_note(daily: Daily, guild: discord.Guild) -> str:
    """Under a preview: what a post would lack because somebody has deleted it; empty where nothing is gone."""
    gone = []
    if guild.get_channel(daily.channel_id) is None:
        gone.append("The channel it was to come in is deleted, so there is no post at all.")
    if daily.role_id and guild.get_role(daily.role_id) is None:
        gone.append("The role it was to call is deleted, so it calls nobody.")
    return f"-# ⚠️ {' '.join(gone)} Choose another with `/daily start`." if gone else ""


def today_heading(midnight: datetime) -> str:
    """Above the answer to `/montage today`."""
    return f"-# Today's montage, the same for everybody here. The next one <t:{int(midnight.timestamp())}:R>."


def thread_name(day: date, language: str) -> str:
    """Of the thread under a post."""
    return bounded_name(f"{THREAD_NAME} · {spoken(day, language)}")


def started(daily: Daily, due: Due) -> discord.ui.LayoutView:
    """What `/daily start` answers."""
    first = int(due.at.timestamp())
    return notice(
        "### Every day, then",
        f"A montage a day in <#{daily.channel_id}>. The first one comes <t:{first}:R>, on <t:{first}:f>.\n"
        f"{asked_for(daily)}",
        "-# `/daily preview` shows you how it will look, `/daily stop` ends it.",
        accent=GREEN,
    )


def asked_for(daily: Daily) -> str:
    """What a server asked for, one line each."""
    lines = [
        f"- at **{show_time(daily.minute)}** {_by_the_clock(daily.timezone)}",
        _chosen(daily.filters),
    ]
    if daily.role_id:
        lines.append(f"- calling <@&{daily.role_id}>")
    if daily.thread:
        lines.append(f"- with a thread “{THREAD_NAME}” under each post")
    return "\n".join(lines)


def _by_the_clock(timezone: str) -> str:
    zone = escape(zone_words(timezone))
    try:
        fixed = isinstance(zone_of(timezone), datetime_timezone)
    except UnknownZoneError:
        return f"by the clock in “{zone}”, a time zone that I can't find any more"
    return f"by a clock that shows {zone} all year" if fixed else f"by the clock in {zone}"


def _chosen(filters: Filters | None) -> str:
    if filters is None:
        return "- from filters that I can't read any more"
    return f"- {escape(str(filters))}" if filters.active else "- from everything that is shown here"


def status_text(daily: Daily | None, guild: discord.Guild | None) -> str:
    """How the daily post stands; what is gone of the server is called so."""
    return living(_status(daily), guild)


def _status(daily: Daily | None) -> str:
    if daily is None:
        return "No daily post yet. `/daily start` takes a channel, a time and a time zone, and filters if you like."
    where = f"In <#{daily.channel_id}>\n{asked_for(daily)}"
    if daily.due_at is None:
        return f"⚠️ **Given up:** {daily.problem}.\nMend that and use `/daily start` again.\n{where}"
    if daily.failing_since is not None:
        since = daily.failing_since // clock.SECOND
        return (
            f"⚠️ **Failing since <t:{since}:R>:** {daily.problem}.\n"
            f"I try every hour, and give up three days after the first failure.\n{where}"
        )
    at = daily.due_at // clock.SECOND
    if daily.problem:
        where = f"⚠️ **The latest post stands, but not its thread:** {daily.problem}.\n{where}"
    return f"The next one comes <t:{at}:R>, on <t:{at}:f>.\n{where}"


def status(daily: Daily | None, guild: discord.Guild | None) -> discord.ui.LayoutView:
    """What `/daily status` answers."""
    healthy = daily is not None and daily.problem is None and daily.due_at is not None
    return notice("### The daily montage", status_text(daily, guild), accent=GOLD if healthy else AMBER)


def failing(daily: Daily, problem: str, guild: discord.Guild) -> discord.ui.LayoutView:
    """For the moderators, when a post failed for a reason of the bot's own."""
    return notice(
        "### Today's montage is late",
        living(f"I could not post it in <#{daily.channel_id}>: {problem}.", guild)
        + "\nI try again every hour, for three days.",
    )


def gave_up(daily: Daily, problem: str, guild: discord.Guild) -> discord.ui.LayoutView:
    """For the moderators, when nothing has worked for three days."""
    return notice(
        "### I have stopped the daily montage",
        living(f"Three days running I could not post it in <#{daily.channel_id}>: {problem}.", guild)
        + "\nWhoever manages the server can mend that and use `/daily start` again.",
    )
