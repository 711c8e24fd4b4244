"""What is kept about people and servers: said, exported, erased."""

from bot.privacy.commands import policy, policy_paragraphs
from bot.privacy.feature import setup
from bot.privacy.operator import add_control
from bot.privacy.privacy import Privacy
from bot.privacy.records import Records

__all__ = ["Privacy", "Records", "add_control", "policy", "policy_paragraphs", "setup"]
