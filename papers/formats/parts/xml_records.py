"""XML cut into its records: each is parsed alone, so that a broken one spoils no other, and none is too large.

Nothing outside the records is parsed but the outermost element as far as the first of them. So there is no document
type and no entity of a file's own, whatever the file declares.
"""

import html
import re
from collections.abc import Iterator, Sequence
from html.entities import html5
from itertools import chain
from typing import NamedTuple

from lxml import etree

from ..document import Document
from ..record import LONGEST_PIECE, Unreadable

#: How long one record may be (characters).
LONGEST_RECORD = 1_000_000
#: A tag may be split between two chunks of the text; where it is longer than this, it is no tag.
_LONGEST_TAG = 10_000
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
#: What programs leave unescaped where XML does not let them: a bare `<` or `&`, or an entity of HTML.
_BARE_LESS_THAN = re.compile(r"<(?![A-Za-z_/!?])")
_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
#: A reference that may not be XML's: an entity of HTML, or the number of what is no character.
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
#: What may stand before the outermost element: what browsers say above a page that was copied, a declaration, comments,
#: a document type.
_PROLOGUE = re.compile(
    r"\s*(?:This XML file does not appear to have any style information[^<]{0,200})?"
    r"(?:\s++|(?s:<\?.*?(?:\?>|\Z)|<!--.*?(?:-->|\Z))|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?(?:>|\Z))*+",
    re.IGNORECASE,
)
_TAG_NAME = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
#: A prefix that a program made up says nothing of where a name is from.
_NUMBERED = re.compile(r"(?:ns|a)\d+")


class XmlRecord(NamedTuple):
    """An element of a file, the text it was found as, and the line on which that begins."""

    element: etree._Element
    text: str
    line: int


def records(document: Document, *names: str, attribute: str = "") -> Iterator[XmlRecord | Unreadable]:
    """The elements of these names, whatever their namespace, or of any name that bear this attribute; they do not hold
    one another."""
    for text, line, flaw in _cut(document, _starts(names, attribute)):
        if flaw or (element := parsed(text)) is None:
            yield Unreadable(text[:LONGEST_PIECE], line, flaw or "no XML that can be read")
        else:
            yield XmlRecord(element, text, line)


def header(document: Document, *names: str) -> etree._Element | None:
    """The outermost element with what stands in it before the first of these records, as far as that is in the head."""
    text = _without_prologue(document.head)
    first = _starts(names).search(text)
    return parsed(text[: first.start()] if first else text)


def root(document: Document) -> str:
    """The name of the outermost element, without its prefix; empty where the text does not begin with one."""
    opening = _TAG_NAME.match(_without_prologue(document.head))
    return opening[1] if opening else ""


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
    text = _as_xml(text)
    try:
        return etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError:
        return None


def name(element: etree._Element) -> str:
    """Its name with its prefix, as it is written: `dc:title`."""
    tag = element.tag if isinstance(element.tag, str) else ""
    local = tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def local_name(element: etree._Element) -> str:
    """Its name without any prefix: `title`."""
    return name(element).rpartition(":")[2]


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """The elements in it that have one of these names; a prefix such as `ns1` stands for any."""
    return [] if element is None else [child for child in element if _is_named(child, names)]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down this path: a name for each level."""
    for step in path:
        element = next(iter(children(element, step)), None)
    return element


def text_at(element: etree._Element | None, *path: str) -> str:
    """The plain text of the first element down this path; empty where there is none."""
    found = child(element, *path)
    return "" if found is None else "".join(found.itertext()).strip()


def _is_named(element: etree._Element, names: Sequence[str]) -> bool:
    own = name(element)
    prefix, _, local = own.rpartition(":")
    return own in names or (bool(_NUMBERED.fullmatch(prefix)) and local in (each.rpartition(":")[2] for each in names))


def _without_prologue(text: str) -> str:
    prologue = _PROLOGUE.match(text)
    return text[prologue.end() :] if prologue else text


def _as_xml(text: str) -> str:
    """The text with what XML does not allow as it was meant."""
    parts = _CDATA.split(text)
    parts[0::2] = map(_escaped, parts[0::2])
    return "".join(parts)


def _escaped(text: str) -> str:
    return _REFERENCE.sub(_letters, _BARE_AMPERSAND.sub("&amp;", _BARE_LESS_THAN.sub("&lt;", text)))


def _letters(reference: re.Match[str]) -> str:
    text = reference[0]
    letters = html.unescape(text) if text.startswith("&#") else html5.get(text[1:], text)
    if letters == "\r":  # would be a line's end if it stood there itself
        return text
    return html.escape(letters) if letters != text else f"&amp;{text[1:]}"


def _starts(names: Sequence[str], attribute: str = "") -> re.Pattern[str]:
    """Where a record begins; one that is closed at once holds nothing."""
    name = rf"(?P<name>(?:[\w.-]+:)?(?:{'|'.join(names) or r'[\w.-]+'}))"
    bearing = rf"(?=[^<>]*?\s{attribute}\s*=)" if attribute else ""
    return re.compile(rf"<{name}(?=[\s>]){bearing}(?![^<>]*/>)")


def _cut(document: Document, starts: re.Pattern[str]) -> Iterator[tuple[str, int, str]]:
    """Each record's text, the line it begins on, and what is wrong with it."""
    text, line, searched = "", 1, 0
    for chunk in chain(document.chunks(), [""]):
        text += chunk
        done = 0
        while start := starts.search(text, done):
            tags = re.compile(rf"{starts.pattern}|(?P<end></{re.escape(start['name'])}\s*>)")
            tag = tags.search(text, max(start.end(), searched))
            if tag and tag["end"]:
                until, flaw = tag.end(), ""
            elif tag:
                until, flaw = tag.start(), "the record has no end"
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
        searched = len(text) - _LONGEST_TAG if start else 0
