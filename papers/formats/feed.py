"""RSS and Atom feeds of any kind: of journals, preprint servers and searches, of groups and blogs.

Each entry is a paper, be it a blog's: a feed says nothing that would tell them apart, and people choose their feeds.
An entry that names no work by an id keeps the page that it links to.
"""

import re

from lxml import etree

from ..dates import dated
from .document import Document
from .parts import arxiv_values
from .parts.bibliography import keywords
from .parts.feed_head import ENTRIES, feed_head, first_text, is_feed, text, texts
from .parts.feed_text import FeedText, feed_text, richest
from .parts.xml_records import children, records, root, text_at
from .parts.zotero_entry import is_of_zotero, zotero_record
from .record import DigestRecord, Link, PaperRecord, Reading, Unreadable, entry, identified, person

TITLE = "RSS or Atom feed"

#: In which elements each of these may stand, the likeliest first.
_TEXTS = "content:encoded content description summary dc:description dcterms:abstract media:description".split()
_DATES = (
    "published pubDate prism:publicationDate dc:date dcterms:issued issued created pubYear updated modified"
).split()
_IDENTIFIERS = "prism:doi dc:identifier doi arxiv:doi guid id prism:url feedburner:origLink".split()
_BEFORE_TITLE = re.compile(r"\[(?:ASAP|PDF|HTML)\]\s*", re.IGNORECASE)
#: The address of who wrote an entry, with their name in brackets.
_ADDRESSED = re.compile(r"\S{1,200}@\S{1,200}\s*\(([^()]{1,200})\)")
_FAMILY_NAME_FIRST = re.compile(r"[^\s,;]+, [^,;]+|[^,;]+, [^\s,;]+")
_OF_SOURCE = re.compile(r",? Published online.*|[;|].*| \d{4}.*|, Volume .*", re.IGNORECASE | re.DOTALL)


def recognise(document: Document) -> int:
    if is_feed(document.head, root(document)):
        return 60
    return 30 if root(document) in ENTRIES and "<title" in document.head else 0


def read(document: Document) -> Reading:
    head = feed_head(document)
    digest = DigestRecord(head.title, head.date)
    for place, found in enumerate(records(document, *ENTRIES), document.first_place):
        if isinstance(found, Unreadable):
            yield found._replace(place=place, digest=digest)
        else:
            read_one = zotero_record if is_of_zotero(found.element) else _record
            yield entry(read_one(found.element), place, found.line, digest, found.text)


def _record(element: etree._Element) -> PaperRecord:
    authors = _authors(element)
    first_author = authors[0] if authors else ""
    said = richest(feed_text(_paragraphs(child), first_author) for name in _TEXTS for child in children(element, name))
    labelled = arxiv_values.authors(said.said("authors"))
    title = first_text(element, "title", "dc:title")
    dates = [first_text(element, name) for name in _DATES]
    pages = _pages(element)
    works = identified(*texts(element, *_IDENTIFIERS), *pages, *said.labelled.get("identifiers", ()))
    return PaperRecord(
        title=_BEFORE_TITLE.sub("", title, count=1),
        abstract=said.body if said.is_abstract else "",
        snippet="" if said.is_abstract else said.body,
        authors=labelled if len(labelled) > len(authors) else authors,
        published=next(filter(None, map(dated, [*dates, said.said("published")])), None),
        venue=first_text(element, "prism:publicationName") or _OF_SOURCE.sub("", _source(element, said)),
        tags=_tags(element, said),
        links=_links(pages, said),
        **works,
    )


def _paragraphs(element: etree._Element) -> str:
    """What an element says, with blank lines between paragraphs: each line of HTML is one, plain text is wrapped."""
    said = text(element)
    return said if said == text_at(element) else said.replace("\n", "\n\n")


def _authors(element: etree._Element) -> tuple[str, ...]:
    written = texts(element, "dc:creator") or texts(element, "authors")
    written = written or [text_at(author, "name") or text_at(author) for author in children(element, "author")]
    people = [_name(each) for each in written]
    if len(people) != 1:
        return tuple(map(_in_order, (name for name in people if any(map(str.isalnum, name)))))
    if "@" in people[0] or _FAMILY_NAME_FIRST.fullmatch(people[0]):
        return () if "@" in people[0] else (person(people[0]),)
    return arxiv_values.authors(people[0])


def _name(author: str) -> str:
    addressed = _ADDRESSED.fullmatch(author)
    return addressed[1] if addressed else author


def _in_order(name: str) -> str:
    return person(name) if _FAMILY_NAME_FIRST.fullmatch(name) else name


def _pages(element: etree._Element) -> list[str]:
    """The addresses of the entry's own pages, that of the page to read first."""
    links = children(element, "link", "atom:link")
    own = [link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"]
    return list(filter(None, [*texts(element, "link"), *own]))


def _source(element: etree._Element, said: FeedText) -> str:
    return first_text(element, "dc:source", "prism:publication") or said.said("venue")


def _tags(element: etree._Element, said: FeedText) -> tuple[str, ...]:
    filed = children(element, "category", "dc:subject", "prism:keyword")
    tags = [each.get("label") or each.get("term") or text(each) for each in filed]
    tags = tags or [tag for label in said.labelled.get("tags", ()) for tag in keywords(label)]
    return tuple(dict.fromkeys(tag for tag in (" ".join(tag.split()) for tag in tags) if tag and "://" not in tag))


def _links(pages: list[str], said: FeedText) -> tuple[Link, ...]:
    page = next((url for url in pages if url.startswith(("http://", "https://"))), "")
    own = [Link("page", page)] if page and not identified(page)["identifiers"] else []
    return (*own, *arxiv_values.code_links(" ".join(said.labelled.get("comments", ()))))
