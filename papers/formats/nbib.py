"""PubMed's own export, the MEDLINE format (`.nbib`, `.txt`)."""

import re

from .document import Document
from .parts.bibliography import people, published, text
from .parts.tagged_lines import TaggedRecord, entries, records
from .record import LONGEST_TAG, PaperRecord, Reading, identified

TITLE = "PubMed (MEDLINE)"

#: A tag fills four characters, and a minus follows; what goes on from the line above is indented.
_TAGGED = re.compile(r"([A-Z][A-Z0-9]{1,3})[ \t]{0,2}-(?!-)[ \t]?(.*)", re.DOTALL)
_ID = re.compile(r"^\W{0,3}PMID ?- ?\d+\s*$", re.MULTILINE)
_TITLE = re.compile(r"^(?:TI  |BTI )- ", re.MULTILINE)
_OTHERS = re.compile(r"^(?:OWN |STAT|FAU |DCOM|JT  |JID |PMCR|PT  |EDAT|MHDA)- ", re.MULTILINE)
_NO_TITLE = re.compile(r"(?:\[?not available\]?\.?)?", re.IGNORECASE)


def recognise(document: Document) -> int:
    if _ID.search(document.head):
        return 95
    return 70 if _TITLE.search(document.head) and _OTHERS.search(document.head) else 0


def read(document: Document) -> Reading:
    return entries(records(document, _TAGGED, _begins), document.first_place, "TI", _record)


def _begins(record: TaggedRecord, tag: str, is_below_blank: bool) -> bool:
    """PubMed's id begins a record; below a blank line so does PubMed Central's, and a title where there is one."""
    if tag == "PMID" or not is_below_blank:
        return tag == "PMID"
    return (tag == "TI" and "TI" in record.tags) or (tag in ("PMC", "PMCR") and not _is_spaced(record))


def _is_spaced(record: TaggedRecord) -> bool:
    """Whether blank lines stand between its lines, so that they tell nothing of where it ends."""
    lines = record.text.split("\n")
    return lines.count("") * 3 > len(lines)


def _title(record: TaggedRecord) -> str:
    """The title, and where there is none in English the one in the paper's own language."""
    title = record.first("TI", "BTI", "CTI")
    return text(record.first("TT") if _NO_TITLE.fullmatch(_line(title)) else title)


def _record(record: TaggedRecord) -> PaperRecord:
    names = record.all("FAU") or record.all("AU")
    subjects = [word.split("/")[0].strip("* ") for word in map(_line, record.all("OT", "MH"))]
    ids = [value.split(" [")[0] for value in record.all("LID", "AID") if "[doi]" in value or "arxiv" in value.lower()]
    return PaperRecord(
        title=_title(record),
        abstract=text(record.first("AB", "OAB")),
        authors=(*people(*names), *map(_line, record.all("CN"))),
        published=published(*record.all("DP"), *record.all("DEP")),
        venue=_line(text(record.first("JT", "TA", *(["BTI"] if record.first("TI") else [])))),
        tags=tuple(dict.fromkeys(word for word in subjects if 0 < len(word) <= LONGEST_TAG)),
        **identified(*(f"pmid:{value}" for value in record.all("PMID")), *ids),
    )


def _line(value: str) -> str:
    return " ".join(value.split())
