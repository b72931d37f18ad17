"""Traits: what of a paper is compared with another's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from ..ids import arxiv_month
from ..models import Paper
from .recognise import name_words
from .titles_alike import Title

#: So many of a paper's titles, and of its authors, are compared.
MOST_TITLES, _MOST_AUTHORS = 4, 30
#: So much of an abstract is, and a shorter one is not (letters).
_BEGINNING, _SHORTEST = 400, 100


@dataclass(frozen=True)
class Traits:
    """Those of one paper."""

    titles: Sequence[Title]
    authors: Sequence[frozenset[str]]
    years: frozenset[int]
    identifiers: frozenset[tuple[str, str]]
    abstract: str

    @classmethod
    def of(cls, paper: Paper) -> Self:
        """Of a paper with its identifiers at hand."""
        identifiers = frozenset((each.scheme, each.value) for each in paper.identifiers.all())
        years = {arxiv_month(value)[0] for scheme, value in identifiers if scheme == "arxiv"}
        has_abstract = paper.abstract_kind == Paper.AbstractKind.ABSTRACT
        return cls(
            [Title(text) for text in (paper.title, *paper.other_titles)[:MOST_TITLES]],
            list(filter(None, map(name_words, paper.authors[:_MOST_AUTHORS]))),
            frozenset(years | ({paper.published.year} if paper.published else set())),
            identifiers,
            paper.abstract[:_BEGINNING].lower() if has_abstract and len(paper.abstract) >= _SHORTEST else "",
        )

    @cached_property
    def is_title_only(self) -> bool:
        return not self.authors and not self.identifiers
