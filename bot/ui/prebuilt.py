"""Messages whose payload was built before: what is sent again and again is built once."""

import discord

from bot.aliases import JsonObject

# One component as Discord's API takes it.
Component = JsonObject


class PrebuiltView(discord.ui.LayoutView):
    """A message of components in the form that the API takes. They must not be changed any more."""

    def __init__(self, components: list[Component]) -> None:
        super().__init__(timeout=None)
        self._components = components

    def to_components(self) -> list[Component]:
        """As they were given."""
        return self._components

    def has_components_v2(self) -> bool:
        """Always: so is everything that the bot shows."""
        return True


def component_payloads(view: discord.ui.LayoutView) -> list[Component]:
    """What Discord is sent for this view."""
    components: list[Component] = view.to_components()  # type: ignore[no-untyped-call]
    return components
