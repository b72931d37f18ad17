"""A paper's fields: one pure function of its entries' records, the trust in their sources, and what curators set."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..dates import PartialDate
from ..formats.record import Link, PaperRecord
from ..ids import Identifier, arxiv_month, fold, slug, title_key
from ..text import clean


class Claim(NamedTuple):
    """A record, and what speaks for it."""

    record: PaperRecord
    trust: int
    named_on: dt.date
    """The day of the digest it stands in."""


class PaperFields(NamedTuple):
    """What is known of a paper. Texts are as found, TeX and all; `text` makes them fit to show."""

    title: str
    other_titles: tuple[str, ...]
    abstract: str
    abstract_kind: str
    authors: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    arxiv_version: int | None
    published: PartialDate | None
    named_on: dt.date
    venue: str
    tags: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def day(self) -> dt.date:
        """The day it is sorted under: when it was first named, as far as its own date leaves that open."""
        if not self.published:
            return self.named_on
        return min(max(self.named_on, self.published.first_day), self.published.last_day)


def resolve(claims: Iterable[Claim], curated: Mapping[str, Any]) -> PaperFields:
    """What these claims say together. Neither the order they stand in nor the order they came in matters."""
    ranked = list(claims)
    if len(ranked) > 1:
        ranked.sort(key=_rank)
    records = [claim.record for claim in ranked]
    title = next((record.title for record in records if record.title.strip()), "")
    abstract_kind, abstract = _abstract(records)
    fields = PaperFields(
        title=title,
        other_titles=(),
        abstract=abstract,
        abstract_kind=abstract_kind,
        authors=_authors(records),
        identifiers=tuple(sorted({identifier for record in records for identifier in record.identifiers})),
        arxiv_version=max((record.arxiv_version for record in records if record.arxiv_version), default=None),
        published=_published(ranked),
        named_on=min(claim.named_on for claim in ranked),
        venue=next(iter(sorted((record.venue for record in records if record.venue), key=_is_archive)), ""),
        tags=_tags(records),
        links=tuple(dict.fromkeys(link for record in records for link in record.links)),
    )
    fields = fields._replace(**{name: _CURATED[name](value) for name, value in curated.items()})
    return fields._replace(other_titles=_other_titles(fields.title, records))


#: The fields that a curator may set, and what makes them of the JSON they are kept as.
_CURATED: Mapping[str, Callable[[Any], Any]] = {
    "title": str,
    "abstract": str,
    "abstract_kind": str,
    "authors": tuple,
    "published": PartialDate.parse,
    "venue": str,
}


def _rank(claim: Claim) -> tuple[Any, ...]:
    """The more trusted source first, then the later version, then who says more, then who said it first."""
    record = claim.record
    says_more = (not record.identifiers, not record.authors)
    return (-claim.trust, -(record.arxiv_version or 0), *says_more, claim.named_on, record.as_json())


def _abstract(records: Sequence[PaperRecord]) -> tuple[str, str]:
    """The kind and text of the richest there is: an abstract, else an editor's note, else a snippet."""
    for kind in ("abstract", "note", "snippet"):
        if texts := [text for record in records if (text := getattr(record, kind)).strip()]:
            return kind, _completed(texts)
    return "", ""


def _completed(texts: Sequence[str]) -> str:
    """The first of the texts, or the longest that only goes on from it: the first was cut off."""
    if len(texts) == 1:
        return texts[0]
    folded = {text: fold(text) for text in texts}
    start = folded[texts[0]]
    return max((text for text in texts if folded[text].startswith(start)), key=lambda text: len(folded[text]))


def _authors(records: Sequence[PaperRecord]) -> tuple[str, ...]:
    """Of the lists with the fewest initials the best ranked; a longer list that only goes on from it wins."""
    lists = [names for record in records if (names := tuple(filter(str.strip, record.authors)))]
    if len(lists) < 2:
        return lists[0] if lists else ()
    lists.sort(key=_share_of_initials)
    folded = {names: tuple(map(fold, names)) for names in lists}
    start = folded[lists[0]]
    return max((names for names in lists if folded[names][: len(start)] == start), key=len)


def _share_of_initials(names: Sequence[str]) -> float:
    return sum(map(_is_abbreviated, names)) / len(names)


def _is_abbreviated(name: str) -> bool:
    """Whether it begins or ends with an initial: `A. Lovelace`, `Lovelace, A.`; the middle one of `Ada M. Lovelace`
    takes nothing away."""
    words = name.replace(".", " ").replace(",", " ").split()
    return any(len(word) == 1 and word.isupper() for word in (*words[:1], *words[-1:]))


def _other_titles(title: str, records: Sequence[PaperRecord]) -> tuple[str, ...]:
    others = dict.fromkeys(other for record in records for other in (record.title, *record.other_titles))
    others.pop(title, None)
    if not others:
        return ()
    by_key: dict[str, str] = {}
    for other in map(clean, others):
        by_key.setdefault(title_key(other), other)
    by_key.pop(title_key(clean(title)), None)
    return tuple(by_key[key] for key in sorted(by_key) if key)


def _published(ranked: Sequence[Claim]) -> PartialDate | None:
    """The most trusted date, of those the most precise, of those the earliest; else the month of the arXiv id."""
    dated = [(claim, date) for claim in ranked if (date := claim.record.published)]
    if dated:
        return min(dated, key=lambda pair: (-pair[0].trust, -len(str(pair[1])), pair[1].first_day))[1]
    months = [arxiv_month(value) for claim in ranked for scheme, value in claim.record.identifiers if scheme == "arxiv"]
    return PartialDate(*min(months)) if months else None


def _tags(records: Sequence[PaperRecord]) -> tuple[str, ...]:
    """Each tag once, in the spelling that comes first in the alphabet: any rule will do that ignores who came first."""
    by_slug: dict[str, str] = {}
    for name in sorted({" ".join(tag.split()) for record in records for tag in record.tags}):
        by_slug.setdefault(slug(name), name)
    return tuple(by_slug[tag] for tag in sorted(by_slug) if tag)


def _is_archive(venue: str) -> bool:
    return venue.casefold().startswith("arxiv")
