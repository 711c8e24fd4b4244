"""What is asked and said while somebody suggests: near-duplicates, fields to mend, drafts. No I/O, no decisions."""

from collections.abc import Mapping, Sequence

import discord

from bot.catalogue import Montage
from bot.catalogue.names import discipline_name
from bot.languages import _
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.duplicates import Known, is_likely
from bot.suggestions.entry import FIELDS, LABELS, Typed
from bot.suggestions.suggestion import suggestion_number
from bot.ui.components import ActionRow, Container, Section, Separator, TextDisplay
from bot.ui.text import boldly_named, capital, clean, clip, escape, number_in, title
from bot.ui.theme import AMBER, build_layout

_PRIMARY, _SECONDARY = discord.ButtonStyle.primary, discord.ButtonStyle.secondary


def duplicates_question(typed: Typed, near: Sequence[Known], draft: int) -> discord.ui.LayoutView:
    """Is it one of these?"""
    year = number_in(typed.year) or 0
    likely = is_likely(clean(typed.film), year, near[0])
    yours = clip(clean(f"{typed.film} ({typed.year}): {typed.scene}"), 160)
    return build_layout(
        Container(
            TextDisplay(
                _(
                    "### Is it one of these?\nIf it is, take it: that counts as your vote for it. What you "
                    "typed is kept.",
                )
            ),
            *(_candidate(known, draft, stands_out=likely and known is near[0]) for known in near),
            Separator(spacing=discord.SeparatorSpacing.small),
            TextDisplay(_("-# You typed: {yours}", yours=escape(yours))),
            ActionRow(
                SuggestionButton("new", str(draft), _("No, it's new"), _SECONDARY if likely else _PRIMARY),
                SuggestionButton("mend", str(draft), _("Change what I typed")),
            ),
            accent_colour=AMBER,
        )
    )


def _candidate(known: Known, draft: int, *, stands_out: bool) -> Section:
    words = f"**{title(known.film, known.year)}** {escape(known.scene)}"
    if suggestion_number(known.id) is not None:
        words = _("{montage}\n-# suggested here", montage=words)
    style = _PRIMARY if stands_out else _SECONDARY
    take = SuggestionButton("take", f"{draft}.{known.id}", _("That's it"), style)
    return Section(TextDisplay(words), accessory=take)


def discipline_question(typed: Typed, meant: Sequence[Montage], draft: int) -> discord.ui.LayoutView:
    """A discipline that nothing here has: is it one of those that these montages have?"""
    words = _(
        "### “{clean}” is new here\n{question} What you typed is kept.",
        clean=escape(clip(clean(typed.discipline), 60)),
        question=_("Did you mean one of these?") if len(meant) > 1 else _("Did you mean this one?"),
    )
    names = {montage.id: capital(discipline_name(montage.discipline)) for montage in meant}
    return build_layout(
        Container(
            TextDisplay(words),
            ActionRow(
                *(SuggestionButton("meant", f"{draft}.{key}", name, _PRIMARY) for key, name in names.items())
            ),
            ActionRow(
                SuggestionButton("as-typed", str(draft), _("No, it's new")),
                SuggestionButton("mend", str(draft), _("Change what I typed")),
            ),
            accent_colour=AMBER,
        )
    )


def mend_note(typed: Typed, problems: Mapping[str, str], draft: int) -> discord.ui.LayoutView:
    """What was typed, with what is wrong beside it, and the button that opens the form again."""
    lines = []
    for name in FIELDS:
        value = escape(clip(clean(getattr(typed, name)), 200)) or _("*nothing*")
        lines.append(boldly_named(_(LABELS[name]), value))
        if name in problems:
            # For translators: {field} is one of the form's, as “Film”; {problem} is what it does, as “is empty”.
            lines.append(_("⚠️ **{field}** {problem}.", field=_(LABELS[name]), problem=problems[name]))
    return _kept(
        _("### Nearly there\nNothing you typed is lost. Mend what is marked and send it again."),
        "\n".join(lines),
        draft,
    )


def later_note(reason: str, typed: Typed, draft: int) -> discord.ui.LayoutView:
    """It cannot be sent at the moment; what was typed is kept for a day."""
    why = _("-# Kept for a day: {clean}", clean=escape(clip(clean(typed.film), 90)))
    return _kept(_("### Not just now\n{reason}", reason=reason), why, draft)


def _kept(heading: str, words: str, draft: int) -> discord.ui.LayoutView:
    """With the button that opens the form again, as it was typed."""
    again = SuggestionButton("mend", str(draft), _("Open the form again"), _PRIMARY)
    return build_layout(Container(TextDisplay(heading), TextDisplay(words), ActionRow(again), accent_colour=AMBER))
