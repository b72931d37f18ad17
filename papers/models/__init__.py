"""The nouns, and every way to narrow them."""

from .change import Change, ChangeSubject
from .digest import DateBasis, Digest, Source
from .edition import Edition
from .entry import Entry
from .identifier import FormerKey, Identifier
from .index import PaperFacets, PaperIndex
from .ingest import DigestFile, Ingest, Quarantined
from .mark import Mark
from .marking import Marking
from .paper import Paper
from .reader_state import ReaderState, Status
from .tag import PaperTag, Tag
from .user import User
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
    "FormerKey",
    "Identifier",
    "Ingest",
    "Mark",
    "Marking",
    "Paper",
    "PaperFacets",
    "PaperIndex",
    "PaperTag",
    "Quarantined",
    "ReaderState",
    "Source",
    "Status",
    "Tag",
    "User",
    "Word",
]
