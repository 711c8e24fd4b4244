"""The buttons of a bracket: they carry its number, the round and the match."""

from collections.abc import Sequence

import discord

from bot.bracket import cards
from bot.bracket.ballot_cards import ballot_card, done_card, picked
from bot.bracket.brackets import Ballot
from bot.bracket.course import Course
from bot.bracket.picture import FILE, chart
from bot.bracket.vote_store import BallotLine
from bot.catalogue import localised
from bot.client import Interaction, MontageBot
from bot.guilds import require_guild
from bot.languages import _, listed
from bot.stats import Knockout
from bot.ui.answers import defer, notice, reply, update
from bot.ui.client import UIClient
from bot.ui.components import Button, Item, Select, attachment, option
from bot.ui.context import guild_id_of
from bot.ui.persistent import PersistentItem, chosen
from bot.ui.text import number_in
from bot.ui.theme import GREEN

_IDS = r"(?P<bracket>\d{1,18}):(?P<number>\d)"
_PRIMARY, _SUCCESS = discord.ButtonStyle.primary, discord.ButtonStyle.success


class BallotButton(PersistentItem[Button], template=rf"bracket:{_IDS}"):
    """Under a round's post: opens one's own ballot, which nobody else sees."""

    def __init__(self, bracket: str, number: str) -> None:
        self.bracket, self.number = int(bracket), int(number)
        super().__init__(
            Button(label=_("Vote"), emoji="🥊", style=_PRIMARY, custom_id=f"bracket:{bracket}:{number}")
        )

    async def on_press(self, interaction: Interaction) -> None:
        ballot = await interaction.client.services.brackets.ballot(interaction, self.bracket, self.number)
        await reply(interaction, _next_page(ballot, self.bracket), private=True)


