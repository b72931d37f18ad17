"""Zotero RDF: a library or collection as Zotero exports it.

Items, journals and collections stand side by side, and name one another by `rdf:about`.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from lxml import etree

from ..dates import date_or_year
from .document import Document
from .parts.markup import html_tree, text_of
from .parts.xml_records import XmlRecord, child, children, name, records
from .record import LONGEST_TAG, DigestRecord, Link, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "Zotero RDF"

_NAMESPACE = "http://www.zotero.org/namespaces/export#"
_OF_ITEMS = re.compile(r"<z:itemType>|http://purl\.org/net/biblio#")
_HOLDERS = {"bib:Journal", "bib:Periodical", "bib:Newspaper", "bib:Series", "bib:CourtReporter"}
_NO_ITEMS = _HOLDERS | {"bib:Memo", "z:Attachment", "z:Collection"}
_NO_ITEM_TYPES = {"attachment", "note", "annotation"}
_CREATORS = ("bib:authors", "z:presenters", "z:inventors", "z:programmers", "z:podcasters")
#: Of the lines of “Extra” those that identify the item.
_EXTRA = re.compile(
    r"^[ \t]*(?P<scheme>pmid|doi|arxiv|eprint|archive id)\s*:\s*(?P<value>\S.*)", re.IGNORECASE | re.MULTILINE
)
#: Markup that Zotero keeps in titles, and that publishers leave in abstracts.
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|span|p|br|jats:[a-z-]+)(?:\s[^<>]*)?/?>", re.IGNORECASE)
#: How deep collections may lie within one another.
_DEEPEST = 50


class _Surroundings(NamedTuple):
    """What a file says beside its items, by the names that items know it by."""

    holders: dict[str, XmlRecord]
    """What several items may stand in, such as a journal."""
    collections: dict[str, list[str]]
    """By each item's name the collections that it is in, with those around them: `Lamps/Wicks`."""


def recognise(document: Document) -> int:
    return 95 if _NAMESPACE in document.head and _OF_ITEMS.search(document.head) else 0


def read(document: Document) -> Reading:
    around = _surroundings(document)
    place = document.first_place
    for found in records(document, attribute="rdf:about"):
        if isinstance(found, Unreadable):
            yield found._replace(place=place)
        elif _is_item(found.element):
            item = entry(_record(found.element, around), place, found.line, DigestRecord(), found.text)
            yield item._replace(text=_piece(found, around)) if isinstance(item, Unreadable) else item
        else:
            continue
        place += 1


def _surroundings(document: Document) -> _Surroundings:
    holders: dict[str, XmlRecord] = {}
    collections: dict[str, etree._Element] = {}
    for found in records(document, attribute="rdf:about"):
        if isinstance(found, XmlRecord) and name(found.element) in _HOLDERS:
            holders[_attribute(found.element, "about")] = found
        elif isinstance(found, XmlRecord) and name(found.element) == "z:Collection":
            collections[_attribute(found.element, "about")] = found.element
    return _Surroundings(holders, _paths(collections))


def _paths(collections: dict[str, etree._Element]) -> dict[str, list[str]]:
    """The path of each collection that an item is in, by the item."""
    parts = {about: [_attribute(part, "resource") for part in _parts(each)] for about, each in collections.items()}
    titles = {about: _line(child(each, "dc:title")) for about, each in collections.items()}
    parents = {part: about for about, names in parts.items() for part in names if part in collections}
    found: dict[str, list[str]] = {}
    for about, names in parts.items():
        path, above = [about], about
        while (above := parents.get(above, "")) and above not in path and len(path) < _DEEPEST:
            path.append(above)
        tag = "/".join(titles[each] for each in reversed(path) if titles[each])
        for item in names:
            found.setdefault(item, []).append(tag if len(tag) <= LONGEST_TAG else titles[about][:LONGEST_TAG])
    return found


def _parts(collection: etree._Element) -> list[etree._Element]:
    return children(collection, "dcterms:hasPart")


def _is_item(element: etree._Element) -> bool:
    kind = _line(child(element, "z:itemType"))
    is_named = bool(kind) or name(element).startswith("bib:")
    return is_named and name(element) not in _NO_ITEMS and kind not in _NO_ITEM_TYPES


