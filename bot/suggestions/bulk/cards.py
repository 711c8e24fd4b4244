"""What is said about lists. No I/O, no decisions."""

from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.suggestions.bulk.sifting import LeftOut, Sifted, Understood
from bot.suggestions.bulk.store import Becoming
from bot.suggestions.buttons import SuggestionButton
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Container, Separator, TextDisplay
from bot.ui.text import clip, clip_shown, count, escape, label, listed, title
from bot.ui.theme import AMBER, GREEN, build_layout

REPORT = "what-i-read.txt"
_SHOWN = 6
_LINE_AT_MOST = 150

_PROMISE: dict[Becoming, str] = {
    "open": "They will be put to the vote. Their cards come one after the other, a few seconds apart.",
    "accepted": "They will be montages of this server at once, with no vote and no announcement.",
}


def needs_report(sifted: Sifted) -> bool:
    """Whether there is more than the card shows, so that a file has to tell the rest."""
    return max(len(sifted.new), len(sifted.near), len(sifted.left_out)) > _SHOWN


def question(
    name: str, sifted: Sifted, unknown: Sequence[str], becoming: Becoming, list_id: int
) -> discord.ui.LayoutView:
    """What was read, and whether it shall come in. `unknown` are columns that were left alone."""
    container = Container(accent_colour=AMBER)
    container.add_item(TextDisplay("\n".join(_head(name, sifted, unknown))))
    for text in _sections(sifted):
        container.add_item(TextDisplay(text))
    if needs_report(sifted):
        container.add_item(discord.ui.File(f"attachment://{REPORT}"))
    if sifted.understood:
        container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
        container.add_item(TextDisplay(f"**Shall they come in?** {_PROMISE[becoming]}"))
        container.add_item(ActionRow(*_buttons(sifted, becoming, list_id)))
    return build_layout(container)


def _head(name: str, sifted: Sifted, unknown: Sequence[str]) -> Iterator[str]:
    yield f"### What I read in {escape(clip(name, 60))}"
    yield (
        f"**{len(sifted.new):,}** new · **{len(sifted.near):,}** much like something known · "
        f"**{len(sifted.left_out):,}** left out"
    )
    if unknown:
        yield f"-# Columns that I left alone: {escape(clip(listed(unknown), 200))}"
    if sifted.unnamed:
        yield (
            f"-# Who it was is only a name in {count(sifted.unnamed, 'row')}, and a name may be anybody's: those "
            "come in without it. A mention or an id would tell me."
        )


def _sections(sifted: Sifted) -> Iterator[str]:
    if sifted.new:
        yield _section("New", map(_new_line, sifted.new), len(sifted.new))
    if sifted.near:
        yield _section("Much like something known", map(_near_line, sifted.near), len(sifted.near))
    if sifted.left_out:
        yield _section("Left out", map(_left_out_line, sifted.left_out), len(sifted.left_out))


def _section(heading: str, lines: Iterable[str], total: int) -> str:
    shown = [f"- {clip_shown(line, _LINE_AT_MOST)}" for line, _ in zip(lines, range(_SHOWN), strict=False)]
    if total > len(shown):
        shown.append(f"-# … and {total - len(shown):,} more, in the file below")
    return "\n".join([f"**{heading}**", *shown])


def _new_line(row: Understood) -> str:
    who = f", from <@{row.author_id}>" if row.author_id else ""
    return f"row {row.number}: **{title(row.entry.film, row.entry.year)}** {escape(clip(row.entry.scene, 50))}{who}"


def _near_line(row: Understood) -> str:
    known = row.near
    near = f"{title(known.film, known.year)} {escape(clip(known.scene, 50))}" if known else ""
    return f"row {row.number}: **{title(row.entry.film, row.entry.year)}** is near {near}"


def _left_out_line(row: LeftOut) -> str:
    return f"row {row.number}: **{escape(row.called)}**, {escape(row.reason)}"


def _buttons(sifted: Sifted, becoming: Becoming, list_id: int) -> Iterator[SuggestionButton]:
    new, every = len(sifted.new), len(sifted.understood)
    if new:
        yield SuggestionButton(
            "bring",
            f"{list_id}.{becoming}.0",
            "Bring in the new one" if new == 1 else f"Bring in the {new:,} new",
            discord.ButtonStyle.success,
        )
    if every > new:
        yield SuggestionButton(
            "bring",
            f"{list_id}.{becoming}.1",
            "Bring it in" if every == 1 else f"Bring in all {every:,}",
            discord.ButtonStyle.secondary if new else discord.ButtonStyle.success,
        )
    yield SuggestionButton("leave", str(list_id), "Never mind")


def report(sifted: Sifted) -> str:
    """All of it as plain text."""
    parts = [
        ("NEW", [f"row {row.number}: {_called(row)}" for row in sifted.new]),
        (
            "MUCH LIKE SOMETHING KNOWN",
            [
                f"row {row.number}: {_called(row)}  is near  {label(row.near.film, row.near.year, row.near.scene)}"
                for row in sifted.near
                if row.near
            ],
        ),
        ("LEFT OUT", [f"row {row.number}: {row.called}, {row.reason}" for row in sifted.left_out]),
    ]
    return "\n\n".join("\n".join([f"{heading} ({len(lines)})", *lines]) for heading, lines in parts) + "\n"


def _called(row: Understood) -> str:
    return label(row.entry.film, row.entry.year, row.entry.scene)


def brought(number: int, becoming: Becoming) -> discord.ui.LayoutView:
    """It is done."""
    if becoming == "open":
        words = (
            f"**{number:,} montages** put to the vote. The cards follow one after the other; a restart loses none."
        )
        alone = "**One montage** put to the vote. Its card follows by itself; a restart does not lose it."
    else:
        words = (
            f"**{number:,} montages** joined this server's catalogue. `/montage random` may draw them from now on."
        )
        alone = "**One montage** joined this server's catalogue. `/montage random` may draw it from now on."
    return notice(
        f"### Through the ropes\n{alone if number == 1 else words}",
        "-# `/suggestions list` has them all.",
        accent=GREEN,
    )


def exported(names: Sequence[str], number: int, left: int) -> discord.ui.LayoutView:
    """The words beside the files. `left`: how many older ones did not fit."""
    words = (
        f"### {count(number, 'suggestion')}, packed\n"
        "`/suggestions import` reads that again, here or in another server."
    )
    if len(names) > 1:
        words += f" In {len(names)} files, for it reads five hundred rows at a time."
    if left:
        words += f" The oldest {left:,} did not fit."
    note = "-# Who suggested what is in it, but for those who asked not to be named: keep it to yourselves."
    return build_layout(
        Container(
            TextDisplay(words),
            *(discord.ui.File(f"attachment://{name}") for name in names),
            TextDisplay(note),
            accent_colour=GREEN,
        )
    )
