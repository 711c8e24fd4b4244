"""What is said about lists. No I/O, no decisions."""

from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.languages import N_, _, in_a_row, listed, ngettext, numeral
from bot.suggestions.bulk.reading import ROWS_AT_MOST
from bot.suggestions.bulk.sifting import LeftOut, Sifted, Understood
from bot.suggestions.bulk.store import Becoming
from bot.suggestions.buttons import SuggestionButton
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Container, Separator, TextDisplay
from bot.ui.text import bracketed, clip, clip_shown, escape, label, title
from bot.ui.theme import AMBER, GREEN, build_layout

REPORT = "what-i-read.txt"
_SHOWN = 6
_LINE_AT_MOST = 150

_PROMISE: dict[Becoming, str] = {
    "open": N_("They will be put to the vote. Their cards come one after the other, a few seconds apart."),
    "accepted": N_("They will be montages of this server at once, with no vote and no announcement."),
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
        container.add_item(TextDisplay(_("**Shall they come in?** {promise}", promise=_(_PROMISE[becoming]))))
        container.add_item(ActionRow(*_buttons(sifted, becoming, list_id)))
    return build_layout(container)


def _head(name: str, sifted: Sifted, unknown: Sequence[str]) -> Iterator[str]:
    yield _("### What I read in {name}", name=escape(clip(name, 60)))
    yield (
        _(
            "**{new}** new · **{near}** much like something known · **{left_out}** left out",
            new=numeral(len(sifted.new)),
            near=numeral(len(sifted.near)),
            left_out=numeral(len(sifted.left_out)),
        )
    )
    if unknown:
        yield _("-# Columns that I left alone: {unknown}", unknown=escape(clip(listed(unknown), 200)))
    if sifted.unnamed:
        yield ngettext(
            "-# Who it was is only a name in {number} row, and a name may be anybody's: those come in without it. "
            "A mention or an id would tell me.",
            "-# Who it was is only a name in {number} rows, and a name may be anybody's: those come in without it. "
            "A mention or an id would tell me.",
            sifted.unnamed,
        )


def _sections(sifted: Sifted) -> Iterator[str]:
    if sifted.new:
        yield _section(_("New"), map(_new_line, sifted.new), len(sifted.new))
    if sifted.near:
        yield _section(_("Much like something known"), map(_near_line, sifted.near), len(sifted.near))
    if sifted.left_out:
        yield _section(_("Left out"), map(_left_out_line, sifted.left_out), len(sifted.left_out))


def _section(heading: str, lines: Iterable[str], total: int) -> str:
    shown = [f"- {clip_shown(line, _LINE_AT_MOST)}" for line, _number in zip(lines, range(_SHOWN), strict=False)]
    if total > len(shown):
        shown.append(_("-# … and {total} more, in the file below", total=numeral(total - len(shown))))
    return "\n".join([f"**{heading}**", *shown])


def _new_line(row: Understood) -> str:
    film, scene = row.entry.title, escape(clip(row.entry.scene, 50))
    if not row.author_id:
        return _("row {row}: **{film}** {scene}", row=row.number, film=film, scene=scene)
    who = f"<@{row.author_id}>"
    return _("row {row}: **{film}** {scene}, from {who}", row=row.number, film=film, scene=scene, who=who)


def _near_line(row: Understood) -> str:
    known = row.near
    near = f"{title(known.film, known.year)} {escape(clip(known.scene, 50))}" if known else ""
    film = row.entry.title
    return _("row {row}: **{film}** is near {other}", row=row.number, film=film, other=near)


def _left_out_line(row: LeftOut) -> str:
    called, reason = escape(row.called), escape(row.reason)
    return _("row {row}: **{called}**, {reason}", row=row.number, called=called, reason=reason)


def _buttons(sifted: Sifted, becoming: Becoming, list_id: int) -> Iterator[SuggestionButton]:
    new, every = len(sifted.new), len(sifted.understood)
    if new:
        yield SuggestionButton(
            "bring",
            f"{list_id}.{becoming}.0",
            _("Bring in the new one") if new == 1 else _("Bring in the {new} new", new=numeral(new)),
            discord.ButtonStyle.success,
        )
    if every > new:
        yield SuggestionButton(
            "bring",
            f"{list_id}.{becoming}.1",
            _("Bring it in") if every == 1 else _("Bring in all {every}", every=numeral(every)),
            discord.ButtonStyle.secondary if new else discord.ButtonStyle.success,
        )
    yield SuggestionButton("leave", str(list_id), _("Never mind"))


def report(sifted: Sifted) -> str:
    """All of it as plain text."""
    parts = [
        (_("NEW"), [_("row {row}: {called}", row=row.number, called=row.entry.label) for row in sifted.new]),
        (
            _("MUCH LIKE SOMETHING KNOWN"),
            [
                _(
                    "row {row}: {called}  is near  {other}",
                    row=row.number,
                    called=row.entry.label,
                    other=label(row.near.film, row.near.year, row.near.scene),
                )
                for row in sifted.near
                if row.near
            ],
        ),
        (
            _("LEFT OUT"),
            [
                _("row {row}: {called}, {reason}", row=row.number, called=row.called, reason=row.reason)
                for row in sifted.left_out
            ],
        ),
    ]
    return (
        "\n\n".join("\n".join([bracketed(heading, numeral(len(lines))), *lines]) for heading, lines in parts) + "\n"
    )


def brought(number: int, becoming: Becoming) -> discord.ui.LayoutView:
    """It is done."""
    words = {
        "open": ngettext(
            "### Through the ropes\n**One montage** put to the vote. Its card follows by itself; a "
            "restart does not lose it.",
            "### Through the ropes\n**{number} montages** put to the vote. The cards follow one after the "
            "other; a restart loses none.",
            number,
        ),
        "accepted": ngettext(
            "### Through the ropes\n**One montage** joined this server's catalogue. `/montage random` may "
            "draw it from now on.",
            "### Through the ropes\n**{number} montages** joined this server's catalogue. `/montage "
            "random` may draw them from now on.",
            number,
        ),
    }
    return notice(words[becoming], _("-# `/suggestions list` has them all."), accent=GREEN)


def exported(names: Sequence[str], number: int, left: int) -> discord.ui.LayoutView:
    """The words beside the files. `left`: how many older ones did not fit."""
    words = [
        ngettext(
            "### {number} suggestion, packed\n`/suggestions import` reads that again, here or in another server.",
            "### {number} suggestions, packed\n`/suggestions import` reads that again, here or in another server.",
            number,
        )
    ]
    if len(names) > 1:
        words.append(
            _("In {files} files, for it reads {rows} rows at a time.", files=len(names), rows=numeral(ROWS_AT_MOST))
        )
    if left:
        words.append(_("The oldest {left} did not fit.", left=numeral(left)))
    note = _("-# Who suggested what is in it, but for those who asked not to be named: keep it to yourselves.")
    return build_layout(
        Container(
            TextDisplay(in_a_row(words)),
            *(discord.ui.File(f"attachment://{name}") for name in names),
            TextDisplay(note),
            accent_colour=GREEN,
        )
    )
