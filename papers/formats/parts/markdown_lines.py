"""Markdown a line at a time: its headings, the rows of its tables and the items of its lists, however long the file."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..document import Document
from ..record import LONGEST_PAPER

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_ITEM = re.compile(r" ?(?:[-*+•]|\d{1,4}[.)])\s+\S")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")


class Heading(NamedTuple):
    level: int
    text: str
    line: int


class Row(NamedTuple):
    """A row of a table; one that a program broke into lines is whole again."""

    text: str
    line: int
    header: str = ""
    """The row above all others, which names the columns; empty where there is none."""


class Item(NamedTuple):
    """An item of a list, with all that is indented below it."""

    text: str
    line: int


def parts(document: Document) -> Iterator[Heading | Row | Item]:
    """The headings, rows and items, in order; other text is left out."""
    header = ""
    row: Row | None = None
    for line, text in _blocks(document):
        if row and is_rule(text):
            header, row = row.text, None
            continue
        if row and (row.header or row.text.startswith("|")):
            yield row
        row = None
        if heading := _HEADING.match(text):
            header = ""
            yield Heading(len(heading[1]), heading[2].rstrip().rstrip("#").rstrip(), line)
        elif text.startswith("|") or ("|" in text and not _ITEM.match(text)):
            row = Row(text, line, header)
        elif _ITEM.match(text):
            yield Item(text, line)
        elif not header.startswith("|"):
            header = ""
    if row and (row.header or row.text.startswith("|")):
        yield row


def is_rule(text: str) -> bool:
    """Whether a line is the one below the names of a table's columns."""
    return {"-", "|"} <= set(text) <= set("|:- \t")


def _blocks(document: Document) -> Iterator[tuple[int, str]]:
    """The lines, each with those that go on with it; of several blank ones the first."""
    block: list[str] = []
    start = length = 0
    for number, text, _ in document.lines():
        if block and length <= LONGEST_PAPER and _goes_on(block, text):
            block.append(text)
        elif text or block != [""]:
            if block:
                yield start, "\n".join(block).strip()
            block, start, length = [text], number, 0
        length += len(text)
    if block:
        yield start, "\n".join(block).strip()


def _goes_on(block: list[str], text: str) -> bool:
    if block[0].startswith("|"):
        return not (_begins(text) or block[-1].rstrip().endswith("|")) and bool(text.strip())
    if not _ITEM.match(block[0]):
        return False
    return not text or (not _begins(text) and (text.startswith((" ", "\t")) or bool(block[-1])))


def _begins(text: str) -> bool:
    """Whether something new begins with this line."""
    return text.startswith("|") or bool(_HEADING.match(text) or _ITEM.match(text) or _RULE.fullmatch(text))
