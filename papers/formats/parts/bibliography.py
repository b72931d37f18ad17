"""What bibliographies have in common: how they write names, dates, keywords and addresses."""

import html
import re
from collections.abc import Iterable, Iterator

from ...dates import PartialDate, written_date
from ...ids import arxiv_id
from ..record import LONGEST_TAG, Link, first_last, identified
from .markup import html_tree, text_of

_ENTITY = re.compile(r"\\?(&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});)")
#: What publishers leave of their markup in titles and abstracts.
_MARKUP = re.compile(r"</(?:i|b|em|strong|italic|bold|sub|sup|inf|scp|p|span|(?:jats|mml):\w+)>", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[4-9]|2[01])\d\d(?!\d)")
_NUMBERS = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2}))?(?!\d)")
_MONTH = re.compile(r"(?<![A-Za-z])(?:(\d{1,2})[\s~.]+)?([A-Za-z]{3,9})\b\.?(?:[\s~]+(\d{1,2})(?!\d))?")
_AND = re.compile(r"\\.|[{}]|(?<=\s)and(?=\s)|(?<=\s)&(?=\s)|(?<!&amp);", re.DOTALL | re.IGNORECASE)
_COMMA = re.compile(r"\\.|[{},]", re.DOTALL)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s*al)\.?", re.IGNORECASE)
#: What stands before an arXiv id in place of a journal, or in a note.
_ARXIV = re.compile(r"\s*+(?:arxiv(?:\.org)?(?:\s+(?:preprints?|e-?prints?))?[\s,:]++|abs/)(\S++)", re.IGNORECASE)
_EIGHT_DIGITS = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}\\|]+", re.IGNORECASE)
_ESCAPED = re.compile(r"\{?\\([_%&#~{}])\}?")


def text(found: str) -> str:
    """A title or an abstract, with what publishers leave in it of HTML as TeX."""
    found = _ENTITY.sub(lambda entity: html.unescape(entity[1]), found)
    return (text_of(html_tree(found)) if _MARKUP.search(found) else found).strip()


def people(*texts: str) -> tuple[str, ...]:
    """The names in these texts, in order, `Last, First` as `First Last`, and nobody for `others`."""
    names = (name for text in texts for part in _divided(text, _AND) for name in _names(part))
    return tuple(dict.fromkeys(name for name in names if any(map(str.isalnum, name)) and not _OTHERS.fullmatch(name)))


def _names(text: str) -> Iterator[str]:
    """The people in what should be one name: several where their list has but commas."""
    parts = [" ".join(part.split()) for part in _divided(text, _COMMA) if part.strip()]
    if parts and all("=" in part for part in parts):  # as in BibLaTeX's long form: family=Lovelace, given=Ada
        said = {key.strip(): value.strip(' "') for key, _, value in (part.partition("=") for part in parts)}
        parts = [" ".join(filter(None, map(said.get, ("given", "prefix", "family", "suffix"))))]
    match parts:
        case [_, _, *_] if name := first_last(parts):
            yield name
        case [last, *first] if first and all(map(_are_initials, first)):
            yield " ".join((*first, last))
        case [_, _, _, *_] if len(parts) % 2 == 0 and all(map(_are_initials, parts[1::2])):
            yield from (f"{first} {last}" for last, first in zip(parts[::2], parts[1::2], strict=True))
        case [_, _, _, *_]:
            yield from parts
        case _:
            yield " ".join(parts)


def _are_initials(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 0 < len(letters) <= 4 and all(map(str.isupper, letters))


def _divided(text: str, divider: re.Pattern[str]) -> list[str]:
    """The pieces between what divides a list; within braces nothing does."""
    pieces: list[str] = []
    depth = begin = 0
    for match in divider.finditer(text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0 and not match[0].startswith("\\"):
            pieces.append(text[begin : match.start()])
            begin = match.end()
    return [piece for piece in (*pieces, text[begin:]) if piece.strip()]


def published(*texts: str) -> PartialDate | None:
    """The date in these texts, the first that has a year said as exactly as one of the others says it."""
    found = [date for text in texts if (date := _date(text[:200]))]
    return max((date for date in found if date.year == found[0].year), key=_exactness, default=None)


def _exactness(date: PartialDate) -> int:
    return len([part for part in date if part])


def _date(text: str) -> PartialDate | None:
    """`2009/05/12/`, `2009///`, `2016 May 12`, `2006 May-Jun`, `5 jan 2020`, `c2004`: as far as it makes sense."""
    text = _EIGHT_DIGITS.sub(r"\1-\2-\3", text)
    if numbers := _NUMBERS.search(text):
        for parts in (numbers.groups(), numbers.groups()[:2]):
            if all(parts) and (date := PartialDate.parse("-".join(parts))):
                return date
    year = _YEAR.search(text)
    if not year:
        return None
    without = f"{text[: year.start()]} {text[year.end() :]}"
    for day, month, later in (match.groups() for match in _MONTH.finditer(without)):
        for said in (f"{day or later} {month} {year[0]}", f"{month} {year[0]}"):
            if isinstance(written := written_date(said), PartialDate):
                return written
    return PartialDate.parse(year[0])


def arxiv_mentions(*texts: str) -> list[str]:
    """The arXiv ids that these texts begin with, behind the word: `arXiv preprint arXiv:1706.03762`."""
    return [said[1] for text in texts if (said := _ARXIV.match(text)) and arxiv_id(said[1])]


def keywords(*texts: str) -> tuple[str, ...]:
    """The keywords in these lists: semicolons and lines divide them; where there is but one list, commas may.

    What is too long for a keyword is none.
    """
    commas = len(texts) == 1 and ";" not in texts[0]
    words = (word for text in texts for word in re.split("[,\n]" if commas else "[;\n]", text))
    return tuple(dict.fromkeys(word for word in map(subject, words) if 0 < len(word) <= LONGEST_TAG))


def subject(keyword: str) -> str:
    """A keyword without what PubMed marks in its headings: `*Kettles`, `Kettles/*history/supply & distribution`."""
    words = " ".join(keyword.split())
    return (words.partition("/")[0] if "/*" in words else words).strip(".,* ")


def addresses(*texts: str) -> list[str]:
    """The web addresses in these texts, without the marks of TeX."""
    return [url.rstrip(".,;") for text in texts for url in _ADDRESS.findall(_ESCAPED.sub(r"\1", text))]


def links(what: str, urls: Iterable[str]) -> tuple[Link, ...]:
    """Links to the addresses that name no work."""
    return tuple(Link(what, url) for url in dict.fromkeys(urls) if not identified(url)["identifiers"])
