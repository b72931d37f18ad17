"""PaperRecord, the one shape of a paper outside the database, and what reading a file yields."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self, TypedDict

import msgspec

from ..dates import DayOfYear, PartialDate
from ..ids import Identifier, identifiers
from ..text import clean, storable

#: What a library has room for, of one paper (characters).
LONGEST_PAPER = 250_000
#: Of what cannot be read, what is kept of a line (characters).
LONGEST_PIECE = 100_000
LONGEST_SCHEME = 20
LONGEST_IDENTIFIER = 500
LONGEST_TAG = 200
MOST = {"identifiers": 100, "tags": 1_000, "links": 1_000, "other_titles": 1_000}


class Link(NamedTuple):
    """A URL and what stands behind it: `("code", "https://…")`."""

    what: str
    url: str


class PaperRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one digest says of one paper, as found: texts keep their TeX, and nothing is looked up or guessed."""

    title: str = ""
    other_titles: tuple[str, ...] = ()
    abstract: str = ""
    note: str = ""
    """What the digest's editor says about the paper."""
    snippet: str = ""
    """A piece of the abstract, cut off by whoever made the digest."""
    authors: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    arxiv_version: int | None = None
    published: PartialDate | None = None
    venue: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if (kept := all_storable(value)) is not value:
                msgspec.structs.force_setattr(self, name, kept)

    def as_json(self) -> str:
        """The record as JSON, empty fields left out; `from_json` gives an equal record back."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Self:
        return msgspec.json.decode(text, type=cls)


class DigestRecord(NamedTuple):
    """What a file says of a digest it holds; what it leaves out is found by the ingest."""

    source: str = ""
    date: PartialDate | DayOfYear | None = None
    title: str = ""

    def completed(self, other: "DigestRecord") -> "DigestRecord":
        """With what the other says where this says nothing."""
        return DigestRecord(self.source or other.source, self.date or other.date, self.title or other.title)


class Found(NamedTuple):
    """One entry of a digest: a paper at a place in the digest's order."""

    record: PaperRecord
    place: int
    line: int
    """Where in the file, counted from 1."""
    digest: DigestRecord = DigestRecord()


class Unreadable(NamedTuple):
    """What should have been an entry and could not be read: its text, where it stood, why, and what stood around.

    Mended, the text alone is read by the same format: with it goes what the rest of the file says of it.
    """

    text: str
    line: int
    reason: str
    context: str = ""
    place: int = 1
    digest: DigestRecord = DigestRecord()


type Reading = Iterator[Found | Unreadable]


def entry(record: PaperRecord, place: int, line: int, digest: DigestRecord, text: str) -> Found | Unreadable:
    """What was found in a text; the text, where no library could store that."""
    if reason := flaw(record):
        return Unreadable(text, line, reason, place=place, digest=digest)
    return Found(record, place, line, digest)


class Listing(NamedTuple):
    """A digest that named a paper: where in its order, and with what words."""

    digest: DigestRecord
    place: int
    note: str = ""


class LibraryPaper(NamedTuple):
    """A paper on its way out of the library: what a format writes."""

    key: str
    record: PaperRecord
    listings: Sequence[Listing]


class Identified(TypedDict):
    """The fields of a record that its identifiers fill."""

    identifiers: tuple[Identifier, ...]
    arxiv_version: int | None


def identified(*texts: str) -> Identified:
    """What these ids, DOIs and URLs identify."""
    found = list(dict.fromkeys(pair for text in texts for pair in identifiers(text)))
    return {
        "identifiers": tuple(dict.fromkeys(identifier for identifier, _ in found)),
        "arxiv_version": max((version for _, version in found if version), default=None),
    }


_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,5}")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)


def person(name: str) -> str:
    """A name as people say it: `Last, First` as `First Last`, and any other as it is."""
    return first_last(name.split(",")) or name


def first_last(parts: Sequence[str]) -> str:
    """The name whose parts stood in this order with commas between, `Jr.` among them or not; empty where it is none."""
    match [" ".join(part.split()) for part in parts]:
        case [last, first] if last and first and not _SUFFIX.fullmatch(first):
            return f"{first} {last}"
        case [last, suffix, first] if _SUFFIX.fullmatch(suffix):
            return f"{first} {last} {suffix}"
        case [last, first, suffix] if _SUFFIX.fullmatch(suffix):
            return f"{first} {last} {suffix}"
    return ""


def names(text: str) -> tuple[str, ...]:
    """The names in a list written as a sentence: `A. Author, B. Author and C. Author`, `Author, A., Author, B.`, or
    `Author, A.; Author, B.`."""
    text = " ".join(text.split())
    parts = text.split(";") if ";" in text else re.split(r",(?: and | & )?| and | & ", text)
    found = [part.strip() for part in parts if any(map(str.isalnum, part))]
    if ";" in text:
        return tuple(map(person, found))
    are_initials = [bool(_INITIALS.fullmatch(part)) for part in found]
    if found and are_initials == [False, True] * (len(found) // 2):
        return tuple(f"{first} {last}" for last, first in zip(found[0::2], found[1::2], strict=True))
    people: list[str] = []
    for name in found:
        if people and _SUFFIX.fullmatch(name):
            people[-1] += f", {name}"
        else:
            people.append(name)
    return tuple(people)


def flaw(record: PaperRecord) -> str:
    """What keeps a record from being stored as a paper; empty where nothing does."""
    if not any(char.isprintable() and not char.isspace() for char in clean(record.title)):
        return "the title is empty"
    for name, most in MOST.items():
        if len(getattr(record, name)) > most:
            return f"more than {most:,} {name.replace('_', ' ')}"
    for identifier in record.identifiers:
        if len(identifier.scheme) > LONGEST_SCHEME or len(identifier.value) > LONGEST_IDENTIFIER:
            return f"the identifier “{str(identifier)[:40]}…” is too long"
    for tag in record.tags:
        if len(tag) > LONGEST_TAG:
            return f"the tag “{tag[:40]}…” is longer than {LONGEST_TAG} characters"
    texts = (record.title, record.abstract, record.note, record.snippet, record.venue, *record.authors)
    if sum(map(len, (*texts, *record.other_titles, *(link.url for link in record.links)))) > LONGEST_PAPER:
        return f"longer than {LONGEST_PAPER:,} characters, which is no paper but a book"
    return ""


def all_storable(value: Any) -> Any:
    """`value` with all texts in it as `storable` makes them; `value` itself where they are so."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple) and not isinstance(value, PartialDate):
        items = [all_storable(item) for item in value]
        if any(item is not old for item, old in zip(items, value, strict=True)):
            return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value
