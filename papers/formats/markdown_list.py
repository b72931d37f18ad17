"""A Markdown list of papers: for each a heading, a link and a paragraph.

The link may be the heading itself or stand below it. What else stands below is the editor's note, but for a line of
authors (`A. Author, B. Author (2015)`) and lines labelled `Authors:`, `Tags:` or `Abstract:`. A single top heading
names the digest, and may carry its date; a heading over other headings only gathers them, unless it is a paper's own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..dates import PartialDate, split_date
from ..ids import Identifier
from .document import Document
from .record import DigestRecord, Link, PaperRecord, Reading, Unreadable, entry, identified, names
from .sections import Paragraph, Section, sections

TITLE = "Markdown list"

_HEADING = re.compile(r"^#{1,6} .*", re.MULTILINE)
_LINK = re.compile(r"\]\(\s*<?https?://|<?https?://")
#: What lists put before a title: its number, its arXiv id.
_BEFORE_TITLE = re.compile(
    r"^(?:\d{1,3}[.)]\s+)?(?:\[?(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d+)?\]?\s*[:–—-]?\s+(?=\S))?", re.IGNORECASE
)
_LABEL = r"(?:\\(?:textbf|emph)\{)?(?P<label>authors?|by|tags?|topics?|keywords|abstract)\s*(?::\}|\}\s*:|:)"
_LABELLED = re.compile(rf"{_LABEL}\s*(?P<text>\S.*)", re.IGNORECASE | re.DOTALL)
_BEFORE_LABEL = re.compile(rf"\n(?={_LABEL.replace('?P<label>', '?:')})", re.IGNORECASE)
_AUTHORS_AND_YEAR = re.compile(r"([^()!?]*[^()!?\s])\s*\((\d{4})\)\.?")
_PARTICLES = set("al and da das de del den der di do dos du el et la le ten ter van von zu".split())
#: How many identifiers of one scheme a paper may have; by default two, as of a preprint and of the publication.
_MOST = {"arxiv": 1}


def recognise(document: Document) -> int:
    head = document.head
    headings = _HEADING.findall(head)
    if any(_LINK.search(heading) for heading in headings):
        return 70
    return 40 if headings and _LINK.search(head) else 0


def read(document: Document) -> Reading:
    preamble, *below = sections(document.text())
    top = below.pop(0) if _has_top(below) else None
    digest = _digest(top.title) if top else DigestRecord()
    for section in (preamble, top):
        if section and _identifiers(section):
            reason = "links to papers, and no heading of their own above them"
            yield Unreadable(section.source, section.line, reason, digest=digest)
    for place, section in enumerate(_entries(below), document.first_place):
        if reason := _flaw(section):
            yield Unreadable(section.source, section.line, reason, place=place, digest=digest)
        else:
            yield entry(_record(section), place, section.line, digest, section.source)


def _has_top(below: Sequence[Section]) -> bool:
    """Whether the first heading is over all others, and they are the papers."""
    if len(below) < 2 or any(other.level <= below[0].level for other in below[1:]):
        return False
    first, *others = below
    if any(map(_identifiers, others)):
        return not _identified(first.title_links)
    return not _identifiers(first) and any(map(_links, others))


def _entries(below: Sequence[Section]) -> list[Section]:
    """The sections that are papers, or should be, with their parts put into them, and without those that gather."""
    entries: list[Section] = []
    owner = None
    for section, following in pairwise([*below, None]):
        assert section
        if owner and owner.has(section):
            owner.section.paragraphs += [Paragraph(section.title), *section.paragraphs]
            owner.section.source += f"\n\n{section.source}"
        elif following and following.level > section.level and _gathers(section, following):
            owner = None
        else:
            entries.append(section)
            owner = _Owner(section, bool(_links(section)), bool(_identifiers(section)))
    return entries


class _Owner(NamedTuple):
    """A paper's section, behind which deeper ones may speak of the paper too, as `Summary` or `Code` do."""

    section: Section
    has_links: bool
    is_identified: bool

    def has(self, section: Section) -> bool:
        if section.level <= self.section.level or section.title_links or _identifiers(section):
            return False
        return self.is_identified or (self.has_links and not _links(section))


def _gathers(section: Section, following: Section) -> bool:
    """Whether a section with a deeper one behind it is no paper, but the topic of those below."""
    return not _identifiers(section) and (not _links(section) or bool(_links(following)))


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


def _flaw(section: Section) -> str:
    if not _links(section):
        return "a heading without a link to a paper"
    of_scheme = Counter(identifier.scheme for identifier in _identifiers(section))
    if any(count > _MOST.get(scheme, 2) for scheme, count in of_scheme.items()):
        return "links to several papers: each needs a heading of its own"
    return ""


def _record(section: Section) -> PaperRecord:
    links = _links(section)
    labelled: dict[str, str] = {}
    authors: tuple[str, ...] = ()
    published = None
    note: list[str] = []
    for paragraph in section.paragraphs:
        for part in [] if paragraph.is_links_only else _BEFORE_LABEL.split(paragraph.text):
            if match := _LABELLED.fullmatch(part):
                labelled[match["label"].lower().rstrip("s")] = match["text"]
            elif not authors and not note and (line := _AUTHORS_AND_YEAR.fullmatch(part)) and _are_names(line[1]):
                authors, published = names(line[1]), PartialDate.parse(line[2])
            else:
                note.append(part)
    tags = (labelled.get(label, "") for label in ("tag", "topic", "keyword"))
    return PaperRecord(
        title=_BEFORE_TITLE.sub("", section.title, count=1) or section.title,
        abstract=labelled.get("abstract", ""),
        authors=names(labelled.get("author") or labelled.get("by") or "") or authors,
        published=published,
        tags=tuple(dict.fromkeys(tag for text in tags for tag in names(text))),
        note="\n\n".join(note),
        links=tuple(dict.fromkeys(_described(link) for link in links if not _identified([link]))),
        **identified(*(link.url for link in links)),
    )


def _are_names(text: str) -> bool:
    """Whether `text` may be people: no word in small letters, but such as `van`, and not a book of them."""
    return len(text) <= 5_000 and all(not word[0].islower() or word in _PARTICLES for word in text.split())


def _described(link: Link) -> Link:
    words = f"{link.what} {link.url}".lower()
    what = "code" if "github." in words or "code" in words else "project" if "project" in words else "page"
    return Link(what, link.url)


def _digest(title: str) -> DigestRecord:
    name, date = split_date(title)
    return DigestRecord(source=name, date=date)
