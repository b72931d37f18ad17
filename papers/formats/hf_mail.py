"""The daily mail of Hugging Face papers: for each paper a link, its words the title with its votes, `Title (123 ▲)`.

Mails are read in HTML or as plain text, with the address behind the title; the subject says the day.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from ..dates import DayOfYear, PartialDate, find_date, written_date
from ..ids import arxiv_id, fold
from .document import Document
from .parts.markup import html_tree, text_of
from .record import LONGEST_PIECE, DigestRecord, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "Hugging Face daily papers mail"

_SOURCE = "Hugging Face daily papers"
_SENDER = "daily_papers_digest@"
#: How its links are counted.
_COUNTED = "utm_source=digest-papers"
_SUBJECT = re.compile(r"daily papers of\b(.{0,40})", re.IGNORECASE)
_QUOTED_SUBJECT = re.compile(
    r"subject:(?:\s|\*|</?\w{1,10}>){0,9}(?:\w{2,3}:\s?){0,3}daily papers of\b(.{0,40})", re.IGNORECASE
)
_TODAY = re.compile(r"papers for today \(([^()]{1,30})\)", re.IGNORECASE)
_PAPER = re.compile(r"(?:huggingface\.co|hf\.co)/papers/(\d{4}\.\d{4,5})(?!\d)", re.IGNORECASE)
_VOTES = re.compile(r"\(\s*\d[\d.,]*k?\s*▲\s*\)|\(\s*▲\s*\d[\d.,]*k?\s*\)")
_ANCHOR = re.compile(
    r"""<a\s[^<>]*href\s*=\s*(?:"(?P<quoted>[^"<>]*)"|'(?P<single>[^'<>]*)'|(?P<bare>[^\s"'<>]+))[^<>]*>"""
    r"(?P<words>(?:[^<]|<(?!/?a[\s>]))*)(?:</a\s*>)?",
    re.IGNORECASE,
)
#: Titles are set in bold for the eye alone.
_STYLED = re.compile(r"\\(?:textbf|emph)\{([^{}]*)\}")
_ADDRESS = re.compile(r"(?:[\[(<]{1,3}\s?)?https?://[^\s<>\[\]]+(?:\s?[>\])]{1,3})?")
_SAID_OF_LINKS = re.compile(
    r"(?:view |read |see |the )*(?:pdf|arxiv|paper|more|here|link|abstract|discussion|comment)s?[.…»→]*", re.IGNORECASE
)
#: A line that is shorter was not wrapped: the next begins something else.
_SHORTEST_WRAPPED = 50
#: What stands around titles: marks of quotation, of lists and of what was a link.
_AROUND = " \t\r>|[]*-•"
_LONGEST_ADDRESS = 3_000


class _Mention(NamedTuple):
    """One of perhaps several links to a paper, with its words as they stand."""

    line: int
    source: str
    paper: str
    words: str

    @property
    def title(self) -> str:
        title = " ".join(_VOTES.sub("", self.words).split())
        return "" if _SAID_OF_LINKS.fullmatch(title) else title


def recognise(document: Document) -> int:
    mail, head = document.mail, document.head
    is_sent = bool(mail and _SENDER in mail.sender.lower())
    is_named = bool(_QUOTED_SUBJECT.search(head) or (mail and _SUBJECT.search(mail.subject)))
    if not (is_sent or is_named or _COUNTED in head):
        return 0
    if not _PAPER.search(head) and not _VOTES.search(head):
        return 90 if is_sent else 0
    return 97 if _is_html(head) else 96 if _PAPER.search(head) else 92


def read(document: Document) -> Reading:
    text = document.text()
    digest = DigestRecord(_SOURCE, _date(document))
    mentions = _linked(text) if _is_html(text) else _written(text)
    for place, mention in enumerate(_papers(mentions), document.first_place):
        if mention.title:
            record = PaperRecord(title=mention.title, **identified(mention.paper))
            yield entry(record, place, mention.line, digest, mention.source)
        else:
            reason = "a link to a paper without its title"
            yield Unreadable(mention.source[:LONGEST_PIECE], mention.line, reason, place=place, digest=digest)


def _is_html(text: str) -> bool:
    return any(_paper(anchor) for anchor in _ANCHOR.finditer(text))


def _papers(mentions: Iterable[_Mention]) -> list[_Mention]:
    """Each paper once, where it is first linked, by the first words that may be its title: those with votes, if any."""
    papers: dict[str, _Mention] = {}
    for mention in mentions:
        name = mention.paper or fold(mention.title) or str(mention.line)
        known = papers.get(name)
        if not known or (mention.title and (not known.title or _has_votes(mention) > _has_votes(known))):
            papers[name] = mention._replace(line=known.line if known else mention.line)
    return list(papers.values())


def _has_votes(mention: _Mention) -> bool:
    return bool(_VOTES.search(mention.words))


def _linked(text: str) -> Iterator[_Mention]:
    """The links to papers in HTML."""
    line, counted = 1, 0
    for anchor in _ANCHOR.finditer(text):
        if paper := _paper(anchor):
            line, counted = line + text.count("\n", counted, anchor.start()), anchor.start()
            yield _Mention(line, anchor[0].strip(), paper, _STYLED.sub(r"\1", text_of(html_tree(anchor["words"]))))


def _paper(anchor: re.Match[str]) -> str:
    """The arXiv id of the paper that it links to, be it by way of a page that counts clicks."""
    return _id(html.unescape(anchor["quoted"] or anchor["single"] or anchor["bare"] or ""))


def _id(address: str) -> str:
    found = _PAPER.search(unquote(unquote(address[:_LONGEST_ADDRESS])))
    return found[1] if found and arxiv_id(found[1]) else ""


def _written(text: str) -> Iterator[_Mention]:
    """The papers in plain text: a title ends with its votes, or before its address."""
    lines = text.split("\n")
    words: list[str] = []
    begins, is_apart = 0, False
    last: _Mention | None = None
    for at, line in enumerate(lines):
        said = _ADDRESS.sub("", line).strip(_AROUND)
        paper = next(filter(None, map(_id, _ADDRESS.findall(line))), "")
        if said and (is_apart or not words or len(words[-1]) < _SHORTEST_WRAPPED):
            words, begins = [], at
        words += [said] if said else []
        is_apart = not line.strip(_AROUND)
        if words and (paper or _VOTES.search(said)):
            if last:
                yield last
            last = _Mention(begins + 1, _piece(lines, begins, at), paper, " ".join(words))
            words = []
        elif paper and last and not last.paper:
            last = last._replace(paper=paper, source=_piece(lines, last.line - 1, at))
        elif paper:
            yield _Mention(at + 1, line.strip(), paper, "")
        elif said.endswith(":"):
            words = []
    if last:
        yield last


def _piece(lines: list[str], begins: int, at: int) -> str:
    return "\n".join(lines[begins : at + 1]).strip()


def _date(document: Document) -> PartialDate | DayOfYear | None:
    """The day in the subject; where that lacks its number, the day that the text speaks of, or on which it was sent."""
    said = _SUBJECT.search(document.mail.subject) if document.mail else None
    said = said or _QUOTED_SUBJECT.search(document.head)
    date = find_date(said[1]) if said else None
    if isinstance(date, PartialDate) and date.day:
        return date
    sent = document.mail.date if document.mail else None
    today = _TODAY.search(document.head)
    day = written_date(today[1]) if today else None
    if sent and isinstance(day, DayOfYear) and (of_text := day.latest_until(sent)):
        return PartialDate.of(of_text)
    return PartialDate.of(sent) if sent else day or date
