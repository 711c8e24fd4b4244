"""Seeing inside a bot that runs: whether it is well, and numbers for Prometheus, on loopback alone."""

from bot.monitoring.serving import add_monitoring, waiting_pages

__all__ = ["add_monitoring", "waiting_pages"]
