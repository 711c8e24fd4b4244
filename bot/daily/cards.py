"""How the montage of the day looks, and what is said about the daily post. No I/O, no decisions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from datetime import timezone as datetime_timezone

import discord

from bot import clock
from bot.catalogue import Filters
from bot.daily.posts import DailyStatus, Skipped
from bot.daily.rhythm import EVERY_DAY, on_weekday, rhythm_words
from bot.daily.schedule import Due
from bot.daily.store import Daily
from bot.daily.typed_times import show_time
from bot.daily.week_store import WeekPost
from bot.daily.zones import UnknownZoneError, zone_of, zone_words
from bot.delivery import bare
from bot.languages import N_, _, in_a_row, listed
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Item, TextDisplay, thread_name
from bot.ui.dates import spoken
from bot.ui.mentions import living
from bot.ui.text import escape
from bot.ui.theme import AMBER, GOLD, GREEN, build_layout

THREAD_NAME = N_("Your workout today")


def with_heading(card: discord.ui.LayoutView, heading: str) -> discord.ui.LayoutView:
    """The card of a montage with a line above it."""
    return build_layout(TextDisplay(heading), *card.children)


def post_heading(day: date, role_id: int | None) -> str:
    """Above a daily post; the role is the only thing the bot ever calls."""
    heading = _("### Today's montage · {day}", day=spoken(day))
    return f"{heading}\n<@&{role_id}>" if role_id else heading


def preview_note(daily: Daily | None, guild: discord.Guild) -> str:
    """Under a preview: that nothing is posted yet, or what a post would lack because somebody has deleted it."""
    if daily is None:
        return _("-# Nothing is posted by itself here yet. This is how it would look: `/daily start` begins it.")
    gone = []
    if guild.get_channel(daily.channel_id) is None:
        gone.append(_("The channel it was to come in is deleted, so there is no post at all."))
    if daily.role_id and guild.get_role(daily.role_id) is None:
        gone.append(_("The role it was to call is deleted, so it calls nobody."))
    return _("-# ⚠️ {gone} Choose another with `/daily start`.", gone=in_a_row(gone)) if gone else ""


def today_heading(midnight: datetime) -> str:
    """Above the answer to `/montage today`."""
    soon = f"<t:{int(midnight.timestamp())}:R>"
    return _("-# Today's montage, the same for everybody here. The next one {soon}.", soon=soon)


def day_thread_name(day: date) -> str:
    """Of the thread under a post."""
    return thread_name(" · ".join((_(THREAD_NAME), spoken(day))))


def started(status: DailyStatus, due: Due) -> discord.ui.LayoutView:
    """What `/daily start` answers."""
    daily, first = status.daily, int(due.at.timestamp())
    if daily is None:
        raise ValueError("there is nothing that was started")
    return notice(
        _("### Every day, then") if daily.rhythm == EVERY_DAY else _("### That's the rhythm, then"),
        _(
            "The montage of the day in <#{channel_id}>. The first one comes <t:{first}:R>, on <t:{first}:f>.\n"
            "{asked_for}",
            channel_id=daily.channel_id,
            first=first,
            asked_for=asked_for(daily, status.week),
        ),
        _(
            "-# `/daily preview` shows you how it will look, `/daily pause` and `/daily skip` leave some out, "
            "`/daily stop` ends it."
        ),
        accent=GREEN,
    )


def asked_for(daily: Daily, week: WeekPost | None = None) -> str:
    """What a server asked for, one line each."""
    lines = [
        f"- {rhythm_words(daily.rhythm)}",
        _(
            "- at **{time}** {by_the_clock}",
            time=show_time(daily.minute),
            by_the_clock=_by_the_clock(daily.timezone),
        ),
        _chosen(daily.filters),
    ]
    if daily.role_id:
        lines.append(_("- calling <@&{role_id}>", role_id=daily.role_id))
    if daily.thread:
        lines.append(_("- with a thread “{thread_name}” under each post", thread_name=_(THREAD_NAME)))
    if week is not None and week.due_at is not None:
        lines.append(
            _(
                "- the week in montages {on_day}, next {soon}",
                on_day=on_weekday(week.weekday),
                soon=f"<t:{week.due_at // clock.SECOND}:R>",
            )
        )
    return "\n".join(lines)


def _by_the_clock(timezone: str) -> str:
    zone = escape(zone_words(timezone))
    try:
        fixed = isinstance(zone_of(timezone), datetime_timezone)
    except UnknownZoneError:
        return _("by the clock in “{zone}”, a time zone that I can't find any more", zone=zone)
    if fixed:
        return _("by a clock that shows {zone} all year", zone=zone)
    return _("by the clock in {zone}", zone=zone)


def _chosen(filters: Filters | None) -> str:
    if filters is None:
        return _("- from filters that I can't read any more")
    return f"- {escape(str(filters))}" if filters.active else _("- from everything that is shown here")


def status_text(status: DailyStatus, guild: discord.Guild | None) -> str:
    """How the daily post stands; what is gone of the server is called so."""
    return living("\n".join(_status(status)), guild)


def _status(status: DailyStatus) -> Iterator[str]:
    daily, week = status.daily, status.week
    if daily is None:
        yield _(
            "No daily post yet. `/daily start` takes a channel, a time and a time zone, and filters if you like."
        )
        return
    if daily.due_at is None:
        problem = bare(daily.problem)
        yield _("⚠️ **Given up:** {problem}.\nMend that and use `/daily start` again.", problem=problem)
    elif daily.failing_since is not None:
        since = daily.failing_since // clock.SECOND
        yield _("⚠️ **Failing since <t:{since}:f>:** {problem}.", since=since, problem=bare(daily.problem))
        yield _("I try every hour, and give up three days after the first failure.")
    else:
        if daily.problem:
            yield _("⚠️ **The latest post stands, but not its thread:** {problem}.", problem=bare(daily.problem))
        at = daily.due_at // clock.SECOND
        yield _("The next one comes <t:{at}:R>, on <t:{at}:f>.", at=at)
    if status.paused_until is not None:
        yield _(
            "⏸️ **Paused until {spoken}.** From that day on it goes on by itself.",
            spoken=spoken(status.paused_until),
        )
    if status.left_out:
        yield _("⏭️ Left out: **{map}**.", map=listed(map(spoken, status.left_out)))
    if week is not None and week.problem:
        yield _(
            "⚠️ **The week in montages is late:** {problem}. I try every hour until its day is over.",
            problem=bare(week.problem),
        )
    yield _("In <#{channel_id}>", channel_id=daily.channel_id)
    yield asked_for(daily, week)


def status_card(status: DailyStatus, guild: discord.Guild | None, *buttons: Item) -> discord.ui.LayoutView:
    """What `/daily status` answers; `buttons` stand under it."""
    daily, week = status.daily, status.week
    healthy = daily is not None and daily.problem is None and daily.due_at is not None
    healthy = healthy and (week is None or week.problem is None)
    view = notice(_("### The daily montage"), status_text(status, guild), accent=GOLD if healthy else AMBER)
    return _with_buttons(view, buttons)


def skipped(done: Skipped, *buttons: Item) -> discord.ui.LayoutView:
    """What leaving one out answers."""
    at = int(done.next.at.timestamp())
    following = _("The next one comes <t:{at}:R>, on <t:{at}:f>.", at=at)
    if done.day is None:
        words = _(
            "No post of today is still to come, so there is nothing to leave out. {following}", following=following
        )
    else:
        words = _(
            "**{day}** is a rest day: nothing is posted. {following}", day=spoken(done.day), following=following
        )
    return _with_buttons(notice(words, accent=AMBER if done.day is None else GREEN), buttons)


def back_on(due: Due) -> discord.ui.LayoutView:
    """What ending a pause, or taking a rest day back, answers."""
    at = int(due.at.timestamp())
    return notice(_("Back in training. The next one comes <t:{at}:R>, on <t:{at}:f>.", at=at), accent=GREEN)


def paused(until: date, due: Due, *buttons: Item) -> discord.ui.LayoutView:
    """What a pause answers."""
    at = int(due.at.timestamp())
    view = notice(
        _("### Holidays until {spoken}", spoken=spoken(until)),
        _(
            "No post before that day, and no week in montages. Then I begin again by myself: the first "
            "one comes on <t:{at}:f>.",
            at=at,
        ),
        accent=GREEN,
    )
    return _with_buttons(view, buttons)


def week_wanted(week: WeekPost) -> discord.ui.LayoutView:
    """What wanting the week in montages answers."""
    at = (week.due_at or 0) // clock.SECOND
    return notice(
        _("### The week in montages, {on_day}", on_day=on_weekday(week.weekday)),
        _(
            "Who was loved most, who moved up, what is new: one card, where and when the daily post "
            "comes. The first one comes <t:{at}:R>, on <t:{at}:f>.",
            at=at,
        ),
        _("-# `/daily preview` shows it, too: choose it there in `of`."),
        accent=GREEN,
    )


def refused_form(sentence: str, button: Item) -> discord.ui.LayoutView:
    """Why a form was not taken, with the way back into it."""
    return _with_buttons(notice(sentence), (button,))


def _with_buttons(view: discord.ui.LayoutView, buttons: Sequence[Item]) -> discord.ui.LayoutView:
    return build_layout(*view.children, *([ActionRow(*buttons)] if buttons else []))


def failing(daily: Daily, problem: str, guild: discord.Guild) -> discord.ui.LayoutView:
    """For the moderators, when a post failed for a reason of the bot's own."""
    return notice(
        _("### Today's montage is late"),
        living(
            _(
                "I could not post it in <#{channel_id}>: {problem}.\nI try again every hour, for three days.",
                channel_id=daily.channel_id,
                problem=bare(problem),
            ),
            guild,
        ),
    )


def gave_up(daily: Daily, problem: str, guild: discord.Guild) -> discord.ui.LayoutView:
    """For the moderators, when nothing has worked for three days."""
    return notice(
        _("### I have stopped the daily montage"),
        living(
            _(
                "Three days running I could not post it in <#{channel_id}>: {problem}.\n"
                "Whoever manages the server can mend that and use `/daily start` again.",
                channel_id=daily.channel_id,
                problem=bare(problem),
            ),
            guild,
        ),
    )