def _piece(found: XmlRecord, around: _Surroundings) -> str:
    """The item with what it stands in and what it is in, so that it can be read alone."""
    about = _attribute(found.element, "about")
    named = dict.fromkeys(_attribute(part, "resource") for part in children(found.element, "dcterms:isPartOf"))
    holders = (around.holders[each].text for each in named if each in around.holders)
    collections = (
        f'<z:Collection rdf:about="#{number}"><dc:title>{escape(path)}</dc:title>'
        f'<dcterms:hasPart rdf:resource="{escape(about)}"/></z:Collection>'
        for number, path in enumerate(around.collections.get(about, []), 1)
    )
    return "\n".join([found.text, *holders, *collections])


def _record(item: etree._Element, around: _Surroundings) -> PaperRecord:
    holders = _holders(item, around)
    date = child(item, "dc:date")
    pages = [page for page in _pages(item) if not identified(page)["identifiers"]]
    return PaperRecord(
        title=_line(child(item, "dc:title")),
        abstract=_text(child(item, "dcterms:abstract")),
        authors=tuple(_authors(item)),
        published=date_or_year(_line(child(item, "dcterms:issued") if date is None else date)),
        venue=_venue(item, holders),
        tags=tuple(dict.fromkeys([*_subjects(item), *around.collections.get(_attribute(item, "about"), [])])),
        links=tuple(Link("page", page) for page in dict.fromkeys(pages)),
        **identified(*_identifying(item, holders)),
    )


def _holders(item: etree._Element, around: _Surroundings) -> list[etree._Element]:
    """What an item stands in, and what that does, the innermost first; each once."""
    found, seen = [item], {item}
    for element in found:
        for part in children(element, "dcterms:isPartOf"):
            named = around.holders.get(_attribute(part, "resource"))
            new = [holder for holder in ([named.element] if named else part) if holder not in seen]
            found += new
            seen.update(new)
    return found[1:]


def _venue(item: etree._Element, holders: list[etree._Element]) -> str:
    """The journal, book or site, rather than a section of it or the series; else the conference."""
    inmost = sorted(holders, key=lambda holder: name(holder) in ("bib:Series", "bib:Part"))
    named = (*inmost, child(item, "bib:presentedAt", "bib:Conference"))
    return next((title for holder in named if (title := _line(child(holder, "dc:title")))), "")


def _authors(item: etree._Element) -> Iterator[str]:
    """Who made it, in order; who edited or translated it did not."""
    creators = next((found for kind in _CREATORS if (found := children(item, kind))), [])
    people = [person for each in creators for person in each.iter() if name(person) == "foaf:Person"]
    for person in people or children(item, "dc:creator"):
        given = child(person, "foaf:givenName")
        parts = (child(person, "foaf:givenname") if given is None else given, child(person, "foaf:surname"))
        if full := " ".join(filter(None, map(_line, parts))) or _line(person):
            yield full


def _subjects(item: etree._Element) -> Iterator[str]:
    """The tags that people gave, and those that came with the item; a subject of a catalogue is a shelf mark."""
    for subject in children(item, "dc:subject"):
        if tag := _line(child(subject, "z:AutomaticTag", "rdf:value") if len(subject) else subject):
            yield tag


def _pages(item: etree._Element) -> Iterator[str]:
    for identifier in children(item, "dc:identifier"):
        if page := _line(child(identifier, "dcterms:URI", "rdf:value")):
            yield page


def _identifying(item: etree._Element, holders: list[etree._Element]) -> Iterator[str]:
    """What identifies an item: Zotero puts its DOI to the journal that it stands in."""
    for holder in (item, *holders):
        texts = (_line(identifier) for identifier in children(holder, "dc:identifier") if not len(identifier))
        yield from (text for text in texts if holder is item or text.startswith("DOI"))
    yield from _pages(item)
    yield _attribute(item, "about")
    for line in _EXTRA.finditer(_text(child(item, "dc:description"))):
        yield f"pmid:{line['value']}" if line["scheme"].lower() == "pmid" else line["value"]


def _attribute(element: etree._Element, local: str) -> str:
    """The value of an attribute, whatever its namespace."""
    return next((str(value) for key, value in element.items() if re.split("[}:]", str(key))[-1] == local), "")


def _line(element: etree._Element | None) -> str:
    return " ".join(_text(element).split())


def _text(element: etree._Element | None) -> str:
    """The text of an element, in which markup stands as text."""
    text = "" if element is None else "".join(map(str, element.itertext())).strip()
    return text_of(html_tree(text)) if _MARKUP.search(text) else text
