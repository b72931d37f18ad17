"""PubMed XML: articles and books as PubMed and MEDLINE export them, with markup and formulas in their texts."""

import re
from collections.abc import Iterator

from lxml import etree

from ..dates import PartialDate, date_or_year, written_date
from .document import Document
from .parts.markup import text_of
from .parts.xml_records import child, children, records
from .record import DigestRecord, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "PubMed XML"

_MARK = re.compile(r"<(?:Pubmed(?:Article|BookArticle|ArticleSet|BookArticleSet)|MedlineCitation(?:Set)?)(?=[\s>/])")
#: How a date begins that spans more than one day, such as `1998 Dec-1999 Jan` and `2000 Nov 5-12`.
_BEGINNING = re.compile(r"(\d{4})(?: ([A-Z][a-z]{2})[a-z]*\b(?: (\d{1,2})\b)?)?")
#: What stands for a title that nobody has translated.
_NO_TITLE = {"", "not available", "no title available"}
_NO_LABEL = {"", "UNLABELLED"}


def recognise(document: Document) -> int:
    return 95 if _MARK.search(document.head) else 0


def read(document: Document) -> Reading:
    within = re.search(r"<Pubmed(?:Book)?Article[\s>]", document.head)
    names = ("PubmedArticle", "PubmedBookArticle") if within else ("MedlineCitation",)
    for place, found in enumerate(records(document, *names), document.first_place):
        if isinstance(found, Unreadable):
            yield found._replace(place=place)
        else:
            yield entry(_record(found.element), place, found.line, DigestRecord(), found.text)


def _record(record: etree._Element) -> PaperRecord:
    book = child(record, "BookDocument")
    citation = record if record.tag == "MedlineCitation" else child(record, "MedlineCitation")
    article = child(citation, "Article") if book is None else book
    title, *other_titles = _titles(article)
    return PaperRecord(
        title=title,
        other_titles=tuple(other_titles),
        abstract=_abstract(article) or _abstract(citation),
        authors=_authors(article) or _authors(child(book, "Book")),
        published=_published(article),
        venue=_venue(article, citation, title),
        tags=_tags(citation if book is None else book),
        **identified(*_identifiers(record, article)),
    )


def _titles(article: etree._Element | None) -> list[str]:
    """The title, and that in the original language; of a book the chapter's, if it is one."""
    found = [child(article, *path) for path in (("ArticleTitle",), ("VernacularTitle",), ("Book", "BookTitle"))]
    titles = [title for element in found[:2] if _words(title := text_of(element)) not in _NO_TITLE]
    return titles or [text_of(found[2])]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _abstract(holder: etree._Element | None) -> str:
    """The abstract, each part behind its label; where there is none, that in another language."""
    abstract = child(holder, "Abstract")
    parts = children(child(holder, "OtherAbstract") if abstract is None else abstract, "AbstractText")
    texts = ((part.get("Label", ""), text_of(part)) for part in parts)
    return "\n\n".join(f"{label}: {text}" if label not in _NO_LABEL else text for label, text in texts if text)


def _authors(holder: etree._Element | None) -> tuple[str, ...]:
    lists = children(holder, "AuthorList")
    authors = next((each for each in lists if each.get("Type", "authors") == "authors"), None)
    valid = (author for author in children(authors, "Author") if author.get("ValidYN") != "N")
    return tuple(filter(None, map(_name, valid)))


def _name(author: etree._Element) -> str:
    first = next((text for part in ("ForeName", "FirstName", "Initials") if (text := text_of(child(author, part)))), "")
    parts = (first, *(text_of(child(author, part)) for part in ("LastName", "Suffix", "CollectiveName")))
    return " ".join(filter(None, parts))


def _published(article: etree._Element | None) -> PartialDate | None:
    paths = (("Journal", "JournalIssue", "PubDate"), ("ArticleDate",), ("ContributionDate",), ("Book", "PubDate"))
    return next((date for path in paths if (date := _date(child(article, *path)))), None)


def _date(element: etree._Element | None) -> PartialDate | None:
    """The date that an element says in its parts, or the beginning of the time that it says in words."""
    year, month, day = (text_of(child(element, part)) for part in ("Year", "Month", "Day"))
    words = text_of(child(element, "MedlineDate")) or " ".join(filter(None, (year, month, day)))
    beginning = _BEGINNING.search(words)
    date = written_date(" ".join(filter(None, reversed(beginning.groups())))) if beginning else None
    if month.isdecimal():
        date = PartialDate.parse("-".join(filter(None, (year, month, day))))
    return date if isinstance(date, PartialDate) else date_or_year(words)


def _venue(article: etree._Element | None, citation: etree._Element | None, title: str) -> str:
    paths = ((article, "Journal", "Title"), (article, "Journal", "ISOAbbreviation"), (article, "Book", "BookTitle"))
    names = (text_of(child(*path)) for path in (*paths, (citation, "MedlineJournalInfo", "MedlineTA")))
    return next((name for name in names if name and name != title), "")


def _tags(citation: etree._Element | None) -> tuple[str, ...]:
    """The authors' keywords, and the headings under which librarians have put it."""
    keywords = (word for words in children(citation, "KeywordList") for word in children(words, "Keyword"))
    mesh = children(child(citation, "MeshHeadingList"), "MeshHeading")
    headings = (child(heading, "DescriptorName") for heading in mesh)
    return tuple(dict.fromkeys(filter(None, map(text_of, (*keywords, *headings)))))


def _identifiers(record: etree._Element, article: etree._Element | None) -> Iterator[str]:
    """What identifies the article itself; what it cites is identified further down."""
    for holder in (record, child(record, "MedlineCitation"), child(record, "BookDocument")):
        for pmid in children(holder, "PMID")[:1]:
            yield f"pmid:{text_of(pmid)}"
    for holder in (article, child(article, "Book"), child(record, "PubmedData"), child(record, "PubmedBookData")):
        located = [*children(holder, "ELocationID"), *children(child(holder, "ArticleIdList"), "ArticleId")]
        for element in located:
            text = text_of(element)
            is_doi = "doi" in (element.get("EIdType"), element.get("IdType")) and element.get("ValidYN") != "N"
            if is_doi or text.lower().startswith("arxiv:"):
                yield text
