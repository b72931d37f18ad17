"""Which records are of one work.

The answer is a pure function of a set of records and of what curators ruled, whatever the order they came in: what a
curator ruled holds; else the same arXiv id makes one work; else the same identifier of another kind, unless that would
join works that a stronger one tells apart; else the same title with compatible first author and year. A record that
fits two works stays alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from ..formats.record import PaperRecord
from ..ids import Identifier, arxiv_month, fold, is_generic, title_key
from ..text import clean

#: Schemes by strength; all others are weaker and equal among themselves.
_STRENGTH = ("arxiv", "doi")
#: How many years a preprint may lie before its publication.
_YEARS_APART = 2
#: The evidence of what a curator tied.
RULED = "a curator’s decision"


class Clues(NamedTuple):
    """What a record says about which work it is of."""

    identifiers: frozenset[Identifier]
    title: str
    """The title's key."""
    author: frozenset[str]
    """The words of the first author's name, folded, without initials."""
    years: frozenset[int]

    @property
    def is_loose(self) -> bool:
        """Without an arXiv id, so that its title may tie it to a work."""
        return not any(identifier.scheme == "arxiv" for identifier in self.identifiers)


class Verdict(NamedTuple):
    """What a curator ruled about records, by their indexes: those of different parts are never of one work, and those
    of one part are, if it binds them. What both claim, the first part keeps."""

    parts: Sequence[frozenset[int]]
    binds: bool


class Tie(NamedTuple):
    """One record's membership in a work: which record it is, and what tied it to the others."""

    record: int
    evidence: str


def clues_of(record: PaperRecord) -> Clues:
    arxiv = [arxiv_month(value)[0] for scheme, value in record.identifiers if scheme == "arxiv"]
    return Clues(
        frozenset(record.identifiers),
        title_key(clean(record.title)),
        name_words(record.authors[0]) if record.authors else frozenset(),
        frozenset([*arxiv, *([record.published.year] if record.published else [])]),
    )


def name_words(name: str) -> frozenset[str]:
    """The words of a name by which it is compared: folded, without initials."""
    words = re.findall(r"\w{2,}", clean(name))
    if len(words) > 1 and re.fullmatch(r"[A-Z]{2,3}", words[-1]):  # as in Lovelace AK
        words.pop()
    return frozenset(map(fold, words))


def recognise(clues: Sequence[Clues], verdicts: Sequence[Verdict] = ()) -> list[list[Tie]]:
    """The works that records with these clues are of, each as the ties of its records."""
    works = _Works(clues, verdicts)
    works.join_by_verdicts()
    works.join_by_identifiers()
    works.join_by_titles()
    return works.ties()


@dataclass(eq=False)
class _Work:
    """Records found to be of one work so far, and all their clues."""

    members: list[int]
    identifiers: set[Identifier]
    authors: set[frozenset[str]]
    """The names by which its first author goes."""
    years: set[int]
    sides: set[tuple[int, int]]
    """Of which verdict it is which part."""

    @property
    def schemes(self) -> set[str]:
        return {identifier.scheme for identifier in self.identifiers}

    def signature(self) -> tuple[object, ...]:
        """Sorts those first of which more is known; equal where just the same is known."""
        known = (self.identifiers, set(map(tuple, map(sorted, self.authors))), self.years, self.sides)
        return (*(not part for part in known), *(sorted(part) for part in known))

    def may_be(self, other: "_Work") -> bool:
        """Whether two works of one title may be the same."""
        same_author = [mine <= its or its <= mine for mine in self.authors for its in other.authors]
        apart = [abs(mine - its) for mine in self.years for its in other.years]
        compatible = any(same_author or [True]) and min(apart, default=0) <= _YEARS_APART
        return compatible and not self.schemes & other.schemes and not self.is_apart_from(other)

    def is_apart_from(self, other: "_Work") -> bool:
        """Whether a curator ruled so."""
        parts = dict(self.sides)
        return any(parts.get(verdict, part) != part for verdict, part in other.sides)


class _Settled:
    """Works of one title that are apart, found by what another must share with them to be the same."""

    def __init__(self) -> None:
        self._by_schemes: dict[frozenset[str], dict[str, list[_Work]]] = defaultdict(lambda: defaultdict(list))

    def add(self, work: _Work) -> None:
        by_word = self._by_schemes[frozenset(work.schemes)]
        for word in {"", *_words(work)} if work.authors else {"", _NOBODY}:
            by_word[word].append(work)

    def fitting(self, work: _Work) -> list[_Work]:
        """Those that it may be, but no more than two: they are then too many."""
        words = {_NOBODY, *_words(work)} if work.authors else {""}
        candidates = dict.fromkeys(
            candidate
            for schemes, by_word in self._by_schemes.items()
            if not schemes & work.schemes
            for word in words
            for candidate in by_word.get(word, ())
        )
        return list(islice((candidate for candidate in candidates if candidate.may_be(work)), 2))


