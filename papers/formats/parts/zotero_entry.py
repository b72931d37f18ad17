"""An entry of a Zotero library's Atom feed: a table of what is known of a work.

Whoever put the work into the library, and when, stands where other feeds name its authors and its date.
"""

from collections import defaultdict

from lxml import etree

from ...dates import dated
from ..record import Link, PaperRecord, identified, names
from .feed_head import first_text
from .markup import text_of
from .xml_records import children, local_name

_VENUES = ("Publication", "Proceedings Title", "Book Title", "Repository", "Publisher")


def is_of_zotero(element: etree._Element) -> bool:
    return bool(first_text(element, "zapi:itemType"))


def zotero_record(element: etree._Element) -> PaperRecord:
    rows = _rows(element)
    urls = rows["URL"]
    works = identified(*rows["DOI"], *urls, *rows["Archive ID"])
    return PaperRecord(
        title=first_text(element, "title"),
        abstract="\n\n".join(rows["Abstract"]),
        authors=tuple(rows["Author"]) or names(first_text(element, "zapi:creatorSummary").removesuffix(" et al.")),
        published=dated(next(iter(rows["Date"]), "") or first_text(element, "zapi:parsedDate", "zapi:year")),
        venue=next((rows[name][0] for name in _VENUES if rows[name]), ""),
        links=tuple(Link("page", url) for url in urls if not works["identifiers"]),
        **works,
    )


def _rows(element: etree._Element) -> defaultdict[str, list[str]]:
    """What stands in the table, by what stands before it."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for content in children(element, "content"):
        for row in filter(lambda each: local_name(each) == "tr", content.iter("*")):
            name, *values = [text_of(cell) for cell in row] or [""]
            rows[name] += filter(None, values)
    return rows
