"""/suggest, /suggestions and, in `review`, /moderate: from a member's idea to the server's catalogue."""

from bot.suggestions.bulk.posting import ImportPosting
from bot.suggestions.bulk.store import ImportStore
from bot.suggestions.buttons import ButtonRoutes
from bot.suggestions.card_cleanup import CardCleanup, CardCleanupStore
from bot.suggestions.changes import ChangeStore
from bot.suggestions.deadlines import Deadlines, DeadlineStore
from bot.suggestions.decisions import Decisions
from bot.suggestions.drafts import DraftStore
from bot.suggestions.entry import Entry
from bot.suggestions.erasing import delete_suggestions, prepare_erase, suggestions_of
from bot.suggestions.feature import setup
from bot.suggestions.forum_posts import ForumPosts, ForumTagStore
from bot.suggestions.publisher import CardPublisher
from bot.suggestions.review.permissions import Moderators
from bot.suggestions.review.store import ModerationStore, NoticeStore
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.title_index import TitleIndex
from bot.suggestions.traces import Traces
from bot.suggestions.vote_rules import SuggestionVoteRules

__all__ = [
    "ButtonRoutes",
    "CardCleanup",
    "CardCleanupStore",
    "CardPublisher",
    "ChangeStore",
    "DeadlineStore",
    "Deadlines",
    "Decisions",
    "DraftStore",
    "Entry",
    "ForumPosts",
    "ForumTagStore",
    "ImportPosting",
    "ImportStore",
    "ModerationStore",
    "Moderators",
    "NoticeStore",
    "Suggestion",
    "SuggestionStore",
    "SuggestionVoteRules",
    "TitleIndex",
    "Traces",
    "delete_suggestions",
    "prepare_erase",
    "setup",
    "suggestions_of",
]