#: Stands for an author who is not known; the empty word stands for any.
_NOBODY = "?"


def _words(work: _Work) -> set[str]:
    return {word for author in work.authors for word in author}


class _Works:
    def __init__(self, clues: Sequence[Clues], verdicts: Sequence[Verdict]) -> None:
        self._clues = clues
        self._verdicts = verdicts
        self._of = [
            _Work([index], set(clue.identifiers), {clue.author} if clue.author else set(), set(clue.years), set())
            for index, clue in enumerate(clues)
        ]
        self._evidence = [""] * len(clues)

    def join_by_verdicts(self) -> None:
        for number, verdict in enumerate(self._verdicts):
            for place, part in enumerate(verdict.parts):
                for index in part:
                    self._of[index].sides.add((number, place))
        for part in (part for verdict in self._verdicts if verdict.binds for part in verdict.parts):
            for works in _compatible(self._works_of(sorted(part))):
                self._join(works, RULED)

    def join_by_identifiers(self) -> None:
        naming: dict[Identifier, list[int]] = defaultdict(list)
        for index, clues in enumerate(self._clues):
            for identifier in clues.identifiers:
                naming[identifier].append(index)
        for identifier in sorted(naming, key=lambda identifier: (_rank(identifier.scheme), identifier)):
            for works in _compatible(self._works_of(naming[identifier])):
                self._join_by(identifier, works)

    def _join_by(self, identifier: Identifier, works: Sequence[_Work]) -> None:
        stronger = Counter(
            scheme for work in works for scheme in work.schemes if _rank(scheme) < _rank(identifier.scheme)
        )
        if max(stronger.values(), default=0) > 1:  # it would join works that a stronger identifier tells apart
            works = [work for work in works if not work.schemes & stronger.keys()]
        if works:
            self._join(works, str(identifier))

    def join_by_titles(self) -> None:
        bearing: dict[str, list[int]] = defaultdict(list)
        for index, clues in enumerate(self._clues):
            if clues.title and (clues.author or not is_generic(clues.title)):
                bearing[clues.title].append(index)
        for title in sorted(bearing):
            works = self._works_of(bearing[title])
            if all("arxiv" in work.schemes for work in works):
                continue
            alike: dict[str, list[_Work]] = defaultdict(list)
            for work in works:
                alike[repr(work.signature())].append(work)
            distinct = [self._join(group, "title") for group in alike.values()]
            settled = _Settled()
            for work in sorted(distinct, key=_Work.signature):
                fitting = settled.fitting(work)
                settled.add(self._join([*fitting, work], "title") if len(fitting) == 1 else work)

    def ties(self) -> list[list[Tie]]:
        return [
            [Tie(index, self._evidence[index]) for index in work.members]
            for work in self._works_of(range(len(self._of)))
        ]

    def _works_of(self, indexes: Iterable[int]) -> list[_Work]:
        return list(dict.fromkeys(self._of[index] for index in indexes))

    def _join(self, works: Sequence[_Work], evidence: str) -> _Work:
        """One work of these; those of their records that nothing tied yet are tied by `evidence`."""
        first, *others = works
        for work in others:
            first.members += work.members
            first.identifiers |= work.identifiers
            first.authors |= work.authors
            first.years |= work.years
            first.sides |= work.sides
        for index in first.members if others else ():
            self._of[index] = first
            self._evidence[index] = self._evidence[index] or evidence
        return first


def _compatible(works: Sequence[_Work]) -> Iterator[Sequence[_Work]]:
    """Works that claim the same, in groups that no verdict parts: what was parted from others gives way to them."""
    first: dict[int, int] = {}
    for verdict, part in (side for work in works for side in work.sides):
        first[verdict] = min(part, first.get(verdict, part))
    staying = [work for work in works if all(first[verdict] == part for verdict, part in work.sides)]
    if not staying:
        yield from ([work] for work in works)
        return
    yield staying
    if len(staying) < len(works):
        yield from _compatible([work for work in works if work not in staying])


def _rank(scheme: str) -> int:
    return _STRENGTH.index(scheme) if scheme in _STRENGTH else len(_STRENGTH)
