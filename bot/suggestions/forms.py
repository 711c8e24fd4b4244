"""The forms: a suggestion's five fields, and one field for a reason. What was typed is kept as a draft."""

import discord

from bot import clock
from bot.client import Interaction
from bot.errors import UserError
from bot.languages import N_, _
from bot.suggestions.buttons import numbers_in
from bot.suggestions.drafts import Draft
from bot.suggestions.entry import LABELS, LIMITS, Entry, Typed, read_entry
from bot.suggestions.suggest_cards import mend_note
from bot.ui.answers import ask, reply
from bot.ui.context import guild_id_of
from bot.ui.forms import form, text_field
from bot.ui.registries import Values
from bot.ui.text import clean, cut

REASON_AT_MOST = 300

# The forms that hold a whole suggestion, with what they are called.
_TITLES = {
    "suggest": N_("Suggest a montage"),
    "edit": N_("Edit your suggestion"),
    "accept": N_("Accept it, corrected if need be"),
    "correct": N_("Correct it"),
}
_HINTS = {
    "film": N_("Rocky IV"),
    "year": "1985",
    "scene": N_("Farm in the snow against the laboratory"),
    "why": N_("What happens, and what it does to you. One https link is welcome."),
    "discipline": N_("boxing, chess, cooking …"),
}


def suggestion_form(typed: Typed, name: str = "suggest", argument: str = "0") -> discord.ui.Modal:
    """The five fields, filled with `typed`."""
    modal = form(name, argument, _(_TITLES[name]))
    for field, label in LABELS.items():
        _card, most = LIMITS[field]
        already, hint = getattr(typed, field), _HINTS[field]
        modal.add_item(text_field(field, _(label), most, typed=already, hint=_(hint), long=field == "why"))
    return modal


def reason_form(name: str, argument: str, title: str, label: str, hint: str) -> discord.ui.Modal:
    """One field, for a reason."""
    modal = form(name, argument, title)
    modal.add_item(text_field("why", label, REASON_AT_MOST, least=3, hint=hint, long=True))
    return modal


def reason_in(values: Values) -> str:
    """What was typed into a reason form. Raises UserError where nothing in it can be seen."""
    reason = cut(clean(values.get("why", "")), REASON_AT_MOST)
    if not reason:
        raise UserError(_("The reason is empty, or nothing in it can be seen. Open the form again, please."))
    return reason


async def entry_or_mend(interaction: Interaction, name: str, argument: str, values: Values) -> Entry | None:
    """What the form says; None where something is to be mended, which the person has been told."""
    typed = Typed.from_values(values)
    entry, problems = read_entry(typed, clock.moment(clock.now()).year)
    if entry is None:
        draft = await keep_draft(interaction, Draft(typed, name, argument))
        await reply(interaction, mend_note(typed, problems, draft), private=True)
    return entry


async def keep_draft(interaction: Interaction, draft: Draft) -> int:
    """Keep what the person typed; returns its number."""
    drafts = interaction.client.services.drafts
    return await drafts.keep(guild_id_of(interaction), interaction.user.id, draft, clock.now())


async def draft_of(interaction: Interaction, number: int) -> Draft:
    """The person's own draft. Raises UserError for one that is gone."""
    drafts = interaction.client.services.drafts
    draft = await drafts.get(guild_id_of(interaction), interaction.user.id, number)
    if draft is None:
        raise UserError(
            _("That draft is sent already, or more than a day old and gone. Start afresh with `/suggest`.")
        )
    return draft


async def open_again(interaction: Interaction, argument: str) -> None:
    """The form that a draft was typed into, with everything as it was typed."""
    (number,) = numbers_in(argument)
    draft = await draft_of(interaction, number)
    # A new suggestion's form carries the draft, which goes when it is sent for good.
    carried = argument if draft.form == "suggest" else draft.argument
    await ask(interaction, suggestion_form(draft.typed, draft.form, carried))
