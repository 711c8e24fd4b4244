"""Numbers for Prometheus: how long people wait, how it ends, how many votes; never who."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import discord

from bot import clock
from bot.aliases import JsonObject
from bot.backups import backups_of
from bot.client import MontageBot
from bot.settings import backup_folder
from bot.ui.client import Interaction, Outcome
from bot.voting import Vote

if TYPE_CHECKING:
    from prometheus_client.core import Metric

# Seconds. Discord gives three; people notice from a quarter of one on.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5)


def metrics_of(bot: MontageBot) -> "Metrics | None":
    """The numbers of this bot; None where prometheus-client is not installed."""
    try:
        return Metrics(bot)
    except ModuleNotFoundError:
        return None


class Metrics:
    """Watches a bot from now on. Raises ModuleNotFoundError without prometheus-client."""

    def __init__(self, bot: MontageBot) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415 - an extra

        self._bot = bot
        self._registry = CollectorRegistry()
        self._answers = Histogram(
            "montage_interaction_seconds",
            "From an interaction's arrival to its answer",
            ["kind", "name", "outcome"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._votes = Counter(
            "montage_votes", "Presses of a vote button, by what they came to", ["choice"], registry=self._registry
        )
        self._registry.register(_State(bot))
        bot.observers.append(self._served)
        bot.services.voting.observers.append(self._voted)

    def page(self) -> tuple[bytes, str]:
        """The page that Prometheus reads, and its content type."""
        from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415

        return generate_latest(self._registry), CONTENT_TYPE_LATEST

    def _served(self, interaction: Interaction, outcome: Outcome, seconds: float) -> None:
        self._answers.labels(interaction.type.name, interaction_name(interaction, self._bot), outcome).observe(
            seconds
        )

    def _voted(self, vote: Vote) -> None:
        self._votes.labels(vote.choice.name.lower()).inc()


def interaction_name(interaction: Interaction, bot: MontageBot) -> str:
    """Which command, kind of button or form: one of a known few, whatever was sent."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    data = cast("JsonObject", interaction.data or {})
    kind, _, rest = str(data.get("custom_id", "")).partition(":")
    if interaction.type is discord.InteractionType.modal_submit:
        name = rest.partition(":")[0]
        return name if kind == "form" and name in bot.forms.names else "unknown"
    return kind if interaction.type is discord.InteractionType.component and kind.isalpha() else "unknown"


class _State:
    """Numbers that are looked up when Prometheus asks."""

    def __init__(self, bot: MontageBot) -> None:
        self._bot = bot

    def collect(self) -> "Iterator[Metric]":
        """One family for each."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily  # noqa: PLC0415

        bot, settings = self._bot, self._bot.settings
        yield GaugeMetricFamily("montage_servers", "Servers that have the bot", value=len(bot.guilds))
        yield GaugeMetricFamily(
            "montage_database_trouble",
            "1 while the database cannot be written",
            value=bot.database.trouble is not None,
        )
        if not bot.slot.alone:
            served = GaugeMetricFamily(
                "montage_slot", "1 while this process serves its shards", labels=["slot", "shards"]
            )
            served.add_metric([str(bot.slot.number), str(bot.slot.shards)], bot.slot.holds)
            yield served
        if math.isfinite(bot.latency):
            yield GaugeMetricFamily(
                "montage_gateway_seconds", "Time of a heartbeat there and back", value=bot.latency
            )
        yield GaugeMetricFamily(
            "montage_refused_lately",
            "Requests that Discord answered with 401, 403 or 429 in the last ten minutes; 10,000 block the address",
            value=bot.refused_requests.lately,
        )
        refused = CounterMetricFamily("montage_refused", "Requests that Discord refused", labels=["status"])
        for status, times in bot.refused_requests.total.items():
            refused.add_metric([str(status)], times)
        yield refused
        unread = CounterMetricFamily("montage_unread_events", "Events that could not be read", labels=["name"])
        for name, times in bot.unread.items():
            unread.add_metric([name], times)
        yield unread
        if isinstance(settings.database, Path):
            yield GaugeMetricFamily(
                "montage_database_bytes", "Size of the database file", value=settings.database.stat().st_size
            )
            folder = backup_folder(settings)
            if folder is not None and (made := backups_of(settings.database, folder)):
                age = (clock.now() - made[-1].made_at) / clock.SECOND
                yield GaugeMetricFamily("montage_backup_age_seconds", "Age of the newest backup", value=age)
