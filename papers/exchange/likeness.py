"""Whether two papers are likely one: their titles weighed with their authors, years, identifiers and abstracts."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from ..ids import is_rubric
from ..models import LikelyDuplicate
from .titles_alike import Title, same_numbers, slips
from .traits import Traits

Kind = LikelyDuplicate.Kind

_YEARS_APART = 2
#: From which likeness on (per cent) abstracts are one, and below which they are of two works.
_ONE, _TWO = 90, 65
_MANY_WORDS = 6
#: What the titles alone are worth (per cent).
_WORTH = {Kind.TITLE: 90, Kind.SPELLING: 80, Kind.SHORT: 75, Kind.ABSTRACT: 70, Kind.LONGER: 60}
_LEAST = 50


class Match(Enum):
    """What a comparison says; nothing where one side is silent."""

    SAME = 1
    APART = -1
    UNKNOWN = 0


class Likeness(NamedTuple):
    score: int
    kind: LikelyDuplicate.Kind
    evidence: str


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """How likely two papers are one, and why; None where it is not worth a look."""
    weighed = _Weighed(one, other)
    found = [each for title in one.titles for its in other.titles if (each := weighed.by(title, its))]
    return max(found, default=None)


@dataclass(frozen=True)
class _Weighed:
    one: Traits
    other: Traits

    def by(self, title: Title, its: Title) -> Likeness | None:
        if not (alike := self._alike(title, its)):
            return None
        kind, said = alike
        score = _WORTH[kind] + 7 * self.authors.value
        score += {Match.SAME: 3, Match.APART: -25, Match.UNKNOWN: 0}[self.abstracts]
        score -= 10 * len(self.at_odds) + 15 * self.are_years_apart
        if score < _LEAST or self._speaks_against(kind, title):
            return None
        return Likeness(score, kind, ", ".join(filter(None, (said, *self._said(kind)))))

    def _alike(self, title: Title, its: Title) -> tuple[Kind, str] | None:
        """What the titles have in common, the most telling first."""
        if title.is_same_as(its):
            return Kind.TITLE, "same title"
        if title.is_short_for(its) or its.is_short_for(title):
            return Kind.SHORT, "short name and full title"
        if not same_numbers(title, its):
            return None
        if (letters := slips(title, its)) is not None:
            return (
                Kind.SPELLING,
                f"titles differ in {letters} letter{'s' * (letters != 1)}" if letters else "same words",
            )
        if self.abstracts is Match.SAME:
            return Kind.ABSTRACT, "same abstract, other title"
        short, long = sorted((title, its), key=lambda each: len(each.words))
        if long.is_begun_by(short) and self._may_go_on(short):
            return Kind.LONGER, "title goes on"
        return None

    def _may_go_on(self, short: Title) -> bool:
        """Many works are called “… is all you need for …”."""
        is_alone = self.one.is_title_only or self.other.is_title_only
        return self.authors is Match.SAME or (is_alone and len(short.words) >= _MANY_WORDS)

    def _speaks_against(self, kind: Kind, title: Title) -> bool:
        """Whether there is more against it than the titles are for it."""
        if self.authors is Match.APART:
            return self.abstracts is not Match.SAME
        if self.authors is Match.SAME:
            is_spelled = kind is Kind.TITLE or (kind is Kind.SPELLING and self.abstracts is not Match.APART)
            return bool(self.at_odds) and (is_rubric(title.key) or not (is_spelled or self.abstracts is Match.SAME))
        return bool(self.at_odds) or self.are_years_apart or is_rubric(title.key)

    def _said(self, kind: Kind) -> list[str]:
        authors = {Match.SAME: "authors in common", Match.APART: "other authors", Match.UNKNOWN: "authors not known"}
        abstract = {Match.SAME: "same abstract", Match.APART: "other abstract", Match.UNKNOWN: ""}
        return [
            authors[self.authors],
            abstract[self.abstracts] if kind is not Kind.ABSTRACT else "",
            *(f"two {'arXiv ids' if scheme == 'arxiv' else 'DOIs'}" for scheme in self.at_odds),
            "years apart" if self.are_years_apart else "",
        ]

    @cached_property
    def authors(self) -> Match:
        short, long = sorted((self.one.authors, self.other.authors), key=len)
        if not short:
            return Match.UNKNOWN
        shared = sum(any(mine <= its or its <= mine for its in long) for mine in short)
        is_first_shared = short[0] <= long[0] or long[0] <= short[0]
        return Match.SAME if is_first_shared or shared * 2 >= len(short) > 1 else Match.APART

    @cached_property
    def abstracts(self) -> Match:
        much = min(len(self.one.abstract), len(self.other.abstract))
        if not much:
            return Match.UNKNOWN
        ratio = fuzz.ratio(self.one.abstract[:much], self.other.abstract[:much])
        return Match.SAME if ratio >= _ONE else Match.APART if ratio < _TWO else Match.UNKNOWN

    @cached_property
    def at_odds(self) -> list[str]:
        """The schemes by which each has an identifier of its own, of those that give a work but one."""
        mine, its = self.one.identifiers, self.other.identifiers
        schemes = [scheme for scheme in ("arxiv", "doi") if any(s == scheme for s, _ in mine)]
        return [s for s in schemes if any(scheme == s for scheme, _ in its) and not _common(s, mine, its)]

    @cached_property
    def are_years_apart(self) -> bool:
        apart = [abs(mine - its) for mine in self.one.years for its in self.other.years]
        return min(apart, default=0) > _YEARS_APART


def _common(scheme: str, mine: frozenset[tuple[str, str]], its: frozenset[tuple[str, str]]) -> bool:
    return any(each[0] == scheme for each in mine & its)
