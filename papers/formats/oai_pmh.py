"""What archives answer to harvesters (OAI-PMH): arXiv in forms of its own, and all of them in Dublin Core.

A record that its archive has deleted is no paper, and none is missing. A single record may stand without its envelope.
"""

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml import etree

from ..dates import PartialDate, dated
from ..ids import arxiv_id, arxiv_month
from .document import Document, UnreadableFile
from .parts import arxiv_values
from .parts.markup import text_in
from .parts.xml_records import XmlRecord, header, local_name, records, root, text_at
from .record import (
    LONGEST_PIECE,
    DigestRecord,
    Found,
    Link,
    PaperRecord,
    Reading,
    Unreadable,
    entry,
    identified,
    person,
)

TITLE = "OAI-PMH"

_BARE = re.compile(r"<(?:\w+:)?identifier>\s*oai:|arxiv\.org/OAI/|openarchives\.org/OAI/")
#: MARC's fields: what they stand in is called a record as well.
_OF_MARC = re.compile(r"<(?:[\w.-]+:)?(?:leader|controlfield|datafield)(?=[\s>])")
_LISTS_RECORDS = ("", "ListRecords", "GetRecord")
_CODES = re.compile(r"(?:MSC[ :]?\S* )?\d\d[A-Z-](?:\d\d|xx|-)|[A-K]\.\d(?:\.\d|\b)")
_COMMENT = re.compile(r"Comments?:\s*", re.IGNORECASE)


def recognise(document: Document) -> int:
    outermost = root(document)
    if outermost == "OAI-PMH":
        return 98
    is_record = outermost in ("record", "records", "ListRecords", "GetRecord")
    return 90 if is_record and "header" in document.head and _BARE.search(document.head) else 0


def read(document: Document) -> Reading:
    digest = _digest(header(document, "record"))
    if _OF_MARC.search(document.head):
        raise UnreadableFile("records of MARC, which are not read: harvest with metadataPrefix=oai_dc")
    place = document.first_place - 1
    for found in records(document, "record"):
        if isinstance(found, Unreadable):
            place += 1
            yield found._replace(place=place, digest=digest)
        elif not _is_deleted(found.element):
            place += 1
            yield _entry(found, place, digest)


def _digest(envelope: etree._Element | None) -> DigestRecord:
    """Raises UnreadableFile where the archive answers something else than records."""
    if (error := _first(envelope, "error")) is not None:
        said = _line(error) or "nothing in words"
        raise UnreadableFile(f"no records: the archive answered “{said}” ({error.get('code', 'error')})")
    if (request := _first(envelope, "request")) is None:
        return DigestRecord()
    if (verb := request.get("verb", "")) not in _LISTS_RECORDS:
        raise UnreadableFile(f"the answer to verb={verb}, which has no records in it: harvest with verb=ListRecords")
    host = urlsplit(_line(request)).hostname or ""
    archive = "arXiv" if host.endswith("arxiv.org") else host
    source = " ".join(filter(None, [archive, "OAI-PMH", request.get("set", "")]))
    return DigestRecord(source, dated(_text(envelope, "responseDate")))


def _is_deleted(record: etree._Element) -> bool:
    head = _first(record, "header")
    return head is not None and head.get("status") == "deleted"


def _entry(found: XmlRecord, place: int, digest: DigestRecord) -> Found | Unreadable:
    metadata = _first(found.element, "metadata")
    form = next(iter(metadata), None) if metadata is not None else None
    if form is None:
        reason = "a record without its metadata"
    elif local_name(form).startswith("arXiv"):
        return entry(_of_arxiv(form), place, found.line, digest, found.text)
    elif local_name(form) in ("dc", "qualifieddc"):
        own_id = _text(_first(found.element, "header"), "identifier")
        return entry(_of_dublin_core(form, own_id), place, found.line, digest, found.text)
    else:
        reason = f"its metadata is {local_name(form)[:40]}, which is not read: harvest with metadataPrefix=oai_dc"
    return Unreadable(found.text[:LONGEST_PIECE], found.line, reason, place=place, digest=digest)