class PickButton(
    PersistentItem[Button], template=rf"bracket-pick:{_IDS}:(?P<position>\d{{1,2}}):(?P<seed>\d{{1,2}})"
):
    """One side of a match, on one's own ballot."""

    def __init__(
        self,
        bracket: str,
        number: str,
        position: str,
        seed: str,
        label: str = "",
        *,
        picked: bool = False,
        disabled: bool = False,
    ) -> None:
        self.bracket, self.number, self.position, self.seed = int(bracket), int(number), int(position), int(seed)
        super().__init__(
            Button(
                label=_("Yours") if picked else label or _("This one"),
                emoji="✅" if picked else None,
                style=_SUCCESS if picked else discord.ButtonStyle.secondary,
                custom_id=f"bracket-pick:{bracket}:{number}:{position}:{seed}",
                disabled=disabled,
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        brackets = interaction.client.services.brackets
        ballot = await brackets.vote(interaction, self.bracket, self.number, self.position, self.seed)
        noted = picked(self.seed, ballot.names)
        await update(interaction, _next_page(ballot, self.bracket, noted, self.position))


class TurnButton(PersistentItem[Button], template=rf"bracket-turn:{_IDS}:(?P<position>\d{{1,2}})(?P<way>[bn])"):
    """To the match before or after, on one's own ballot."""

    def __init__(self, bracket: str, number: str, position: str, way: str, *, disabled: bool = False) -> None:
        self.bracket, self.number, self.position = int(bracket), int(number), int(position)
        super().__init__(
            Button(
                label=_("Back") if way == "b" else _("Next"),
                custom_id=f"bracket-turn:{bracket}:{number}:{position}{way}",
                disabled=disabled,
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _turn(interaction, self.bracket, self.number, self.position)


class ChangeSelect(PersistentItem[Select], template=rf"bracket-change:{_IDS}"):
    """Back to one match, once all are chosen."""

    def __init__(self, bracket: str, number: str, matches: Sequence[tuple[str, str]] = ()) -> None:
        """`matches`: (what it is called, its position)."""
        self.bracket, self.number = int(bracket), int(number)
        options = [option(called, position) for called, position in matches]
        super().__init__(
            Select(
                custom_id=f"bracket-change:{bracket}:{number}",
                placeholder=_("Think again about …"),
                options=options,
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _turn(interaction, self.bracket, self.number, number_in(chosen(interaction)) or 0)


class WholeButton(PersistentItem[Button], template=rf"bracket-all:{_IDS}:(?P<winners>[0-9a-f]*)"):
    """Shows all of it to whoever presses. Under each post; `winners` (see `rules.winners_code`) say how the round
    before went, for a database that has lost it.
    """

    def __init__(self, bracket: str, number: str, winners: str) -> None:
        self.bracket = int(bracket)
        super().__init__(
            Button(label=_("The whole bracket"), emoji="📜", custom_id=f"bracket-all:{bracket}:{number}:{winners}")
        )

    async def on_press(self, interaction: Interaction) -> None:
        bot = interaction.client
        course = await bot.services.brackets.course(guild_id_of(interaction), self.bracket)
        await show_whole(interaction, course)


class StopButton(PersistentItem[Button], template=r"bracket-stop:(?P<bracket>\d{1,18})"):
    """Ends it. It stands on a private answer to `/bracket stop`, so only who may use that sees it."""

    def __init__(self, bracket: str) -> None:
        self.bracket = int(bracket)
        super().__init__(
            Button(label=_("Yes, stop it"), style=discord.ButtonStyle.danger, custom_id=f"bracket-stop:{bracket}")
        )

    async def on_press(self, interaction: Interaction) -> None:
        await interaction.client.services.brackets.stop(guild_id_of(interaction), self.bracket)
        await update(interaction, notice(_("Stopped. Everybody can put their gloves down."), accent=GREEN))


class GoOnButton(PersistentItem[Button], template=r"bracket-go-on:(?P<bracket>\d{1,18})"):
    """Tries again what has failed, in the channel where it is pressed. It stands on a private answer, too."""

    def __init__(self, bracket: str) -> None:
        self.bracket = int(bracket)
        super().__init__(
            Button(label=_("Go on in this channel"), style=_PRIMARY, custom_id=f"bracket-go-on:{bracket}")
        )

    async def on_press(self, interaction: Interaction) -> None:
        guild, channel_id = require_guild(interaction), interaction.channel_id or 0
        await interaction.client.services.brackets.go_on(guild, self.bracket, channel_id)
        await update(interaction, notice(_("On it: the bracket goes on here within a minute."), accent=GREEN))


async def drawn_file(bot: MontageBot, drawn: Knockout) -> list[discord.File]:
    """The picture, as what a message carries."""
    return [attachment(await bot.services.charts.render(drawn), FILE)]


def picture_of(client: UIClient, course: Course) -> Knockout:
    """The picture of a bracket as it stands."""
    guild = client.get_guild(course.bracket.guild_id)
    heading = _("The bracket of {name}", name=guild.name) if guild else _("The bracket")
    return chart(course, course.names(client.catalogue), heading)


async def show_whole(interaction: Interaction, course: Course) -> None:
    """Answer with all of a bracket, for the person who asked."""
    bot = interaction.client
    drawn = picture_of(bot, course)
    if not bot.services.charts.is_ready(drawn):
        await defer(interaction, private=True)
    view = cards.whole_card(course, course.names(bot.catalogue), drawn)
    await reply(interaction, view, private=True, files=await drawn_file(bot, drawn))


async def _turn(interaction: Interaction, bracket: int, number: int, position: int) -> None:
    ballot = await interaction.client.services.brackets.ballot(interaction, bracket, number)
    at = next((at for at, line in enumerate(ballot.lines) if line.match.position >= position), 0)
    await update(interaction, _page(ballot, bracket, at))


def _next_page(ballot: Ballot, bracket: int, noted: str = "", after: int = -1) -> discord.ui.LayoutView:
    """The next match after that position that they have not chosen in; where there is none, what they chose."""
    open_ones = [at for at, line in enumerate(ballot.lines) if line.chosen is None]
    if not open_ones:
        return _all_chosen(ballot, bracket, noted)
    later = [at for at in open_ones if ballot.lines[at].match.position > after]
    return _page(ballot, bracket, (later or open_ones)[0], noted)


def _page(ballot: Ballot, bracket: int, at: int, noted: str = "") -> discord.ui.LayoutView:
    lines, (match, _chosen, _position, picked) = ballot.lines, ballot.lines[at]
    ids = str(bracket), str(match.round)
    picks = [
        PickButton(
            *ids,
            str(match.position),
            str(seed),
            label,
            picked=picked == seed,
            disabled=ballot.names.get(seed) is None,
        )
        for seed, label in zip(match.seeds, (_("This one"), _("That one")), strict=False)
    ]
    ways: list[Item] = []
    if len(lines) > 1:
        before, after = lines[max(at - 1, 0)].match.position, lines[min(at + 1, len(lines) - 1)].match.position
        ways = [
            TurnButton(*ids, str(before), "b", disabled=at == 0),
            TurnButton(*ids, str(after), "n", disabled=at == len(lines) - 1),
        ]
    return ballot_card(lines, at, noted, ballot.names, picks, ways)


def _all_chosen(ballot: Ballot, bracket: int, noted: str) -> discord.ui.LayoutView:
    def called(line: BallotLine) -> str:
        films = [
            localised(montage).film if (montage := ballot.names.get(seed)) else "…" for seed in line.match.seeds
        ]
        return listed(films, either=True)

    number = str(ballot.lines[0].match.round)
    matches = [(called(line), str(line.match.position)) for line in ballot.lines]
    return done_card(ballot.lines, ballot.names, noted, ChangeSelect(str(bracket), number, matches))
