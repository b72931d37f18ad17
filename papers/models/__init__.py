"""The nouns, and every way to narrow them."""

from .change import Change, ChangeSubject
from .digest import DateBasis, Digest, Source
from .edition import Edition
from .entry import Entry
from .errand import Errand
from .former_key import FormerKey, FormerRecord, HeldState
from .heading import Heading
from .identifier import Identifier
from .index import PaperFacets, PaperIndex
from .ingest import DigestFile, Ingest
from .invitation import Invitation
from .likely_duplicate import LikelyDuplicate
from .list_entry import ListEntry
from .mark import Mark
from .marking import Marking
from .membership import Membership
from .order import Order
from .paper import Paper
from .paper_tag import PaperTag
from .quarantined import Quarantined
from .reader_state import ReaderState
from .reading_list import ReadingList
from .reading_lists import Visibility
from .recommendation import Recommendation
from .remark import Remark
from .rule import Rule
from .ruling import RuledRecord, Ruling
from .said import Status
from .share_link import ShareLink
from .sighting import Sighting
from .tag import Tag
from .team import Team
from .user import TextSize, User
from .vocabulary import Author, Word

__all__ = [
    "Author",
    "Change",
    "ChangeSubject",
    "DateBasis",
    "Digest",
    "DigestFile",
    "Edition",
    "Entry",
    "Errand",
    "FormerKey",
    "FormerRecord",
    "Heading",
    "HeldState",
    "Identifier",
    "Ingest",
    "Invitation",
    "LikelyDuplicate",
    "ListEntry",
    "Mark",
    "Marking",
    "Membership",
    "Order",
    "Paper",
    "PaperFacets",
    "PaperIndex",
    "PaperTag",
    "Quarantined",
    "ReaderState",
    "ReadingList",
    "Recommendation",
    "Remark",
    "Rule",
    "RuledRecord",
    "Ruling",
    "ShareLink",
    "Sighting",
    "Source",
    "Status",
    "Tag",
    "Team",
    "TextSize",
    "User",
    "Visibility",
    "Word",
]
