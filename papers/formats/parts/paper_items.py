"""An item of a list as a paper: its title first, then authors and links, and more on the lines below."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from ...dates import PartialDate, find_date
from ..record import PaperRecord, names
from .links import links, sorted_out
from .paper_paragraphs import are_names, said
from .phrases import LINK, numberless, titled, without_others
from .sections import inline

_MARKER = re.compile(r"\s*(?:[-*+•>]|\d{1,4}[.)])\s+")
_FOLD = re.compile(r"</?details[^<>]*>|<summary>([^<>]{0,200})</summary>", re.IGNORECASE)
_DATE = re.compile(r"[\s*_\[(]{0,4}(\d{4}[-./]\d{1,2}[-./]\d{1,2})[*_\])]{0,4}\s{0,4}[,:|–—-]?\s")
_TITLE_LABEL = re.compile(r"\W{0,4}(?:paper )?title\W{0,3}:\W{0,3}\s", re.IGNORECASE)
_BOLD = re.compile(r"(\*{2,4}|__)(.+?)\1")
_BARE = re.compile(r"https?://\S+")
#: The words of links that say no more than what is behind them.
_WHAT = re.compile(
    r"\W*(?:paper|pdf|arxiv|abs|html|link|url|doi|code|github|project|page|website|demo|video|data(?:set)?)\W*"
    r"|https?:\S*|(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?|!.*",
    re.IGNORECASE,
)
_WHAT_ALONE = re.compile(r"\b(?:paper|pdf|arxiv|link|code|project)\s*:(?=\W*(?:$|\b(?:code|project)\b))", re.IGNORECASE)
_ITALIC = re.compile(r"\W{0,3}(?<![*_])[*_](?![*_])([^*_]+)[*_](?![*_])")
_FEW = 12
_CATEGORY = re.compile(r"`([a-z-]{2,10}(?:\.[A-Za-z-]{2,10})?)`")


def record_of(text: str, tags: Sequence[str] = ()) -> PaperRecord:
    """What an item says of a paper that stands below these topics."""
    head, *below = _paragraphs(text)
    date = _DATE.match(head)
    title, behind = _parted(_TITLE_LABEL.sub("", numberless(head[date.end() :].strip() if date else head), count=1))
    published = PartialDate.parse(date[1]) if date else None
    authors: tuple[str, ...] = ()
    rest: list[str] = []
    for line in [behind, *below]:
        words = _without_links(line)
        if not authors and not rest:
            authors, words = _people(words)
        if links(line) and len(words) < 60 and isinstance(day := find_date(words), PartialDate):
            published = published or day
            tags = [*tags, *_CATEGORY.findall(line)]
        elif words:
            rest.append(inline(words))
    said_below = said(rest)
    fields, pages = sorted_out(links(text))
    return replace(
        said_below,
        title=titled(title),
        authors=said_below.authors or authors,
        published=said_below.published or published,
        tags=tuple(dict.fromkeys([*tags, *said_below.tags])),
        links=pages,
        **fields,
    )


def _paragraphs(text: str) -> list[str]:
    """The item's first paragraph, and those below it: each item of its own, each line after a break."""
    paragraphs = [""]
    for line in _FOLD.sub(lambda fold: f"\n\n{fold[1].strip(' :')}:\n" if fold[1] else "\n", text).split("\n"):
        is_new = not line.strip() or _MARKER.match(line) or paragraphs[-1].endswith(("  ", "\\", ":"))
        words = _MARKER.sub("", line, count=1) if _MARKER.match(line) else line.lstrip()
        if is_new and paragraphs[-1].strip():
            paragraphs.append(words)
        else:
            paragraphs[-1] = f"{paragraphs[-1]}\n{words}" if paragraphs[-1].strip() else words
    return [paragraph.strip(" \\") for paragraph in paragraphs if paragraph.strip()] or [""]


def _parted(head: str) -> tuple[str, str]:
    """The title with its links, and what stands behind it."""
    marked = _BOLD.match(head) or LINK.match(head)
    if marked:
        return marked[0], head[marked.end() :]
    first = LINK.search(head) or _BARE.search(head)
    return (head[: first.start()].rstrip(" [(*_,:.–—-"), head[first.start() :]) if first else (head, "")


def _without_links(line: str) -> str:
    """A line without the links that only say what is behind them."""
    rest = LINK.sub(lambda link: "" if _WHAT.fullmatch(link["title"]) else link[0], line)
    if not LINK.search(rest) and len(bare := _BARE.sub("", rest).split()) <= _FEW:
        rest = " ".join(bare)
    return line.strip(" ,;|·–—-") if rest == line else _WHAT_ALONE.sub("", rest).strip(" \n,;|·.:–—-()[]*_")


def _people(words: str) -> tuple[tuple[str, ...], str]:
    """The authors that a line names, alone or in italics before something else, and what else it says."""
    marked = _ITALIC.match(words)
    people, behind = (marked[1], words[marked.end() :]) if marked else (words, "")
    plain = without_others(people)
    is_list = plain != people or "," in plain or " and " in plain
    if is_list and are_names(plain) and not any(char.isdigit() or char == ":" for char in plain):
        return names(plain), behind.strip(" ,.;")
    return (), words
