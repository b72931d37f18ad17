"""BibTeX and BibLaTeX, as reference managers, publishers and preprint servers export them.

Texts keep their TeX; only the braces by which BibTeX keeps letters as they are fall away. What a paper has from the
book that it stands in (`crossref`) is put in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..dates import PartialDate
from ..ids import fold
from ..text import clean
from .document import Document
from .parts.bibliography import addresses, arxiv_mentions, keywords, links, people, published, text
from .parts.bibtex_entries import Entry, entries
from .parts.bibtex_text import unprotected
from .record import DigestRecord, Found, Identified, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "BibTeX"

#: What is no work of its own, but says something about others, or to a style.
_NO_PAPERS = frozenset("comment preamble set xdata control ieeetranbstctl bibnote footnote".split())
#: What a paper has from its book, where it does not say it itself.
_GIVEN = ("booktitle", "year", "month", "date")
_BOOKS = frozenset("proceedings book collection mvproceedings mvbook mvcollection reference periodical".split())
_FIRST = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][ \t]*(?:[^\s,={}]*[ \t]*,|\S+[ \t]*=|[^\n]*$)", re.MULTILINE)
#: What may stand above it: remarks, or how JabRef once began.
_ABOVE = re.compile(r"(?:\s*+%[^\n]*+)*+\s*+")
_OF_JABREF = "This file was created with JabRef"
_TITLE = re.compile(r"\btitle\s*=\s*[\"{\w]", re.IGNORECASE)
#: Fields in which an arXiv id may stand, if it says so.
_MENTIONS = ("note", "number", "eid", "pages", "howpublished", "journal", "journaltitle", "publisher", "volume")
_LINKS = {"pdf": "pdf", "code": "code", "github": "code", "software": "code", "video": "video", "project": "project"}
#: The journals that astronomers write as a command.
_JOURNALS = {
    "aap": "Astronomy & Astrophysics",
    "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics Supplement",
    "aj": "Astronomical Journal",
    "apj": "Astrophysical Journal",
    "apjl": "Astrophysical Journal Letters",
    "apjs": "Astrophysical Journal Supplement",
    "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "na": "New Astronomy",
    "nar": "New Astronomy Reviews",
    "nat": "Nature",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "planss": "Planetary and Space Science",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "psj": "Planetary Science Journal",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica",
    "solphys": "Solar Physics",
    "ssr": "Space Science Reviews",
}


def recognise(document: Document) -> int:
    head = document.head
    first = _FIRST.search(head)
    if not first:
        return 0
    above = _ABOVE.match(head)
    if (above and above.end() >= first.start()) or head.lstrip().startswith(_OF_JABREF):
        return 95
    return 35 if _TITLE.search(head, first.end()) and not head.lstrip().startswith("<") else 0


def read(document: Document) -> Reading:
    books: Mapping[str, Mapping[str, str]] | None = None
    place = document.first_place
    for item in entries(document):
        if isinstance(item, Unreadable):
            yield item._replace(place=place)
        elif item.kind in _NO_PAPERS:
            continue
        else:
            if "crossref" in item.fields and books is None:
                books = _books(document)
            yield _read(item, place, books or {})
        place += 1


def _read(item: Entry, place: int, books: Mapping[str, Mapping[str, str]]) -> Found | Unreadable:
    item = _completed(item, books)
    if not _text(item, "title"):
        return Unreadable(item.text, item.line, "an entry without a title", place=place)
    return entry(_record(item), place, item.line, DigestRecord(), item.text)


def _books(document: Document) -> dict[str, dict[str, str]]:
    """What the books and proceedings in a file give to the papers in them, by their keys."""
    found = (each for each in entries(document) if isinstance(each, Entry) and each.kind in _BOOKS)
    return {book.key.lower(): _given(book.fields) for book in found}


def _given(fields: Mapping[str, str]) -> dict[str, str]:
    named = {"booktitle": fields.get("title", ""), **fields}
    return {name: named[name] for name in _GIVEN if named.get(name)}


def _completed(item: Entry, books: Mapping[str, Mapping[str, str]]) -> Entry:
    """The entry with what it has from the book that it stands in, in its text too."""
    book = books.get(item.fields.get("crossref", "").strip().lower(), {})
    missing = {name: value for name, value in book.items() if name not in item.fields}
    if not missing:
        return item
    added = "".join(f",\n  {name} = {{{value}}}" for name, value in missing.items())
    completed = f"{item.text[:-1].rstrip().rstrip(',')}{added}\n{item.text[-1]}"
    return item._replace(fields={**item.fields, **missing}, text=completed)


def _record(item: Entry) -> PaperRecord:
    fields = item.fields
    urls = addresses(*_values(fields, "url", "ee", "link", "howpublished", "bdsk-url-1", "bdsk-url-2", "eprint"))
    more = {name: addresses(fields[name]) for name in _LINKS if name in fields}
    return PaperRecord(
        title=_title(item),
        abstract=_text(item, "abstract"),
        authors=tuple(map(unprotected, people(*_values(fields, "author")))),
        published=_published(fields),
        venue=_venue(item),
        tags=tuple(dict.fromkeys(_tags(fields))),
        links=(*links("page", urls), *(link for name, found in more.items() for link in links(_LINKS[name], found))),
        **_identified(fields, [*urls, *(url for found in more.values() for url in found)]),
    )


def _values(fields: Mapping[str, str], *names: str) -> list[str]:
    return [fields[name] for name in names if name in fields]


def _text(item: Entry, name: str) -> str:
    return text(unprotected(item.fields.get(name, "")))


def _title(item: Entry) -> str:
    """The title with its subtitle, if it does not say that itself."""
    title, subtitle = _text(item, "title"), _text(item, "subtitle")
    return title if not subtitle or fold(subtitle) in fold(title) else f"{title.rstrip(':')}: {subtitle}"


def _venue(item: Entry) -> str:
    """The journal, or the book with the proceedings; of a thesis or a report where it was written."""
    names = ["journal", "journaltitle", "booktitle", *(("school", "institution") if item.kind not in _BOOKS else ())]
    venue = next(filter(None, (_text(item, name) for name in names)), "")
    return _JOURNALS.get(venue[1:], venue) if venue.startswith("\\") else venue


def _published(fields: Mapping[str, str]) -> PartialDate | None:
    date, year, month, day = (fields.get(name, "").strip() for name in ("date", "year", "month", "day"))
    return published(date, f"{year}-{month}" if month.isdecimal() else f"{day} {month} {year}", year)


def _tags(fields: Mapping[str, str]) -> Iterator[str]:
    """Its keywords, and its categories on arXiv; a tag is a name, so it is clean."""
    for value in _values(fields, "keywords", "keyword", "author_keywords", "mendeley-tags"):
        yield from filter(None, map(clean, keywords(unprotected(value))))
    if _is_of_arxiv(fields):
        yield from " ".join(_values(fields, "primaryclass", "eprintclass")).split()


def _is_of_arxiv(fields: Mapping[str, str]) -> bool:
    archive = " ".join(_values(fields, "archiveprefix", "eprinttype")).strip().lower()
    return not archive or archive.startswith("arxiv")


def _identified(fields: Mapping[str, str], urls: Sequence[str]) -> Identified:
    """What its ids, its addresses, and what it says of arXiv in other fields identify."""
    texts = [clean(unprotected(value)).replace("$", "") for value in _values(fields, "doi", "di", "arxivid", "arxiv")]
    texts += [f"pmid:{value}" for value in _values(fields, "pmid")]
    if (eprint := fields.get("eprint", "").strip()) and _is_of_arxiv(fields):
        archive = " ".join(_values(fields, "primaryclass", "eprintclass")).split(".")[0].strip()
        texts += [eprint, *([f"{archive}/{eprint}"] if eprint[:7].isdecimal() else [])]
    elif eprint and fields.get("eprinttype", "").strip().lower() in ("pubmed", "pmid"):
        texts.append(f"pmid:{eprint}")
    return identified(*texts, *arxiv_mentions(*map(unprotected, _values(fields, *_MENTIONS))), *urls)
