"""The buttons that leave posts out, or take that back: in the settings panel, and under what a command answered."""

from datetime import date

import discord

from bot.client import Interaction
from bot.daily import cards
from bot.daily.posts import DailyStatus, Skipped
from bot.errors import UserError
from bot.guilds import require_guild, require_manager
from bot.languages import N_, _
from bot.ui.answers import update
from bot.ui.components import Button, Item
from bot.ui.dates import spoken
from bot.ui.persistent import PersistentItem

PAGE = "daily"
_LABELS = {"skip": N_("Leave out the next one"), "unskip": N_("Post after all"), "resume": N_("End the pause now")}


def guild_of(interaction: Interaction) -> discord.Guild:
    """The server that a manager speaks for. Raises UserError for anybody else."""
    require_manager(interaction)
    return require_guild(interaction)


class DailyStep(
    PersistentItem[Button],
    template=r"daily:(?P<step>skip|unskip|resume):(?P<under>here|panel)(?::(?P<day>\d{4}-\d\d-\d\d))?",
):
    """Leaves out the post of a day, posts it after all, or ends a pause. `under`: what is redrawn then."""

    def __init__(self, step: str, under: str, day: str | None = None) -> None:
        self.step, self.under = step, under
        self.day = date.fromisoformat(day) if day else None
        label = (
            _("Leave out {spoken}", spoken=spoken(self.day)) if self.day and step == "skip" else _(_LABELS[step])
        )
        custom_id = f"daily:{step}:{under}" + (f":{day}" if day else "")
        super().__init__(Button(label=label, custom_id=custom_id))

    async def on_press(self, interaction: Interaction) -> None:
        guild = guild_of(interaction)
        view = await self._done(interaction, guild)
        if self.under == "panel":
            await interaction.client.services.settings_panel.show(interaction, PAGE)
        else:
            await update(interaction, view)

    async def _done(self, interaction: Interaction, guild: discord.Guild) -> discord.ui.LayoutView:
        posts = interaction.client.services.daily_posts
        if self.step == "skip":
            done = await posts.skip(guild.id, self.day)
            if done.day is None:
                raise UserError(_("That one is out already, or moved to another day. `/daily status` knows more."))
            return skipped_view(done)
        _daily, due = await (posts.unskip(guild.id) if self.step == "unskip" else posts.resume(guild.id))
        return cards.back_on(due)


def skipped_view(done: Skipped) -> discord.ui.LayoutView:
    """What leaving one out answers, with the way on: take it back, or leave out the next one instead."""
    if done.day is not None:
        return cards.skipped(done, DailyStep("unskip", "here"))
    return cards.skipped(done, DailyStep("skip", "here", done.next.day.isoformat()))


def steps_for(status: DailyStatus, under: str = "here") -> list[Item]:
    """What can be left out, or taken back, as things stand."""
    daily = status.daily
    if daily is None or daily.due_at is None:
        return []
    if status.paused_until is not None:
        return [DailyStep("resume", under)]
    take_back = [DailyStep("unskip", under)] if status.left_out else []
    return [DailyStep("skip", under, daily.day.isoformat()), *take_back]
