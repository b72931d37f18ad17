"""Markdown lists with an item for each paper: its title in bold or as a link, then its authors, links and a note.

A heading above items is a topic, and becomes a tag; one with a date begins a digest of its own. The first
heading of all names the list.
"""

import io
import re

from .document import Document
from .parts.links import links
from .parts.markdown_lines import Heading, Item, parts
from .parts.paper_items import record_of
from .parts.paper_paragraphs import is_label
from .parts.topics import Topics
from .record import DigestRecord, Found, Reading, Unreadable, entry

TITLE = "Bulleted list"

#: What is shorter says what is behind a link, and stands below a title.
_SHORTEST_TITLE = 10
#: A link to a place in the same pages, as in a table of contents.
_WITHIN = re.compile(r"\]\((?!https?:)|<a href=")


def recognise(document: Document) -> int:
    head = document.head.encode(errors="replace")
    items = [part for part in parts(Document("head", lambda: io.BytesIO(head))) if isinstance(part, Item)]
    records = [record_of(item.text) for item in items[:50] if links(item.text)]
    named = [record for record in records if record.identifiers and not is_label(record.title)]
    return 50 if sum(len(record.title) >= _SHORTEST_TITLE for record in named) >= 2 else 0


def read(document: Document) -> Reading:
    topics = Topics(document)
    for part in parts(document):
        if isinstance(part, Heading):
            topics.come_to(part)
        elif isinstance(part, Item) and not (_WITHIN.search(part.text) and not links(part.text)):
            yield topics.placed(_entry(part, topics))


def _entry(item: Item, topics: Topics) -> Found | Unreadable:
    text = topics.above(item.text)
    if not links(item.text):
        return Unreadable(text, item.line, "an item without a link to a paper")
    return entry(record_of(item.text, topics.tags), 1, item.line, DigestRecord(), text)
