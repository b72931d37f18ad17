"""A paper in a NEP report: a title, and below it fields; in older reports authors and abstract are paragraphs.

1. A Title
By:       Ada Author (University of Somewhere); Ben Bystander
Abstract: What it is about.
Keywords: towers; clocks
JEL:      D81 O31
Date:     2025-03
URL:      http://d.repec.org/n?u=RePEc:abc:wpaper:12&r=ict
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import unquote

from ...dates import PartialDate, find_date
from ..record import Link, PaperRecord, identified, names, person
from .brackets import without_brackets
from .nep_items import FIELD

DASHES = re.compile("[\N{HYPHEN}-\N{EM DASH}]")

_TITLE = "Title"
#: Between title and authors in the contents.
_BY = " By "
_CANONICAL = {"Author": "By", "Authors": "By", "Keyword": "Keywords", "Classification-JEL": "JEL"}
#: Fields that end with their line, and those that a paper has once.
_OF_ONE_LINE = {"Date", "URL"}
_ONCE = {"By", "URL"}
#: The report that a link was followed from.
_REPORT = re.compile(r"&r=[\w-]*")
#: What arXiv's papers are called in RePEc.
_OF_ARXIV = re.compile(r"RePEc:arx:papers:([^&\s]+)")
_ISO = re.compile(r"\s*(\d{4}(?:-\d{1,2}){0,2})")
_JEL = re.compile(r"\b[A-Z]\d{1,2}\b")


class Part(NamedTuple):
    name: str
    """Of the field; none of a paragraph."""
    lines: list[str]


def parts_of(lines: Sequence[str]) -> list[Part]:
    """The title, the fields and the paragraphs of a paper."""
    return [part for part in _parts(lines) if part.lines]


def _parts(lines: Sequence[str]) -> Iterator[Part]:
    name, part = _TITLE, list[str]()
    for line in lines:
        match = FIELD.fullmatch(line)
        text = (match[2] if match else line).strip()
        if match or (part and (name in _OF_ONE_LINE or not (text or name == "Abstract"))):
            yield Part(name, part)
            name, part = (_CANONICAL.get(match[1], match[1]) if match else ""), []
        if text or part:
            part.append(text)
    yield Part(name, part)


def flaw(parts: Sequence[Part]) -> str:
    """What keeps them from being a paper; empty where nothing does."""
    said = Counter(part.name for part in parts)
    if not said[_TITLE]:
        return "a number, and no title behind it"
    if any(said[name] > 1 for name in _ONCE):
        return "two papers in one: the number of the second is missing"
    if len(parts) == 1 and _BY not in " ".join(parts[0].lines):
        return "a title, and nothing of its paper below it"
    return ""


def record_of(parts: Sequence[Part]) -> PaperRecord:
    fields = {part.name: part.lines for part in reversed(parts) if part.name}
    paragraphs = [part.lines for part in parts if not part.name]
    title = " ".join(filter(None, fields[_TITLE]))
    by = fields.get("By", [])
    if len(parts) == 1:
        title, _, authors = title.rpartition(_BY)
        by = [authors]
    elif not by and paragraphs and _are_names(paragraphs[0]):
        by = paragraphs.pop(0)
    url = _REPORT.sub("", "".join("".join(fields.get("URL", [])).split()[:1]))
    of_arxiv = _OF_ARXIV.search(unquote(url))
    return PaperRecord(
        title=title,
        abstract="\n\n".join(_joined(fields.get("Abstract", []), *paragraphs)),
        authors=_people(by),
        published=_date(" ".join(fields.get("Date", []))),
        tags=tuple(dict.fromkeys([*_keywords(fields), *_JEL.findall(" ".join(fields.get("JEL", [])))])),
        links=(Link("page", url),) if url else (),
        **identified(url, f"arXiv:{of_arxiv[1]}" if of_arxiv else ""),
    )


def _joined(*texts: Sequence[str]) -> Iterator[str]:
    """The paragraphs that blank lines divide, each on one line."""
    for lines in texts:
        yield from (" ".join(group) for has_text, group in groupby(lines, bool) if has_text)


def _people(lines: Sequence[str]) -> tuple[str, ...]:
    """The names in lines of authors, one a line or with semicolons between."""
    text = without_brackets("\n".join(lines))
    parts = text.replace("\n", " ").split(";") if ";" in text else text.split("\n")
    people = [name for part in parts if (name := part.strip(" ,"))]
    return names(people[0]) if len(people) == 1 and " and " in people[0] else tuple(map(person, people))


def _are_names(lines: Sequence[str]) -> bool:
    """Whether lines may be of authors: in sentences most words begin with a small letter."""
    words = without_brackets("\n".join(lines)).split()
    return 2 * sum(word[0].islower() for word in words) <= len(words)


def _keywords(fields: Mapping[str, Sequence[str]]) -> Iterator[str]:
    text = " ".join(fields.get("Keywords", []))
    yield from filter(None, (word.strip(" .") for word in text.split(";" if ";" in text else ",")))


def _date(text: str) -> PartialDate | None:
    if match := _ISO.match(DASHES.sub("-", text)):
        return PartialDate.parse(match[1])
    date = find_date(text)
    return date if isinstance(date, PartialDate) else None