def _of_arxiv(form: etree._Element) -> PaperRecord:
    versions = _all(form, "version")
    numbers = (each.get("version", "").removeprefix("v") for each in versions)
    number = max((int(digits) for digits in numbers if re.fullmatch("[0-9]{1,3}", digits)), default=None)
    return PaperRecord(
        title=_line(_first(form, "title")),
        abstract=_text(form, "abstract"),
        authors=_authors(_first(form, "authors")),
        published=_first_day(form, versions),
        venue=_line(_first(form, "journal-ref")),
        tags=arxiv_values.categories(_text(form, "categories").split()),
        links=arxiv_values.code_links(_text(form, "comments")),
        identifiers=identified(_text(form, "id"), _text(form, "doi"))["identifiers"],
        arxiv_version=number,
    )


def _authors(authors: etree._Element | None) -> tuple[str, ...]:
    if authors is None:
        return ()
    parts = ("forenames", "keyname", "suffix")
    people = (" ".join(filter(None, (_line(_first(author, part)) for part in parts))) for author in authors)
    return tuple(name for name in people if any(map(str.isalnum, name))) or arxiv_values.authors(_line(authors))


def _first_day(form: etree._Element, versions: Sequence[etree._Element]) -> PartialDate | None:
    """When the first version came; what is dated later than its identifier is a later version’s day."""
    date = dated(_text(versions[0], "date") if versions else _text(form, "created"))
    work = arxiv_id(_text(form, "id"))
    if not date or not work:
        return date
    return date if (date.year, date.month or 1) <= arxiv_month(work.value) else None


def _of_dublin_core(form: etree._Element, own_id: str) -> PaperRecord:
    titles = _lines(form, "title")
    described = (text_in(text_at(each)) for each in _all(form, "abstract", "description"))
    abstracts = [text for text in described if not _COMMENT.match(text)]
    named = _lines(form, "identifier")
    other_names = [text for text in _lines(form, "relation") if "altIdentifier" in text]
    works = identified(own_id, *named, *other_names)
    dates = sorted(filter(None, map(dated, _lines(form, "date", "issued", "created"))), key=_earliest)
    pages = [text for text in named if text.startswith(("http://", "https://"))]
    cited = [text for text in named if " " in text and text not in pages and not identified(text)["identifiers"]]
    return PaperRecord(
        title=titles[0] if titles else "",
        other_titles=tuple(dict.fromkeys(titles[1:])),
        abstract=max(abstracts, key=len, default=""),
        authors=tuple(
            name for text in _lines(form, "creator") for name in map(person, text.split(";")) if name.strip()
        ),
        published=dates[0] if dates else None,
        venue=next(iter([*_lines(form, "source"), *cited]), ""),
        tags=tuple(dict.fromkeys(tag for text in _lines(form, "subject") for tag in _subjects(text))),
        links=tuple(Link("page", url) for url in pages[:1]) if not works["identifiers"] else (),
        **works,
    )


def _earliest(date: PartialDate) -> dt.date:
    return date.first_day


def _subjects(text: str) -> list[str]:
    """What a work is filed under; not the codes of mathematicians and of the ACM."""
    return [] if _CODES.match(text) else [part.strip() for part in text.split(";") if part.strip()]


def _all(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """The elements in it of these names: archives differ in their prefixes."""
    return [] if element is None else [child for child in element if local_name(child) in names]


def _first(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(iter(_all(element, name)), None)


def _text(element: etree._Element | None, name: str) -> str:
    return text_at(_first(element, name))


def _line(element: etree._Element | None) -> str:
    return " ".join(text_at(element).split())


def _lines(element: etree._Element, *names: str) -> list[str]:
    return list(filter(None, map(_line, _all(element, *names))))
