"""What of all montages a person asked for: only what they have not seen, or only what they saved. No I/O."""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.catalogue import Montage
from bot.errors import UserError
from bot.languages import _
from bot.shelf.store import ShelfEntry

# As it stands in buttons, and as it is offered.
Only = Literal["unseen", "saved"]
ONLY: Mapping[str, Only] = {"what I have not seen": "unseen", "what I saved": "saved"}


def narrowed(only: Only, montages: Sequence[Montage], shelf: Sequence[ShelfEntry]) -> list[Montage]:
    """Those of `montages` that are meant. Raises UserError where there are none."""
    if only == "saved":
        saved = {entry.montage_id for entry in shelf if entry.saved_at is not None}
        if not saved:
            raise UserError(
                _("Nothing is saved on your list yet. Press 🔖 **Save** on a card that you want to keep.")
            )
        left = [montage for montage in montages if montage.id in saved]
        if not left:
            raise UserError(_("What you saved can't be shown here: another server's own, or hidden in this one."))
        return left
    seen = {entry.montage_id for entry in shelf if entry.seen_at is not None}
    left = [montage for montage in montages if montage.id not in seen]
    if not left:
        raise UserError(_("You have seen every single one of them. I take my cap off, and my headband."))
    return left
