"""A mail of Google Scholar taken apart: for each paper its title, its address, its byline and a piece of its abstract.

The HTML bears class names of its own; where a mail program took them away, or left only plain text, the addresses
tell: each leads through Google Scholar.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from .markup import html_tree, text_of

_OPENING = re.compile(r"<(?P<tag>a|span)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_CLASS = "gse_alrt_title"
_THROUGH_SCHOLAR = re.compile(r"/scholar_url(?:\?|%3F)", re.IGNORECASE)
_HEADING = re.compile(r"<h3\b", re.IGNORECASE)
#: How far above a title its heading may open (characters): between them stands no more than a label.
_ABOVE = 500
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_SNIPPET = re.compile(r"<div\b(?>[^<>]*?gse_alrt_sni)[^<>]*+>", re.IGNORECASE)
#: What follows a snippet: buttons, or what stands below all of them.
_BEHIND = re.compile(r"<div\b[^<>]*(?:width:\s*auto|border-top)|<table\b|<p\b[^<>]*#666|<hr\b|</body>", re.IGNORECASE)
_PLAIN_ADDRESS = re.compile(r"<?(https?://(?>[^\s<>]*?/scholar_url(?:\?|%3F))[^\s<>]*+)>?", re.IGNORECASE)
#: Lines that a title, a byline or a snippet may take up where nothing but line ends tells them apart.
_MOST_LINES = 6
_ENDS_IN_YEAR = re.compile(r"\b\d{4}$")
_WRAPPED = re.compile(r"/scholar_url\?|google\.[a-z.]{2,6}/url\?|safelinks\.protection\.", re.IGNORECASE)
_WITHIN = re.compile(r"[?&](?:url|q)=([^&]+)", re.IGNORECASE)
#: How a forwarded mail's lines begin.
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_HYPHEN_AT_END = re.compile(r"(?<=\w-)\n")


class Piece(NamedTuple):
    """What a mail says of one paper."""

    text: str
    line: int
    title: str
    url: str
    byline: str
    """Who wrote it, where it stood and when: `A Author, B Author - Venue, 2019`."""
    snippet: str


def pieces(text: str) -> list[Piece]:
    """The papers of a mail, in its order, from its HTML or its plain text."""
    return list(_of_html(text)) or list(_of_plain_text(text))


def is_marked(text: str) -> bool:
    """Whether there are titles in its HTML that bear their class."""
    return any(_CLASS in opening["attributes"] for opening in _titles(text))


def leads_through_scholar(text: str) -> bool:
    """Whether there are titles, known by their addresses at least."""
    return bool(_titles(text)) or any(map(_PLAIN_ADDRESS.fullmatch, _unquoted_lines(text)))


def _titles(text: str) -> list[re.Match[str]]:
    """Where the titles of HTML open: what bears their class, else what leads through Google Scholar."""
    openings = list(_OPENING.finditer(text))
    by_class = [opening for opening in openings if _CLASS in opening["attributes"]]
    through = (opening for opening in openings if _THROUGH_SCHOLAR.search(opening["attributes"]))
    return by_class or [opening for opening in through if not text.startswith("<img", opening.end())]


def _of_html(text: str) -> Iterator[Piece]:
    titles = _titles(text)
    before = [0, *(opening.end() for opening in titles)]
    starts = [_start(text, opening.start(), after) for opening, after in zip(titles, before, strict=False)]
    line, counted = 1, 0
    for opening, (start, following) in zip(titles, pairwise([*starts, len(text)]), strict=True):
        behind = _BEHIND.search(text, opening.end(), following)
        until = behind.start() if behind else following
        line, counted = line + text.count("\n", counted, start), start
        href = _HREF.search(opening["attributes"])
        title, _, rest = _parted(text[opening.end() : until], re.compile(rf"</{opening['tag']}\s*>", re.IGNORECASE))
        byline, snippet = _told_apart(rest)
        url = _unwrapped(unescape(href[1])) if href else ""
        yield Piece(text[start:until].strip(), line, _text(title), url, byline, snippet)


def _start(text: str, title: int, after: int) -> int:
    """Where the heading opens that a title stands in, or the title itself."""
    above = max(after, title - _ABOVE)
    return max((above + heading.start() for heading in _HEADING.finditer(text[above:title])), default=title)


def _told_apart(rest: str) -> tuple[str, str]:
    """The byline and the snippet below a title: by the snippet's class, else by their lines."""
    above, mark, below = _parted(rest, _SNIPPET)
    return (_text(above), _text(below)) if mark else _lines_told_apart(text_of(html_tree(rest)).split("\n"))


def _of_plain_text(text: str) -> Iterator[Piece]:
    """A title, its address and what is said of it, line by line until the next blank one."""
    lines = _unquoted_lines(text)
    until = 0
    for number, line in enumerate(lines):
        if address := _PLAIN_ADDRESS.fullmatch(line):
            start = number
            while start > max(until, number - _MOST_LINES) and lines[start - 1]:
                start -= 1
            until = next((end for end in range(number, len(lines)) if not lines[end]), len(lines))
            byline, snippet = _lines_told_apart(lines[number + 1 : until])
            title, url = _joined(lines[start:number]), _unwrapped(address[1])
            yield Piece("\n".join(lines[start:until]), start + 1, title, url, byline, snippet)


def _unquoted_lines(text: str) -> list[str]:
    return [_QUOTED.sub("", line).strip() for line in text.split("\n")]


def _lines_told_apart(lines: Sequence[str]) -> tuple[str, str]:
    """The byline, which ends in a year or is one line, and behind it the snippet, which is cut off."""
    of_byline = next((end for end, line in enumerate(lines[:3], 1) if _ENDS_IN_YEAR.search(line)), 1)
    rest = lines[of_byline : of_byline + _MOST_LINES]
    of_snippet = next((end for end, line in enumerate(rest, 1) if line.endswith(("…", "..."))), len(rest))
    return _joined(lines[:of_byline]), _joined(rest[:of_snippet])


def _joined(lines: Sequence[str]) -> str:
    """A text that was broken into lines, here and there within a word that has a hyphen."""
    return " ".join(_HYPHEN_AT_END.sub("", "\n".join(lines)).split())


def _parted(text: str, pattern: re.Pattern[str]) -> tuple[str, bool, str]:
    """`text` before and behind the first match, and whether there is one."""
    match = pattern.search(text)
    return (text[: match.start()], True, text[match.end() :]) if match else (text, False, "")


def _text(markup: str) -> str:
    return _joined(text_of(html_tree(markup)).split("\n"))


def _unwrapped(url: str) -> str:
    """Where an address leads in the end, through Google Scholar and what checks the links of a mail."""
    for _ in range(5):
        within = _WITHIN.search(url) if _WRAPPED.search(url) else None
        if not within:
            break
        url = unquote(within[1])
    return url if url.startswith(("http://", "https://")) else ""
