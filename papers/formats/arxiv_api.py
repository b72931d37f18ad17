"""What the search API of arXiv answers: an Atom feed in which arXiv's own fields stand beside Atom's.

An error is answered as a feed of one entry titled `Error`; a search that finds nothing as one without entries.
"""

import re
from urllib.parse import unquote_plus

from lxml import etree

from ..dates import dated
from .document import Document, UnreadableFile
from .parts.arxiv_values import categories, code_links
from .parts.feed_head import ENTRIES, feed_head
from .parts.xml_records import children, local_name, records, root, text_at
from .record import DigestRecord, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "arXiv API"

_ANSWER = re.compile(r"arxiv\.org/api/|arXiv Query:|arXiv Search Results", re.IGNORECASE)
_FIELDS = "http://arxiv.org/schemas/atom"
_ANNOUNCES = re.compile(r"announce_type|rss\.arxiv\.org|updates on arXiv\.org")
_SEARCH = re.compile(r"\bsearch_query=([^&]*)")


def recognise(document: Document) -> int:
    head = document.head
    if root(document) != "feed" or _ANNOUNCES.search(head):
        return 0
    return 95 if _ANSWER.search(head) else 80 if _FIELDS in head else 0


def read(document: Document) -> Reading:
    digest = _digest(document)
    for place, found in enumerate(records(document, *ENTRIES), document.first_place):
        if isinstance(found, Unreadable):
            yield found._replace(place=place, digest=digest)
        elif "/api/errors" in text_at(found.element, "id"):
            said = text_at(found.element, "summary") or "which it does not explain"
            raise UnreadableFile(f"no papers but an error of arXiv’s: {' '.join(said.split())}")
        else:
            yield entry(_record(found.element), place, found.line, digest, found.text)


def _digest(document: Document) -> DigestRecord:
    head = feed_head(document)
    search = _SEARCH.search(head.title)
    query = " ".join(unquote_plus(search[1]).split()) if search else ""
    source = f"arXiv search {query}" if query else "arXiv API" if any(head) else ""
    return DigestRecord(source, head.date)


def _record(element: etree._Element) -> PaperRecord:
    names = (text_at(author, "name") for author in children(element, "author"))
    filed = children(element, "arxiv:primary_category", "category")
    filed.sort(key=lambda category: local_name(category) != "primary_category")
    return PaperRecord(
        title=" ".join(text_at(element, "title").split()),
        abstract=text_at(element, "summary"),
        authors=tuple(name for name in names if any(map(str.isalnum, name))),
        published=dated(text_at(element, "published")),
        venue=" ".join(text_at(element, "arxiv:journal_ref").split()),
        tags=categories(category.get("term", "") for category in filed),
        links=code_links(text_at(element, "arxiv:comment")),
        **identified(text_at(element, "id"), text_at(element, "arxiv:doi")),
    )
