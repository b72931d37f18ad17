"""XML cut into its records: each is parsed alone, so that a broken one spoils no other, and none is too large.

Nothing outside the records is parsed but what stands before the first. So there is no document type and no entity of a
file's own, whatever the file declares.
"""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from lxml import etree

from .document import Document
from .record import LONGEST_PIECE, Unreadable

#: How long one record may be (characters).
LONGEST_RECORD = 1_000_000
#: A tag may be split between two chunks of the text; where it is longer than this, it is no tag.
_LONGEST_TAG = 10_000
#: A bare `&`, or an entity of HTML, of which XML knows none.
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#[xX][0-9A-Fa-f]+);)(?:[A-Za-z][A-Za-z0-9]*;)?")


class XmlRecord(NamedTuple):
    """An element of a file, the text it was found as, and the line on which that begins."""

    element: etree._Element
    text: str
    line: int


def records(document: Document, *names: str) -> Iterator[XmlRecord | Unreadable]:
    """The elements of these names, whatever their namespace; they do not hold one another."""
    for text, line, flaw in _cut(document, names):
        if flaw or (element := parsed(text)) is None:
            yield Unreadable(text[:LONGEST_PIECE], line, flaw or "no XML that can be read")
        else:
            yield XmlRecord(element, text, line)


def header(document: Document, *names: str) -> etree._Element | None:
    """The outermost element with what stands in it before the first of these records, as far as that is in the head."""
    return parsed(_starts(names).split(document.head, maxsplit=1)[0])


def parsed(text: str) -> etree._Element | None:
    """The element that the text is, closed where it was cut off. Names keep a prefix that is declared nowhere."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    text = _AMPERSAND.sub(_as_xml, text)
    try:
        return etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError:
        return None


def name(element: etree._Element) -> str:
    """Its name with its prefix, as it is written: `dc:title`."""
    tag = element.tag if isinstance(element.tag, str) else ""
    local = tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """The elements in it that have one of these names."""
    return [] if element is None else [child for child in element if name(child) in names]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down this path: a name for each level."""
    for step in path:
        element = next(iter(children(element, step)), None)
    return element


def _as_xml(ampersand: re.Match[str]) -> str:
    entity = ampersand[0]
    letters = html.unescape(entity)
    return letters if letters != entity else f"&amp;{entity[1:]}"


def _starts(names: Sequence[str]) -> re.Pattern[str]:
    """Where a record begins; one that is closed at once holds nothing."""
    return re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(names)})(?=[\s>])(?![^<>]*/>)")


def _cut(document: Document, names: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Each record's text, the line it begins on, and what is wrong with it."""
    starts, ends = _starts(names), re.compile(rf"</(?:[\w.-]+:)?(?:{'|'.join(names)})\s*>")
    text, line = "", 1
    for chunk in chain(document.chunks(), [""]):
        text += chunk
        done = 0
        while start := starts.search(text, done):
            end = ends.search(text, start.end())
            following = starts.search(text, start.end(), end.start() if end else len(text))
            if following:
                until, flaw = following.start(), "the record has no end"
            elif end:
                until, flaw = end.end(), ""
            elif not chunk:
                until, flaw = len(text), "the file ends within the record"
            elif len(text) - start.start() > LONGEST_RECORD:
                until, flaw = len(text), f"a record of more than {LONGEST_RECORD:,} characters"
            else:
                break
            line += text.count("\n", done, start.start())
            yield text[start.start() : until].rstrip(), line, flaw
            line += text.count("\n", start.start(), until)
            done = until
        rest = start.start() if start else max(done, len(text) - _LONGEST_TAG)
        line += text.count("\n", done, rest)
        text = text[rest:]
