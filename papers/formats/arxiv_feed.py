"""The news feeds of arXiv, a category's papers of a day: RSS 2.0 and Atom as they are since 2024, and RSS as it was.

Since 2024 an abstract stands behind `arXiv:… Announce Type: new Abstract:`; before, what names a paper stood behind its
title, as `(arXiv:2301.01234v1 [astro-ph.GA])`, and its authors were links. On weekends a feed is empty.
"""

import re
from typing import NamedTuple

from lxml import etree

from ..dates import dated
from .document import Document, UnreadableFile
from .parts import arxiv_values
from .parts.feed_head import ENTRIES, FeedHead, feed_head, first_text, is_feed, texts
from .parts.xml_records import children, records, root, text_at
from .record import DigestRecord, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "arXiv news feed"

_HEAD = re.compile(r"updates on (?:the )?arXiv\.org|arxiv\.org/(?:rss|atom)/|Feed error for query")
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_IN_ENTRY = re.compile(r"<\w{1,20}:announce_type>|\(arXiv:[^()\s]{5,40} \[[\w.-]{2,20}\][ A-Z-]*\)\s*(?:\]\]>)?\s*</")
_CATEGORIES = re.compile(r"(.*) updates on (?:the )?arXiv\.org", re.IGNORECASE)
_ADDRESS = re.compile(r"arxiv\.org/(?:rss|atom)/([\w.+-]+)")
_ERROR = re.compile(r"Feed error for query", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(arXiv:\S{5,40})\s+Announce Type:\s*([\w-]+)\s*(?:Abstract:\s*)?", re.IGNORECASE)
_BEHIND_TITLE = re.compile(r"(\S{5,40}) \[([\w.-]{2,20})\][ A-Z-]*\)")
_OF_ABSTRACT = re.compile(r"Abstract:\s*", re.IGNORECASE)


def recognise(document: Document) -> int:
    head = document.head
    if not is_feed(head, root(document)):
        return 0
    before, *entries = _ENTRY.split(head)
    ours = sum(bool(_IN_ENTRY.search(each)) for each in entries)
    return 98 if _HEAD.search(before) or 0 < len(entries) <= 2 * ours else 0


def read(document: Document) -> Reading:
    head = feed_head(document)
    if _ERROR.match(head.title):
        raise UnreadableFile(f"no papers but an error of arXiv’s: {head.description or head.title}")
    digest = DigestRecord(_source(head), head.date)
    for place, found in enumerate(records(document, *ENTRIES), document.first_place):
        if isinstance(found, Unreadable):
            yield found._replace(place=place, digest=digest)
        else:
            yield entry(_record(found.element), place, found.line, digest, found.text)


def _source(head: FeedHead) -> str:
    if categories := _CATEGORIES.match(head.title):
        return f"arXiv {categories[1]}"
    if address := _ADDRESS.search(head.id):
        return f"arXiv {address[1].replace('+', ', ')}"
    return head.title


class _Titled(NamedTuple):
    """A title, and what arXiv used to put behind it."""

    title: str
    id: str = ""
    category: str = ""


class _Described(NamedTuple):
    """An abstract, and what arXiv puts before it."""

    abstract: str
    id: str = ""
    announced_as: str = ""


def _record(element: etree._Element) -> PaperRecord:
    titled = _titled(" ".join(text_at(element, "title").split()))
    described = _described(element)
    kind = text_at(element, "arxiv:announce_type") or described.announced_as
    filed = [text_at(each) or each.get("term", "") for each in children(element, "category")]
    creators = [text_at(each) for each in children(element, "dc:creator")]
    creators = creators or [text_at(each, "name") or text_at(each) for each in children(element, "author")]
    return PaperRecord(
        title=titled.title,
        abstract=described.abstract,
        authors=tuple(name for creator in creators for name in arxiv_values.authors(creator)),
        published=dated(first_text(element, "published", "pubDate")) if kind == "new" else None,
        venue=first_text(element, "arxiv:journal_reference", "arxiv:journal_ref"),
        tags=arxiv_values.categories([titled.category, *filed]),
        links=arxiv_values.code_links(text_at(element, "arxiv:comment")),
        **identified(
            *texts(element, "guid", "id", "link"),
            *(link.get("href", "") for link in children(element, "link") if link.get("rel") != "related"),
            titled.id,
            described.id,
            first_text(element, "arxiv:DOI", "arxiv:doi"),
        ),
    )


def _titled(title: str) -> _Titled:
    words, mark, behind = title.rpartition("(arXiv:")
    named = _BEHIND_TITLE.fullmatch(behind) if mark else None
    return _Titled(words.rstrip().removesuffix("."), named[1], named[2]) if named else _Titled(title)


def _described(element: etree._Element) -> _Described:
    text = text_at(element, "description") or text_at(element, "summary")
    if announced := _ANNOUNCED.match(text):
        return _Described(text[announced.end() :], announced[1], announced[2])
    if text.startswith("<"):
        text = first_text(element, "description", "summary")
    label = _OF_ABSTRACT.match(text)
    return _Described(text[label.end() :] if label else text)
