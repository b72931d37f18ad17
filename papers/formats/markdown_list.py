"""A Markdown list of papers: for each a heading, a link and a paragraph.

The link may be the heading itself or stand below it. What else stands below is the editor's note, but for a line of
authors (`A. Author, B. Author (2015)`) and lines labelled `Authors:`, `Tags:` or `Abstract:`. A single top heading
names the digest, and may carry its date; a heading over other headings only gathers them, unless it is a paper's own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from msgspec.structs import replace

from ..dates import DayOfYear, PartialDate, find_date, split_date
from ..ids import Identifier
from .document import Document
from .parts.links import described
from .parts.paper_paragraphs import is_translated, said
from .parts.sections import Paragraph, Section, sections
from .parts.topics import UPDATED
from .record import DigestRecord, Link, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "Markdown list"

_HEADING = re.compile(r"^(?:#{1,6} |<summary>).*", re.MULTILINE)
_LINK = re.compile(r"\]\(\s*<?https?://|<?https?://")
#: What links to papers have in their addresses, and pages about programs have not.
_TO_PAPER = re.compile(
    r"https?://[^\s()<>]*(?:arxiv\.org/\w|huggingface\.co/papers/\d|hf\.co/papers/\d|doi\.org/10|openreview\.net/\w|aclanthology"
    r"|\.pdf\b|pubmed|(?:paper|article)s?/[^\s()<>/]{4}|abs/|abstract|proceedings|publication)",
    re.IGNORECASE,
)
#: What lists put before a title: its number, its arXiv id.
_BEFORE_TITLE = re.compile(
    r"^(?:\d{1,3}[.)]\s+|\[\d{1,4}\]\s+)?(?:\[?(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d+)?\]?\s*[:–—-]?\s+(?=\S))?",
    re.IGNORECASE,
)
#: What programs put before and into a date: `Sat Mar 8 05:26:54 2025`, `Mon, 26 Dec 2022`.
_DAY_OR_TIME = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s(?=\d{1,2}\s|[a-z]{3,9}\s\d)|\b\d{1,2}:\d\d(?::\d\d)?\s?",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"【\s*】|\[\s*\]|\(\s*\)|（\s*）")
_SHORT_YEAR = re.compile(r"(\b\d{1,2} [A-Z][a-z]{2}) (\d\d)$")
_UPDATED = re.compile(r"\W*(?:(?:last|updated?|date|on|at|utc|mon|tue|wed|thu|fri|sat|sun)\b\W*)*", re.IGNORECASE)
_NO_PAPERS = re.compile(
    r"(?:there (?:is|are) )?no (?:new |matching )?(?:results?|papers?|articles?)\b.{0,60}", re.IGNORECASE
)
#: How many identifiers of one scheme a paper may have; by default two, as of a preprint and of the publication.
_MOST = {"arxiv": 1}


def recognise(document: Document) -> int:
    head = document.head
    headings = _HEADING.findall(head)
    if any(_LINK.search(heading) for heading in headings):
        return 70
    return 40 if headings and (_TO_PAPER.search(head) or is_translated([head])) else 0


def read(document: Document) -> Reading:
    return papers(sections(document.text()), document.first_place)


def papers(all_sections: Sequence[Section], first_place: int) -> Reading:
    """The papers in the sections of a list, whatever it is written in."""
    preamble, *below = all_sections
    top = below.pop(0) if _has_top(below) else None
    digest = _digest(top.title if top else "", below)
    if not digest.date:
        digest = digest._replace(date=_updated(all_sections))
    for section in (preamble, top):
        if section and _identifiers(section):
            reason = "links to papers, and no heading of their own above them"
            yield Unreadable(section.source, section.line, reason, digest=digest)
    for place, section in enumerate(_entries(below), first_place):
        if reason := _flaw(section):
            yield Unreadable(section.source, section.line, reason, place=place, digest=digest)
        else:
            yield entry(_record(section), place, section.line, digest, section.source)


def _has_top(below: Sequence[Section]) -> bool:
    """Whether the first heading is over all others, and they are the papers."""
    if len(below) < 2 or any(other.level <= below[0].level for other in below[1:]):
        return False
    first, *others = below
    if any(map(_is_paper, others)):
        return not _identified(first.title_links)
    return not _identifiers(first) and any(map(_links, others))


def _entries(below: Sequence[Section]) -> list[Section]:
    """The sections that are papers, or should be, with their parts put into them, and without those that gather."""
    entries: list[Section] = []
    owner = None
    highest = min((section.level for section in below if _is_paper(section)), default=0)
    for section, following in pairwise([*_with_links_of_parts(below, highest), None]):
        assert section
        if section.level < highest and not section.title_links:
            owner = None
        elif owner and owner.has(section):
            owner.section.paragraphs += [Paragraph(section.title), *section.paragraphs]
            owner.section.source += f"\n\n{section.source}"
        elif _gathers(section, following) or _is_date(section) or _says_nothing(section):
            owner = None
        else:
            entries.append(section)
            owner = _Owner(section, bool(_links(section)), _is_paper(section))
    return entries


def _with_links_of_parts(below: Sequence[Section], level: int) -> list[Section]:
    """The sections, of which each that stands at the papers' level and whose link is only in the last of its parts has
    them put into it."""
    found: list[Section] = []
    at = 0
    while at < len(below):
        section = below[at]
        parts = list(takewhile(lambda part: part.level > level, below[at + 1 :]))
        is_parted = section.level == level and len(parts) > 1 and not _is_paper(section) and _is_paper(parts[-1])
        if is_parted and not any(part.title_links for part in parts) and not any(map(_links, parts[:-1])):
            for part in parts:
                section.paragraphs += [Paragraph(part.title), *part.paragraphs]
                section.source += f"\n\n{part.source}"
            at += len(parts)
        found.append(section)
        at += 1
    return found


class _Owner(NamedTuple):
    """A paper's section, behind which deeper ones may speak of the paper too, as `Summary` or `Code` do."""

    section: Section
    has_links: bool
    is_identified: bool

    def has(self, section: Section) -> bool:
        if section.level <= self.section.level or section.title_links or _identifiers(section):
            return False
        return self.is_identified or (self.has_links and not _links(section))


