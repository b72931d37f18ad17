"""A web page saved as text, taken apart: its headings and blocks of text, and the pages that they link to.

A link stands behind its words (`[words](url)`), at the page's end (`[words][12]`, `[12]: url`), or on the next line.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..record import Link

_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_ADDRESS = r"(?:https?://|/)[^\s()\[\]]*"
_TARGET = rf"\]\s?(?:\((?P<url>{_ADDRESS})\)|\[(?P<number>\d{{1,5}})\])"
_LINK = re.compile(rf"\[(?P<words>[^\[\]]*){_TARGET}")
_ANY_TARGET = re.compile(r"\](?:\(|\[\d)")
_LAST_TARGET = re.compile(rf"{_TARGET}\s*$")
#: The same without brackets around the words: `words (url)`.
_PLAIN_TARGET = re.compile(r"\s[(<](https?://(?:huggingface\.co|hf\.co)/papers/[^\s()<>]*)[)>]$")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^\s()]*\)|\[\d{1,5}\])")
#: What stands for a picture where only words are kept: `[logo]`, also as the first of a link's words.
_PICTURE = re.compile(r"(?<=^\[)\[[^\[\]]*\]\s*|^(?:[-*]\s+)?\[[^\[\]]*\]$")
_OWN_LINE = re.compile(
    r"\[|\](?:\(|\[\d).*|[-*]|[-*]\s.{0,80}|[·•].{0,80}|`{3}.*|<[^<>]*>(?:</a>)?"
    rf"|(?:\[[^\[\]]*\](?:\({_ADDRESS}\)|\[\d{{1,5}}\])\s*)+|<?https?://(?:huggingface\.co|hf\.co)/(?:papers|login)\S*"
)
_ADDRESS_ALONE = re.compile(rf"<?({_ADDRESS})>?")
_REFERENCE = re.compile(r"[ \t]*\[?(\d{1,5})(?:\]:|\.)[ \t]+<?((?:https?://|/)[^\s<>]+)>?[ \t]*")
_ESCAPED = re.compile(r"\\([\[\]*>`])")
_LINE_END = re.compile(r"\\+(?=\s|$)")
#: What stands at the ends of a line and cannot be seen.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_PAPERS = re.compile(r"/papers/\d[^#]*$")
_SHORTEST_ABSTRACT = 200
#: Over how many lines a heading may go on.
_MOST_LINES = 5


class Block(NamedTuple):
    """A heading or a paragraph, its lines joined."""

    line: int
    end: int
    """The lines it stands on: the first, and the one behind the last."""
    text: str
    level: int = 0
    """Of a heading from 1 to 6."""
    links: tuple[Link, ...] = ()
    url: str = ""
    """The page that all of it links to: its address, or `[12]` where the page's end has none for that number."""


def visible(line: str) -> str:
    return line.strip().strip(_INVISIBLE).strip()


def blocks(lines: list[str]) -> list[Block]:
    """The blocks of a page in order; one that is empty links by a picture, or by nothing that can be seen."""
    urls = references(lines)
    found: list[Block] = []
    for line, texts in _paragraphs(lines):
        address = _ADDRESS_ALONE.fullmatch(texts[0])
        if not address:
            found.append(_block(line, texts, urls))
        elif found and _may_be_words(found[-1], address[1]):
            found[-1] = found[-1]._replace(url=address[1], end=line + 1)
        else:
            found.append(Block(line, line + 1, "", url=address[1]))
    return found


def references(lines: list[str]) -> dict[str, str]:
    """The addresses at the page's end, by their numbers."""
    return {match[1]: match[2] for line in lines if (match := _REFERENCE.fullmatch(line))}


def with_references(source: str, urls: Mapping[str, str]) -> str:
    """A piece of a page, with those of the addresses at the page's end that it speaks of."""
    numbers = dict.fromkeys(re.findall(r"\]\s?\[(\d{1,5})\]", source))
    behind = [f"[{number}]: {urls[number]}" for number in numbers if number in urls]
    return "\n\n".join([source, *behind[:1]]) + "".join(f"\n{each}" for each in behind[1:])


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The lines that belong together, and where they begin."""
    group: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        text = visible(line) if line else line
        if not text and not group:
            continue
        if text and group and _goes_on(group, line):
            group.append(text)
            continue
        alone = bool(_HEADING.match(text) or _OWN_LINE.fullmatch(text) or _REFERENCE.fullmatch(text))
        if group and (alone or not text or _HEADING.match(group[0]) or _OWN_LINE.fullmatch(group[-1])):
            yield number - len(group), group
            group = []
        if text and not _REFERENCE.fullmatch(text):
            group.append(text)


def _goes_on(heading: list[str], line: str) -> bool:
    """Whether a line is more of a heading: it is set in, or the heading's link has no end yet."""
    if not _HEADING.match(heading[0]) or len(heading) >= _MOST_LINES:
        return False
    text = " ".join(heading)
    return line.startswith("  ") or text.count("[") > text.count("]")


def _block(line: int, texts: list[str], urls: Mapping[str, str]) -> Block:
    text = _IMAGE.sub("", " ".join(texts))
    level = 0
    if heading := _HEADING.match(text):
        level, text = len(heading[1]), text[heading.end() :].strip(" #")
    else:
        text = _PICTURE.sub("", text)

    def target(match: re.Match[str]) -> str:
        return match["url"] or urls.get(match["number"], f"[{match['number']}]")

    links = tuple(Link(match["words"], target(match)) for match in _LINK.finditer(text))
    last = _LAST_TARGET.search(text)
    if last and _is_link(text[: last.start()], target(last)):
        words = _LINK.sub(lambda match: match["words"], text[: last.start()].removeprefix("["))
        words = _ESCAPED.sub(r"\1", _LINE_END.sub("", words))
        return Block(line, line + len(texts), " ".join(words.split()), level, links, target(last))
    if plain := _PLAIN_TARGET.search(text):
        return Block(line, line + len(texts), text[: plain.start()], level, links, plain[1])
    text = _LINK.sub(lambda match: match["words"], text).strip()
    return Block(line, line + len(texts), "" if text == "[" else text, level, links)


def _is_link(words: str, url: str) -> bool:
    """Whether these are the words of one link, whose bracket may have opened a paragraph before."""
    if _ANY_TARGET.search(words):
        return words.startswith("[") and bool(_PAPERS.search(url))  # an abstract with links in it
    return words.startswith("[") or words.count("[") <= words.count("]")


def _may_be_words(block: Block, url: str) -> bool:
    """Whether an address on a line of its own is what the block above links to; abstracts link to papers only."""
    return bool(block.text) and not block.url and (len(block.text) < _SHORTEST_ABSTRACT or bool(_PAPERS.search(url)))
