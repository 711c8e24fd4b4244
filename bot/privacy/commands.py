"""/privacy."""

from importlib.resources import files

import discord
from discord import app_commands

from bot import clock
from bot.client import Interaction, MontageBot
from bot.languages import N_, _
from bot.privacy import cards
from bot.privacy.records import as_file
from bot.ui.answers import answers, notice, reply, update
from bot.ui.components import Button, attachment
from bot.ui.persistent import PersistentItem
from bot.ui.theme import GREEN


def policy(*, films: bool = False) -> str:
    """The privacy policy, as the command and docs/privacy.md show it; `films`: also what TMDB is asked."""
    return "\n\n".join(map(_, policy_paragraphs(films=films)))


def policy_paragraphs(*, films: bool) -> list[str]:
    """The same in English, each paragraph a message of its own."""
    names = ("policy.md", "policy_films.md") if films else ("policy.md",)
    texts = ((files(__package__) / name).read_text(encoding="utf-8").strip() for name in names)
    return [paragraph for text in texts for paragraph in text.split("\n\n")]


_WAYS = {
    "most": (N_("Forget me"), discord.ButtonStyle.danger),
    "all": (N_("Forget me and my suggestions"), discord.ButtonStyle.danger),
    "no": (N_("Keep everything"), discord.ButtonStyle.secondary),
}


class EraseButton(PersistentItem[Button], template=r"erase:(?P<way>most|all|no)"):
    """Answers the one question; what it erases is always the presser's own."""

    def __init__(self, way: str) -> None:
        self.way = way
        label, style = _WAYS[way]
        super().__init__(Button(label=_(label), style=style, custom_id=f"erase:{way}"))

    async def on_press(self, interaction: Interaction) -> None:
        if self.way == "no":
            await update(interaction, notice(_("Nothing was deleted. Back to training."), accent=GREEN))
            return
        privacy = interaction.client.services.privacy
        erased = await privacy.erase_person(interaction.user.id, suggestions_too=self.way == "all")
        await update(interaction, cards.erased_card(erased))


def add_commands(bot: MontageBot) -> None:
    """Add `/privacy` with its three commands."""
    group = app_commands.Group(
        name="privacy",
        description="What I keep about you: read it, take it with you, delete it.",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )

    @group.command(name="policy", description="What is kept about people, why, for how long and who sees it.")
    @answers
    async def show_policy(interaction: Interaction) -> None:
        text = policy(films=bot.services.films.client is not None)
        await reply(interaction, cards.policy_card(text), private=True)

    @group.command(name="export", description="Everything I keep about you, as a file that only you see.")
    @answers
    async def export(interaction: Interaction) -> None:
        records = await bot.services.privacy.records(interaction.user.id)
        content = as_file(interaction.user.id, records, clock.now())
        files = [attachment(content, cards.FILE)] if records else []
        counts = {says: len(rows) for says, rows in records.items()}
        await reply(interaction, cards.export_card(counts), private=True, files=files)

    @group.command(name="erase", description="Delete what I keep about you. I ask once before it is gone.")
    @answers
    async def erase(interaction: Interaction) -> None:
        kept = await bot.services.privacy.counts(interaction.user.id)
        ways = [way for way in _WAYS if way != "all" or "suggestions" in kept]
        await reply(interaction, cards.ask_card(kept, *map(EraseButton, ways)), private=True)

    bot.tree.add_command(group)
    bot.add_dynamic_items(EraseButton)