def _gathers(section: Section, following: Section | None) -> bool:
    """Whether a section with a deeper one behind it is no paper, but the topic of those below."""
    if not following or following.level <= section.level or _is_paper(section):
        return False
    return not _links(section) or bool(_links(following))


def _links(section: Section) -> list[Link]:
    """The links to the paper: in its heading and on lines of links; else in the first paragraph that names a work,
    or has any."""
    own = [*section.title_links, *(link for each in section.paragraphs if each.is_links_only for link in each.links)]
    linking = [paragraph.links for paragraph in section.paragraphs if paragraph.links]
    return own or next((links for links in linking if _identified(links)), linking[0] if linking else [])


def _identified(links: Sequence[Link]) -> tuple[Identifier, ...]:
    return identified(*(link.url for link in links))["identifiers"]


def _identifiers(section: Section) -> tuple[Identifier, ...]:
    return _identified(_links(section))


def _is_paper(section: Section) -> bool:
    """Whether it links to a work, or says its original title: links are left empty now and then."""
    return bool(_identifiers(section)) or is_translated(paragraph.text for paragraph in section.paragraphs)


def _flaw(section: Section) -> str:
    if not _links(section) and not _is_paper(section):
        return "a heading without a link to a paper"
    of_scheme = Counter(identifier.scheme for identifier in _identifiers(section))
    if any(count > _MOST.get(scheme, 2) for scheme, count in of_scheme.items()):
        return "links to several papers: each needs a heading of its own"
    return ""


def _record(section: Section) -> PaperRecord:
    links = _links(section)
    others = [described(link) for link in links if not _identified([link])]
    below = said(paragraph.text for paragraph in section.paragraphs if not paragraph.is_links_only)
    heading = _BEFORE_TITLE.sub("", section.title, count=1) or section.title
    return replace(
        below,
        title=below.title or heading,
        other_titles=(heading,) if below.title not in ("", heading) else (),
        links=tuple(dict.fromkeys([*others, *below.links])),
        **identified(*(link.url for link in links)),
    )


def _is_date(section: Section) -> bool:
    """Whether a heading only says when the list was made."""
    words, date = _dated(section.title)
    return bool(date) and not section.paragraphs and not section.title_links and bool(_UPDATED.fullmatch(words))


def _says_nothing(section: Section) -> bool:
    """Whether a topic is there only to say that there are no papers on it."""
    return any(_NO_PAPERS.fullmatch(paragraph.text) for paragraph in section.paragraphs) and not _links(section)


def _digest(title: str, below: Sequence[Section]) -> DigestRecord:
    name, date = _dated(title)
    return DigestRecord(name, date or next((_dated(section.title)[1] for section in below if _is_date(section)), None))


def _updated(all_sections: Sequence[Section]) -> PartialDate | DayOfYear | None:
    """When the list was made, as a line above all papers says."""
    above = takewhile(lambda section: not _is_paper(section), all_sections)
    lines = (line[0] for section in above for line in UPDATED.finditer(section.source))
    return next((date for line in lines if (date := find_date(line))), None)


def _dated(title: str) -> tuple[str, PartialDate | DayOfYear | None]:
    """A heading's words, and the date in it: `New submissions for Mon, 26 Dec 22` is two things."""
    name, date = split_date(_SHORT_YEAR.sub(r"\1 20\2", _DAY_OR_TIME.sub("", title)))
    name = _EMPTY_BRACKETS.sub("", name).strip() if date else name
    return (name.removesuffix(" for").removesuffix(" of") if date else name), date
