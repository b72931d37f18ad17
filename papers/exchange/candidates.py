"""Candidates: for each paper the few that its title leads to in the index."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from ..ids import is_rubric, key_hash, title_key
from ..language import AllOf, AnyOf, Node, Place, Token, Words
from ..models import Entry, LikelyDuplicate, Paper, Word
from ..models.vocabulary import words
from ..search import title_tokens
from ..words import folded
from .titles_alike import Title
from .traits import MOST_TITLES

#: So many papers are looked at for one, the newest first.
_CANDIDATES = 50
#: Of a title's rarest words so many are looked for, and two of them must be there; three if they are all frequent.
_RAREST, _FREQUENT = 4, 200
#: How like a candidate's title must be for a closer look, where what only one of both has does not count (per cent).
_CLOSE = 75


def candidates_of(papers: Mapping[int, Paper]) -> dict[int, set[int]]:
    """For each paper those that are worth a closer look."""
    near: dict[int, set[int]] = {pk: set() for pk in papers}
    for first, second in LikelyDuplicate.objects.of(papers).values_list("first", "second"):
        for one, other in ((first, second), (second, first)):
            if one in near:
                near[one].add(other)
    _add_namesakes(near, papers)
    sizes = _sizes(papers.values())
    for pk, paper in papers.items():
        if sought := _sought(paper, sizes):
            titles = dict(_titles(sought))
            titles.pop(pk, None)
            close = process.extract(
                paper.title, titles, scorer=fuzz.token_set_ratio, processor=folded, score_cutoff=_CLOSE, limit=None
            )
            near[pk].update(other for _, _, other in close)
    return near


def _titles(sought: Node) -> QuerySet[Paper, tuple[int, str]]:
    return Paper.objects.answering(sought).in_date_order().values_list("pk", "title")[:_CANDIDATES]


def _add_namesakes(near: Mapping[int, set[int]], papers: Mapping[int, Paper]) -> None:
    """Those that have, in some digest, just the title of a paper, or what it goes by for short."""
    naming: dict[int, set[int]] = defaultdict(set)
    for pk, paper in papers.items():
        for text in (paper.title, *paper.other_titles)[:MOST_TITLES]:
            title = Title(text)
            for key in {title_key(text), title.key, title.bare, *title.short_forms}:
                if key and not is_rubric(key):
                    naming[key_hash(key)].add(pk)
    entries = Entry.objects.filter(title_key__in=naming).values_list("title_key", "paper").distinct()
    for name, other in entries.order_by("-paper")[: _CANDIDATES * len(papers)]:
        for pk in naming[name]:
            near[pk].add(other)


def _sizes(papers: Iterable[Paper]) -> dict[str, int]:
    """How many titles have each word of these."""
    sought = set().union(*(words(paper.title) for paper in papers))
    return dict(Word.objects.filter(pk__in=sought).values_list("pk", "size"))


def _sought(paper: Paper, sizes: Mapping[str, int]) -> Node | None:
    """What the index is asked for the candidates of a paper; None where its title has no words for that."""
    if is_rubric(title_key(paper.title)):
        names = [Words(name, Place.AUTHOR) for name in paper.authors[:1]]
        return AllOf((*title_tokens(paper.title), *names)) if names else None
    by_rarity = sorted((sizes.get(word, 0), word) for word in words(paper.title))
    tokens: dict[Token, int] = {}
    for size, word in by_rarity:
        for token in title_tokens(word):
            tokens.setdefault(token, size)
    rarest = list(tokens.items())[:_RAREST]
    needed = 3 if len(rarest) > 1 and rarest[1][1] > _FREQUENT else 2
    ways = combinations([token for token, _ in rarest], min(needed, len(rarest)))
    return AnyOf(tuple(map(AllOf, ways))) if rarest else None
