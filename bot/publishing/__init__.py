"""What is published from announcement channels to the servers that follow them."""

from bot.publishing.publications import Publications
from bot.publishing.store import PublicationStore

__all__ = ["PublicationStore", "Publications"]
