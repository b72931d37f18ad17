"""A report of NEP, RePEc's New Economics Papers: a mail, or its page, as it is or copied as text."""

import re

from ..dates import DayOfYear, PartialDate, find_date
from .document import LONGEST_TEXT, Document, Line, UnreadableFile
from .parts.mail import Mail
from .parts.mail_lines import mail_head, mail_lines
from .parts.nep_items import items
from .parts.nep_page import is_page, page_lines
from .parts.nep_paper import DASHES, flaw, parts_of, record_of
from .record import LONGEST_PIECE, DigestRecord, Reading, Unreadable, entry

TITLE = "NEP report"

_MARK = re.compile(r"NEP: New Economics Papers|^nep-[a-z]{3}\W+New Economics Papers|\bnep\.repec\.org\b", re.MULTILINE)
_PAPER = re.compile(r"^[ \t]*\d{1,4}[.)]\s", re.MULTILINE)
_ADDRESS = re.compile(r"^[ \t]*URL:\s*https?://d\.repec\.org/n\?u=RePEc:", re.MULTILINE)
_CODE = re.compile(r"\bnep-[a-z]{3}\b")
_ISSUED = re.compile(r"\bissue (?:date:|of)\s*([\d/-]{10})", re.IGNORECASE)
#: How much of what stands above a report's papers is looked at (characters).
_MOST_ABOVE = 5_000


def recognise(document: Document) -> int:
    if is_page(document.head):
        return 92
    head = mail_head(document)
    if not _PAPER.search(head):
        return 0
    return 92 if _MARK.search(head[:_MOST_ABOVE]) else 85 if _ADDRESS.search(head) else 0


def read(document: Document) -> Reading:
    above, found = items(_lines(document))
    if not found and not _MARK.search(above[:_MOST_ABOVE]):
        raise UnreadableFile("no report of NEP: there are no numbered papers in it")
    digest = _digest(above[:_MOST_ABOVE], document.mail)
    for place, item in enumerate(found, document.first_place):
        parts = parts_of(item.lines)
        if reason := flaw(parts):
            yield Unreadable(item.text[:LONGEST_PIECE], item.line, reason, place=place, digest=digest)
        else:
            yield entry(record_of(parts), place, item.line, digest, item.text)


def _lines(document: Document) -> list[Line]:
    if is_page(document.head):
        return list(page_lines(document.text()))
    lines: list[Line] = []
    length = 0
    for line in mail_lines(document):
        lines.append(line)
        length += len(line.text) + 1
        if length > LONGEST_TEXT:
            raise UnreadableFile(f"too long for a report: more than {LONGEST_TEXT:,} characters")
    return lines


def _digest(above: str, mail: Mail | None) -> DigestRecord:
    """The report, and the day of its issue. A paper alone does not say these."""
    mail = mail or Mail()
    said = DASHES.sub("-", f"{mail.subject}\n{above}")
    code = _CODE.search(said)
    source = f"RePEc {code[0] if code else 'NEP'}" if said.strip() else ""
    return DigestRecord(source, _day(said, mail))


def _day(said: str, mail: Mail) -> PartialDate | DayOfYear | None:
    issued = _ISSUED.search(said)
    date = PartialDate.parse(issued[1]) if issued else find_date(mail.subject)
    return date or (PartialDate.of(mail.date) if mail.date else None)
