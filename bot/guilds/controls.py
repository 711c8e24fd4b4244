"""The controls of the settings panel: each asks one question, and applies the answer at once."""

from collections.abc import Sequence

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.guilds.guild_settings import GuildSettings, SettingValue
from bot.guilds.permissions import TO_OPEN_THREADS, TO_POST, TO_POST_IN_FORUM, require, require_manager
from bot.guilds.questions import (
    PAGES,
    QUESTIONS,
    Channel,
    Language,
    OneOf,
    Question,
    Roles,
    Several,
    Toggle,
    page_of,
    questions_of,
    sample,
)
from bot.languages import _
from bot.ui.components import (
    OPTIONS_AT_MOST,
    ActionRow,
    Button,
    ChannelSelect,
    Item,
    RoleSelect,
    Section,
    Select,
    TextDisplay,
    option,
)
from bot.ui.mentions import living
from bot.ui.persistent import PersistentItem, all_chosen
from bot.ui.text import capital


class ToggleButton(PersistentItem[Button], template=r"set:flip:(?P<name>[a-z_]+):(?P<to>on|off)"):
    """Turns something on or off."""

    def __init__(self, name: str, to: str) -> None:
        self.name, self.to = name, to
        super().__init__(
            Button(
                label=_("Turn on") if to == "on" else _("Turn off"),
                custom_id=f"set:flip:{name}:{to}",
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _apply(interaction, self.name, [self.to])


class OptionSelect(PersistentItem[Select], template=r"set:pick:(?P<name>[a-z_]+)"):
    """Picks one of a few, or several."""

    def __init__(self, name: str, value: SettingValue = None) -> None:
        self.name = name
        question = QUESTIONS.get(name)
        many = isinstance(question, Several)
        options = _options(question, value)
        super().__init__(
            Select(
                custom_id=f"set:pick:{name}",
                placeholder=capital(question.shown(())) if many and question else None,
                options=options,
                min_values=0 if many else 1,
                max_values=len(options) if many else 1,
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _apply(interaction, self.name, all_chosen(interaction))


class ChannelSettingSelect(PersistentItem[ChannelSelect], template=r"set:channel:(?P<name>[a-z_]+)"):
    """Picks a channel, or none."""

    def __init__(self, name: str, value: int | None = None) -> None:
        self.name = name
        question = QUESTIONS.get(name)
        super().__init__(
            ChannelSelect(
                custom_id=f"set:channel:{name}",
                channel_types=_kinds(question),
                placeholder=capital(question.shown(None)) if question else None,
                min_values=0,
                max_values=1,
                default_values=[discord.SelectDefaultValue.from_channel(discord.Object(value))] if value else [],
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _apply(interaction, self.name, all_chosen(interaction))


def _kinds(question: Question | None) -> list[discord.ChannelType]:
    kinds = [discord.ChannelType.text, discord.ChannelType.news]
    return [*kinds, discord.ChannelType.forum] if isinstance(question, Channel) and question.forum else kinds


class RoleSettingSelect(PersistentItem[RoleSelect], template=r"set:roles:(?P<name>[a-z_]+)"):
    """Picks any number of roles."""

    def __init__(self, name: str, role_ids: Sequence[int] = ()) -> None:
        self.name = name
        question = QUESTIONS.get(name)
        super().__init__(
            RoleSelect(
                custom_id=f"set:roles:{name}",
                placeholder=capital(question.shown(())) if question else None,
                min_values=0,
                max_values=OPTIONS_AT_MOST,
                default_values=[discord.SelectDefaultValue.from_role(discord.Object(role)) for role in role_ids],
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _apply(interaction, self.name, all_chosen(interaction))


class ResetButton(PersistentItem[Button], template=r"set:reset:(?P<page>[a-z]+):(?P<step>ask|yes)"):
    """Brings a page back to its defaults, when asked twice."""

    def __init__(self, page: str, step: str) -> None:
        self.page, self.step = page, step
        label, style = {
            "ask": (_("Back to the defaults"), discord.ButtonStyle.secondary),
            "yes": (_("Yes, the defaults"), discord.ButtonStyle.danger),
        }[step]
        super().__init__(Button(label=label, style=style, custom_id=f"set:reset:{page}:{step}"))

    async def on_press(self, interaction: Interaction) -> None:
        require_manager(interaction)
        panel = interaction.client.services.settings_panel
        if self.step == "ask":
            sure = Section(
                _("This page goes back to how it was before anybody chose. Sure?"),
                accessory=ResetButton(self.page, "yes"),
            )
            await panel.show(interaction, self.page, sure)
            return
        questions = PAGES[self.page][1] if self.page in PAGES else ()
        await interaction.client.services.guild_settings.change(
            interaction.guild_id or 0, **{question.name: question.default for question in questions}
        )
        await panel.show(interaction, self.page)


async def _apply(interaction: Interaction, name: str, picked: list[str]) -> None:
    require_manager(interaction)
    question = QUESTIONS.get(name)
    if question is None or interaction.guild_id is None:
        raise UserError(_("That setting is from another time. Open `/settings` again, please."))
    value = question.read(picked)
    servers = interaction.client.services.guild_settings
    _check(interaction, await servers.get(interaction.guild_id), question, value)
    await servers.change(interaction.guild_id, **{name: value})
    await interaction.client.services.settings_panel.show(interaction, page_of(name))


def _check(interaction: Interaction, settings: GuildSettings, question: Question, value: SettingValue) -> None:
    """What the bot would have to be allowed for it, it must be allowed now."""
    guild = interaction.guild
    channel_id = value if isinstance(question, Channel) else settings.suggestion_channel_id
    if guild is None or not value or not (isinstance(question, Channel) or question.name == "threads"):
        return
    channel = guild.get_channel(channel_id) if isinstance(channel_id, int) else None
    if channel is None and isinstance(question, Channel):
        raise UserError(_("That channel is gone. Pick another, please."))
    if isinstance(channel, discord.ForumChannel):
        require(channel, *TO_POST_IN_FORUM)
    elif channel is not None:
        require(channel, *TO_POST, *(TO_OPEN_THREADS if question.name == "threads" or settings.threads else ()))


def controls(page: str, settings: GuildSettings, guild: discord.Guild | None, *, posters: bool) -> list[Item]:
    """Everything that a page asks, with what holds now and what is the default; a deleted channel is called so.

    `posters`: whether the bot has any, and so asks about them.
    """
    questions = questions_of(page, posters=posters)
    items: list[Item] = [TextDisplay(_("## {page}", page=_(PAGES[page][0])))]
    for question in questions:
        value = getattr(settings, question.name)
        words = living(_words(question, value), guild)
        if isinstance(question, Toggle):
            items.append(toggle(question, settings))
            continue
        if isinstance(question, Channel):
            there = value if value and guild and guild.get_channel(value) else None
            control: Item = ChannelSettingSelect(question.name, there)
        elif isinstance(question, Roles):
            control = RoleSettingSelect(
                question.name, [role for role in map(int, value) if not guild or guild.get_role(role)]
            )
        else:
            control = OptionSelect(question.name, value)
        if isinstance(question, Language):
            words = f"{words}\n> {sample(value, guild.preferred_locale if guild else None)}"
        items += [TextDisplay(words), ActionRow(control)]
    if any(getattr(settings, question.name) != question.default for question in questions):
        items.append(ActionRow(ResetButton(page, "ask")))
    return items


def toggle(question: Question, settings: GuildSettings) -> Item:
    """What it decides, with the button that turns it."""
    value = getattr(settings, question.name)
    return Section(_words(question, value), accessory=ToggleButton(question.name, "off" if value else "on"))


def _words(question: Question, value: SettingValue) -> str:
    label, shown, says = _(question.label), question.shown(value), _(question.says)
    if value == question.default:
        return _("**{label}: {value}** · default\n-# {says}", label=label, value=shown, says=says)
    return _(
        "**{label}: {value}** · default: {default}\n-# {says}",
        label=label,
        value=shown,
        default=question.shown(question.default),
        says=says,
    )


def _options(question: Question | None, value: SettingValue) -> list[discord.SelectOption]:
    if isinstance(question, Several):
        chosen = value if isinstance(value, tuple) else ()
        return [
            option(label=capital(_(offered)), value=offered, default=offered in chosen)
            for offered in question.offered
        ]
    if not isinstance(question, OneOf):
        return []
    offered = list(question.values())
    if value not in offered:
        offered.append(value)
    return [
        option(
            label=_("{value} (default)", value=question.shown(known))
            if known == question.default
            else question.shown(known),
            value=str(known),
            default=known == value,
        )
        for known in offered
    ]
