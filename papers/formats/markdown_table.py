"""Markdown tables of papers, a row for each: the first row names the columns, of which one is the title.

A heading above a table is a topic, and becomes a tag; one with a date begins a digest of its own. The first
heading of all names the list.
"""

from .document import Document
from .parts.links import links
from .parts.markdown_lines import Heading, Row, is_rule, parts
from .parts.paper_rows import breaks_off, cells, columns, record_of
from .parts.topics import Topics
from .record import DigestRecord, Found, Reading, Unreadable, entry, identified

TITLE = "Markdown table"


def recognise(document: Document) -> int:
    lines = [*document.head.split("\n"), ""]
    tables = [
        set(columns(header))
        for header, rule, first in zip(lines, lines[1:], lines[2:], strict=False)
        if "|" in header and is_rule(rule) and not _leads_elsewhere(first)
    ]
    papers = [table for table in tables if "title" in table]
    if any("authors" in table for table in papers):
        return 85
    return 60 if any(table & {"link", "date", "abstract"} for table in papers) else 0


def read(document: Document) -> Reading:
    topics = Topics(document)
    for part in parts(document):
        if isinstance(part, Heading):
            topics.come_to(part)
        elif isinstance(part, Row) and "title" in columns(part.header) and not _leads_elsewhere(part.text):
            yield topics.placed(_entry(part, topics))


def _leads_elsewhere(row: str) -> bool:
    """Whether a row has no links but to other files of whoever made the list, as one of an archive has."""
    return "](" in row and "](http" not in row and not links(row) and not identified(row)["identifiers"]


def _entry(row: Row, topics: Topics) -> Found | Unreadable:
    names = columns(row.header)
    text = topics.above(f"{row.header}\n|{'---|' * len(names)}\n{row.text}")
    found = cells(row.text, names)
    if breaks_off(row.text, found[-1]):
        return Unreadable(text, row.line, "a row that breaks off: has the file been cut short?")
    return entry(record_of(found, names, topics.tags), 1, row.line, DigestRecord(), text)
