r"""A paper in arXiv's mails and listings: fields between lines of `\\`, and what several papers have in common."""

import io
import re
from collections.abc import Mapping, Sequence
from textwrap import dedent
from typing import NamedTuple

from ...dates import PartialDate
from ...ids import arxiv_id, arxiv_month
from ..document import Document
from ..record import LONGEST_PIECE, DigestRecord, Found, PaperRecord, Unreadable, entry, identified, names
from .arxiv_blocks import DIVIDER, HEAD, LONGEST_BLOCK, RULE, Block, blocks
from .brackets import without_brackets
from .mail_lines import mail_day

_FIELD = re.compile(
    r"(title|authors?|categories|subj-class|com+ents?|notes?|report-no|(?:acm|msc)-class|journal-ref|doi|license|proxy"
    r"|from|date(?: \(revised[^()]*\))?)\s*:(.*)",
    re.IGNORECASE,
)
#: In the first years it could stand within the title.
_AUTHOR = re.compile(r"\s+Authors?:")
_VERSION = re.compile(r"date \(revised v(\d{1,3})\)")
#: Affiliations behind all names: `; (1) An Institute, (2) Another`.
_AFFILIATIONS = re.compile(r"; ?(?:\(\(?1\b.*)?$")
_NUMBERED = re.compile(r" ?\(\d[\d, ]*\)(?= \w)")
_AND_OTHERS = re.compile(r",?\s*\bet al\b\.?\s*(?=,|$)")
_COLLABORATION = re.compile(
    r",?(?: and)? (?:for|on behalf of) the (?=[\w.&/ -]{1,80}\b[Cc]ollaborations?\b)|(?<=[Cc]ollaboration):"
)


def read_block(block: Block, place: int, digest: DigestRecord) -> Found | Unreadable:
    """The paper that a block is."""
    paper = _taken_apart(block.text)
    reason = paper.flaw if block.whole else f"longer than {LONGEST_BLOCK:,} characters"
    if reason:
        return Unreadable(block.text[:LONGEST_PIECE], block.line, reason, place=place, digest=digest)
    return entry(_record(paper), place, block.line, digest, block.text)


class _Paper(NamedTuple):
    head: str
    """Its arXiv id, as far as it can be one."""
    fields: Mapping[str, str]
    """By their names in small letters."""
    is_closed: bool
    r"""Whether a line of `\\` ends the fields."""
    abstract: str
    is_ended: bool
    """Whether such a line ends the abstract too."""

    @property
    def flaw(self) -> str:
        if not self.head:
            return "no line with an arXiv id at its beginning"
        if not arxiv_id(self.head):
            return f"“{self.head[:40]}” is no arXiv id"
        if not self.fields.get("title"):
            return "no title"
        return "" if self.is_closed else r"no line of \\ behind its fields: is it cut off here?"


def _taken_apart(text: str) -> _Paper:
    lines = text.split("\n")
    if DIVIDER.fullmatch(lines[0].strip()):
        lines = lines[1:]
    dividers = [number for number, line in enumerate(lines) if DIVIDER.fullmatch(line.strip())]
    above = lines[: dividers[0]] if dividers else lines
    has_abstract = bool(dividers) and "(" not in lines[dividers[0]]  # else the address behind it is the paper's end
    below = lines[dividers[0] + 1 : dividers[-1] if dividers[1:] else None] if has_abstract else []
    heads = filter(None, (HEAD.fullmatch(line.strip()) for line in above))
    return _Paper(
        head=next((head["id"] for head in heads), ""),
        fields=_fields(above),
        is_closed=bool(dividers),
        abstract=_paragraphs(below),
        is_ended=len(dividers) > 1,
    )


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """The fields by their names, each with the lines that continue it; of two with one name the first."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if match := _FIELD.fullmatch(line.rstrip()):
            name = match[1].lower()
            name = "" if name in fields else name
        fields.setdefault(name, []).extend((match[2] if match else line).split())
    return {name: " ".join(words) for name, words in fields.items()}


def _paragraphs(lines: Sequence[str]) -> str:
    """An abstract's lines, put together as far as they are of one paragraph: each begins further in."""
    paragraphs: list[list[str]] = []
    is_new = True
    for line in dedent("\n".join(lines)).split("\n"):
        if text := line.strip():
            if is_new or line[0].isspace():
                paragraphs.append([])
            paragraphs[-1].append(text)
        is_new = not text
    return "\n\n".join(map(" ".join, paragraphs))


def _record(paper: _Paper) -> PaperRecord:
    fields = paper.fields
    authors = fields.get("authors") or fields.get("author")
    title, *behind = [fields["title"]] if authors else _AUTHOR.split(fields["title"], maxsplit=1)
    classes = (each.strip() for each in fields.get("subj-class", "").split(";"))
    by_name = identified(f"arXiv:{paper.head}", fields.get("doi", ""))
    versions = (int(match[1]) for name in fields if (match := _VERSION.fullmatch(name)))
    return PaperRecord(
        title=title,
        abstract=paper.abstract if paper.is_ended else "",
        snippet="" if paper.is_ended else paper.abstract,
        authors=_authors(authors or "".join(behind)),
        published=mail_day(fields.get("date", "")),
        venue=fields.get("journal-ref", ""),
        tags=tuple(dict.fromkeys(filter(None, fields.get("categories", "").split() or classes))),
        identifiers=by_name["identifiers"],
        arxiv_version=max(versions, default=by_name["arxiv_version"]),
    )


def _authors(text: str) -> tuple[str, ...]:
    """The names in a list of authors, without what stands in brackets behind them."""
    text = without_brackets(_NUMBERED.sub(",", _AFFILIATIONS.sub("", text)))
    return names(_COLLABORATION.sub(", ", _AND_OTHERS.sub("", text)))


def shared(document: Document) -> DigestRecord:
    """What the head's papers, but for those from elsewhere, say together of their list: its subject, and its month.

    A text without rules is no list but a piece of one.
    """
    head = document.head
    if not any(RULE.fullmatch(line.strip(" >|")) for line in head.split("\n")):
        return DigestRecord()
    papers = (
        _taken_apart(block.text)
        for block in blocks(Document("head", lambda: io.BytesIO(head.encode())))
        if block.is_paper and not block.is_crosslisted
    )
    records = [_record(paper) for paper in papers if not paper.flaw]
    ids = [record.identifiers[0].value for record in records]
    subjects = [(*record.tags, value.rpartition("/")[0])[0] for record, value in zip(records, ids, strict=True)]
    subject = _only(subjects) or _only([subject.split(".")[0] for subject in subjects])
    month = _only([arxiv_month(value) for value in ids])
    return DigestRecord(f"arXiv {subject or ''}".strip(), PartialDate(*month) if month else None)


def _only[T](values: Sequence[T]) -> T | None:
    """What all of the values are."""
    return values[0] if values and len(set(values)) == 1 else None
