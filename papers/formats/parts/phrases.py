"""Pieces of Markdown too short for paragraphs: what a cell or an item says, as a title, as words, as prose."""

import re

from .sections import inline

_BREAK = re.compile(r"[ \t]{0,9}<br\s{0,9}/?>[ \t]{0,9}", re.IGNORECASE)
_LABEL = r"\[(?P<title>[^\[\]]{0,1000}(?:\[[^\[\]]{0,1000}\][^\[\]]{0,1000})?)\]"
#: A link, its words first.
LINK = re.compile(_LABEL + r"\(\s*<?[^\s()<>]{0,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500})?>?(?:\s[^()]{0,300})?\)")
_WRAPPED = re.compile(r"(\*{1,4}|_{1,3}|`)(?!\s)(.+)(?<!\s)\1", re.DOTALL)
#: What stands for those whom a list of authors leaves out.
_OTHERS = re.compile(r",?\s?\b(?:and others|et\.?\s?al)\b\.?", re.IGNORECASE)
_MOST_WRAPPERS = 3
#: A title's number in its list.
_NUMBER = re.compile(r"\A\(?\d{1,4}[.)]+\s+")
#: An arXiv id before a title: `2503.01234 — Kettles`.
_ID = re.compile(r"\A\[?(?:arxiv:\s?)?\d{4}\.\d{4,5}(?:v\d+)?\]?\s*[:–—-]\s+(?=\S)", re.IGNORECASE)


def prose(text: str) -> str:
    """What a cell says, its lines as paragraphs."""
    return "\n\n".join(filter(None, map(inline, _BREAK.split(text))))


def words(text: str) -> str:
    """What a cell says on one line, without its links."""
    return inline(unwrapped(LINK.sub(r"\1", _BREAK.sub(", ", text))))


def titled(text: str) -> str:
    """The title in a cell: what stands before the links in it, else the words of the first."""
    text = _BREAK.sub(" ", text)
    link = LINK.search(text)
    before = _closed(text[: link.start()]).strip(" *_`[(:–—-") if link else ""
    title = before if any(map(str.isalpha, numberless(before))) else link[1] if link else text
    return inline(unwrapped(_ID.sub("", numberless(unwrapped(title.strip())))))


def numberless(text: str) -> str:
    """The text without its number in a list."""
    return _NUMBER.sub("", text.strip(), count=1)


def without_others(text: str) -> str:
    """A list of authors without what stands for those that it leaves out."""
    return _OTHERS.sub("", text)


def unwrapped(text: str) -> str:
    """The text without emphasis that is on all of it."""
    for _ in range(_MOST_WRAPPERS):
        if (match := _WRAPPED.fullmatch(text)) and match[1] not in match[2]:
            text = match[2]
    return text


def _closed(text: str) -> str:
    """The text before a bracket that is never closed."""
    for opening, closing in ("()", "[]"):
        if text.count(opening) > text.count(closing):
            text = text[: text.rfind(opening)]
    return text
