"""EndNote XML, as EndNote, Zotero, Bookends and the databases of systematic reviews export it: a library as one line.

Texts stand in `<style>` elements, one for each run of one face; a line's end within a text is a carriage return.
"""

import re

from lxml import etree

from ..dates import PartialDate, date_or_year
from ..ids import Identifier
from .document import Document
from .parts import markup
from .parts.bibliography import subject
from .parts.xml_records import child, children, records
from .record import DigestRecord, Identified, Link, PaperRecord, Reading, Unreadable, entry, identified, person

TITLE = "EndNote XML"

_MARK = re.compile(r"<records>\s*(?:<record[\s>]|</records>)")
_OF_RECORD = re.compile(r"<record>(?:(?!</?record>).)*?<(?:ref-type|rec-number|titles|contributors)[\s>]", re.DOTALL)
#: Elements of HTML that say what a face says.
_FACES = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}
#: Databases, and the owners of records in them, whose accession numbers are PubMed's.
_PUBMED = re.compile(r"\b(?:medline|pubmed)\b|^(?:NLM|PIP|KIE|NASA|HSR|HMD|NOTNLM)$", re.IGNORECASE)
_AND_OTHERS = {"et al", "et al.", "and others", "others"}


def recognise(document: Document) -> int:
    head = document.head
    if not _OF_RECORD.search(head):
        return 90 if re.search(r"<records>\s*</records>|<records\s*/>", head) else 0
    return 95 if _MARK.search(head) else 70


def read(document: Document) -> Reading:
    for place, found in enumerate(records(document, "record"), document.first_place):
        if isinstance(found, Unreadable):
            yield found._replace(place=place)
        else:
            yield entry(_record(found.element), place, found.line, DigestRecord(), found.text)


def _record(record: etree._Element) -> PaperRecord:
    titles = child(record, "titles")
    return PaperRecord(
        title=_text(child(titles, "title")),
        other_titles=tuple(filter(None, map(_text, children(titles, "translated-title")))),
        abstract=_text(child(record, "abstract")),
        note=_text(child(record, "research-notes")),
        authors=_authors(record),
        published=_published(child(record, "dates")),
        venue=_venue(record),
        tags=_tags(record),
        links=tuple(Link("page", url) for url in _urls(record) if not identified(url)["identifiers"]),
        **_identified(record),
    )


def _text(element: etree._Element | None) -> str:
    """The text of an element, its styles as TeX."""
    for run in [] if element is None else element.iter("style"):
        run.tag = next((tag for face, tag in _FACES.items() if face in run.get("face", "")), "style")
    return markup.text_of(element)


def _venue(record: etree._Element) -> str:
    """The journal or the book; where registers of trials have their address in its place, none."""
    texts = (_text(child(record, *path)) for path in (("periodical", "full-title"), ("titles", "secondary-title")))
    return next((text for text in texts if text and not text.startswith(("http://", "https://"))), "")


def _authors(record: etree._Element) -> tuple[str, ...]:
    """The authors; a name in one piece, such as a group's, ends in a comma."""
    texts = map(_text, children(child(record, "contributors", "authors"), "author"))
    names = (text.rstrip(" ,;") if text.endswith(",") else person(text.rstrip(" ;")) for text in texts)
    return tuple(name for name in names if name and name.lower() not in _AND_OTHERS)


def _published(dates: etree._Element | None) -> PartialDate | None:
    """The year, with the month and day that may stand apart from it."""
    written, date = _text(child(dates, "year")), _text(child(dates, "pub-dates", "date"))
    year, exact = date_or_year(written), date_or_year(date) or date_or_year(f"{date} {written}")
    return exact if exact and not (year and year.year != exact.year) else year


def _tags(record: etree._Element) -> tuple[str, ...]:
    """The keywords, of which some programs put all into one element."""
    texts = ("".join(keyword.itertext()) for keyword in children(child(record, "keywords"), "keyword"))
    parts = (part for text in texts for part in re.split(r"[\r;]", text))
    return tuple(dict.fromkeys(filter(None, map(subject, parts))))


def _urls(record: etree._Element) -> list[str]:
    """The addresses that lead somewhere from anywhere: no files of one's own."""
    kinds = children(child(record, "urls"), "web-urls", "related-urls", "text-urls", "pdf-urls")
    texts = " ".join("".join(url.itertext()) for kind in kinds for url in children(kind, "url"))
    return list(dict.fromkeys(text for text in texts.split() if text.startswith(("http://", "https://"))))


def _identified(record: etree._Element) -> Identified:
    """What identifies the paper: what its addresses say counts only where the record itself is silent, since a
    database has a DOI for its own page of a paper."""
    texts = [_text(child(record, "electronic-resource-num")), _accession(record)]
    own = identified(*texts, *" ".join(texts).split())
    linked = identified(*_urls(record))
    schemes = {identifier.scheme for identifier in own["identifiers"]}
    others: tuple[Identifier, ...] = tuple(each for each in linked["identifiers"] if each.scheme not in schemes)
    return {
        "identifiers": own["identifiers"] + others,
        "arxiv_version": own["arxiv_version"] or (None if "arxiv" in schemes else linked["arxiv_version"]),
    }


def _accession(record: etree._Element) -> str:
    """The number under which a database has the paper, where that says which database it is."""
    number = _text(child(record, "accession-num"))
    databases = [_text(child(record, f"remote-database-{which}")) for which in ("name", "provider")]
    is_pmid = re.fullmatch(r"[1-9]\d{0,7}", number) and any(map(_PUBMED.search, databases))
    return f"pmid:{number}" if is_pmid and "embase" not in databases[0].lower() else number
