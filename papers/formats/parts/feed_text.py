"""What a feed writes below a title, taken apart: an abstract, and around it authors, dates, venues and the like.

Feeds have one field for all of it. What is labelled (`Authors: …`, a heading `ABSTRACT`) is known by that, what only
cites the paper (`Nature, Published online: …`) is passed over, and the rest is the abstract, or a piece of it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_LABELS = {
    "authors": "authors?|author\\(s\\)|by",
    "abstract": "abstract|summary|description|details",
    "published": "published(?: on| online)?|publication date|submitted(?: on)?|date",
    "venue": "source|journal|publication|venue|published in",
    "tags": "categor(?:y|ies)|subjects?|keywords?|tags?|topics?",
    "identifiers": "doi|pmid|arxiv(?: id)?|pdf|paper|url|link",
    "comments": "comments?|code|github|project(?: page)?",
    "other": "upvotes?|votes?|likes|updated|score|title|license|primary category|report number|announce type",
}
_LABEL = re.compile(
    r"(?:\\(?:textbf|emph)\{\s*)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*(?::\s*\}|\}\s*:|:)\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:\\(?:textbf|emph)\{\s*)?(?:graphical )?(?:abstract|summary)\s*:?\s*\}?", re.IGNORECASE)
#: A line that only says where the paper stands: of a journal's feed, or of PubMed's.
_CITATION = re.compile(
    r".{1,200}?(?:, Published online:|, Volume \d|, Ahead of Print|, EarlyView|\. doi:\s*10\.).{0,200}"
    r"|\[.{1,200}\] Published .{1,60}",
    re.IGNORECASE,
)
_READ_MORE = r"(?:continue reading|(?:read|see|view) (?:more|the full \w+)).{0,20}"
_CUT_OFF = re.compile(rf"(?:…|\.\.\.|{_READ_MORE})\W*$", re.IGNORECASE)
_FURNITURE = re.compile(rf"\W*(?:{_READ_MORE}|the post .{{1,300}} appeared first on .{{1,100}})", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{3,}")
#: A shorter text without a label is no abstract, but some words about one.
_SHORTEST_ABSTRACT = 200


@dataclass
class FeedText:
    """What a text says, by what it is."""

    labelled: dict[str, list[str]] = field(default_factory=dict)
    """By the names in `_LABELS`."""
    lines: list[str] = field(default_factory=list)
    """The rest, with the blank lines between its paragraphs."""
    is_labelled: bool = False
    """Whether it says that the rest is the abstract."""

    @property
    def body(self) -> str:
        return _BLANK_LINES.sub("\n\n", "\n".join(self.lines).strip())

    @property
    def is_cut_off(self) -> bool:
        return bool(_CUT_OFF.search(self.body[-100:]))

    @property
    def is_abstract(self) -> bool:
        return not self.is_cut_off and (self.is_labelled or len(self.body) >= _SHORTEST_ABSTRACT)

    def said(self, name: str) -> str:
        """What stands behind the first label of this name."""
        return next(iter(self.labelled.get(name, ())), "")


def feed_text(text: str, first_author: str = "") -> FeedText:
    """The text taken apart; a line that begins with its first author, before others, is that of its authors."""
    found = FeedText()
    lines = [line.strip() for line in text.strip().split("\n")]
    for line in lines:
        if _HEADING.fullmatch(line[:100]):
            found.lines, found.is_labelled = [], True
        elif label := _LABEL.match(line):
            _put(found, str(label.lastgroup), line[label.end() :])
        elif not found.lines and len(lines) > 1 and first_author and line.startswith(first_author):
            found.labelled.setdefault("authors", []).append(line)
        elif not _is_furniture(line):
            found.lines.append(line)
    return found


def richest(texts: Iterable[FeedText]) -> FeedText:
    """The one that says most, with what is labelled in the others."""
    by_length: Sequence[FeedText] = sorted(texts, key=lambda text: len(text.body), reverse=True)
    first = by_length[0] if by_length else FeedText()
    for other in by_length[1:]:
        for name, values in other.labelled.items():
            first.labelled.setdefault(name, []).extend(values)
    return first


def _put(found: FeedText, name: str, text: str) -> None:
    text = "" if text in ("N/A", "None", "null") else text
    if name == "abstract":
        found.is_labelled = True
        found.lines = [text] if text else []
    elif text:
        found.labelled.setdefault(name, []).append(text)


def _is_furniture(line: str) -> bool:
    return len(line) <= 500 and bool(_CITATION.fullmatch(line) or _FURNITURE.fullmatch(line))
