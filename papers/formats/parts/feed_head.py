"""What a feed of any kind, RSS or Atom, says of itself before its first entry."""

from typing import NamedTuple

from lxml import etree

from ...dates import PartialDate, dated
from ..document import Document
from .markup import text_in, text_of
from .xml_records import child, children, header

#: The names of the entries of feeds: of RSS, and of Atom.
ENTRIES = ("item", "entry")

_DATES = ("pubDate", "updated", "dc:date", "lastBuildDate", "modified", "prism:publicationDate", "prism:coverDate")


class FeedHead(NamedTuple):
    title: str = ""
    description: str = ""
    date: PartialDate | None = None
    id: str = ""
    """Atom's, which is an address as a rule; of RSS the link."""


def feed_head(document: Document) -> FeedHead:
    outermost = header(document, *ENTRIES)
    if outermost is None:
        return FeedHead()
    channel = child(outermost, "channel")
    head = outermost if channel is None else channel
    return FeedHead(
        title=first_text(head, "title"),
        description=first_text(head, "description", "subtitle", "tagline"),
        date=next(filter(None, (dated(first_text(head, name)) for name in _DATES)), None),
        id=first_text(head, "id", "link"),
    )


def first_text(element: etree._Element, *names: str) -> str:
    """On one line, the text of the first of these names that says anything."""
    found = (" ".join(text(child).split()) for name in names for child in children(element, name))
    return next(filter(None, found), "")


def texts(element: etree._Element, *names: str) -> list[str]:
    """The texts of the elements in it that have one of these names, each on one line."""
    found = (" ".join(text(child).split()) for child in children(element, *names))
    return list(filter(None, found))


def text(element: etree._Element) -> str:
    """What an element of a feed says, in whichever way its HTML is within it."""
    return text_of(element) if len(element) else text_in(element.text or "")


def is_feed(head: str, root: str) -> bool:
    """Whether a file of this beginning and outermost element is a feed, and not another file in RDF."""
    if root == "RDF":
        return "http://purl.org/rss/1.0" in head or "http://my.netscape.com/rdf/" in head
    return root in ("rss", "channel") or (root == "feed" and ("Atom" in head or "purl.org/atom" in head))
