"""A question that finds nothing, with its words as the library spells them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..access import Reader
from ..language import AllOf, AnyOf, Node, Place, Words, spell, wanted
from ..query import PaperQuery
from ..words import WORD, folded
from .facets import SAMPLE
from .papers import PaperQuerySet
from .user import User
from .vocabulary import Author, Word

_MOST_WORDS = 3
_MOST_CANDIDATES = 500
_SHORTEST, _LONG = 4, 8


@dataclass(frozen=True)
class Correction:
    """What may have been meant, and how many papers that finds, counted no further than facets are."""

    query: PaperQuery
    count: int


def corrected(query: PaperQuery, papers: PaperQuerySet, reader: Reader) -> Correction | None:
    """The question with words of the library in the place of those that find nothing, if that finds something."""
    node = query.node_of_text
    alone = dict(_each_alone(node)) if node else {}
    known = set(Word.objects.visible_to(reader).filter(pk__in=alone).values_list("pk", flat=True))
    unknown = [word for word in alone if word not in known][:_MOST_WORDS]
    better = {
        word: nearest
        for word in unknown
        if not papers.answering(alone[word]).exists() and (nearest := _nearest(word, alone[word].place, reader))
    }
    if not node or not better:
        return None
    meant = query.with_("q", spell(_with(better, node)))
    count = meant.ask(papers, reader if isinstance(reader, User) else None)[: SAMPLE + 1].count()
    return Correction(meant, count) if count else None


def _each_alone(node: Node) -> Iterator[tuple[str, Words]]:
    """Each word that may be misspelled, folded, and what looks for it alone."""
    for words in wanted(node):
        for word in WORD.findall(words.text):
            if len(folded(word)) >= _SHORTEST and not words.is_prefix and not word.isdecimal():
                yield folded(word), Words(word, words.place)


def _nearest(word: str, place: Place | None, reader: Reader) -> str:
    """What takes the fewest slips of the pen to become the word: of titles the most used, else of the names that have
    its first half. Empty where it takes too many."""
    near: list[str] = []
    if place is not Place.AUTHOR:
        words = Word.objects.visible_to(reader).near(word)
        near += [each.text for each in words.most_used(_MOST_CANDIDATES)]
    if place in (None, Place.AUTHOR):
        authors = Author.objects.visible_to(reader).beginning(word[: len(word) // 2])
        near += [name for each in authors.most_used(_MOST_CANDIDATES) for name in each.folded.split()]
    slips = 1 if len(word) < _LONG else 2
    found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else ""


def _with(better: Mapping[str, str], node: Node) -> Node:
    """The tree with other words; what it excludes stays."""
    match node:
        case Words(text, is_prefix=False):
            return replace(node, text=WORD.sub(lambda word: better.get(folded(word[0]), word[0]), text))
        case AllOf(nodes) | AnyOf(nodes):
            return type(node)(tuple(_with(better, each) for each in nodes))
        case _:
            return node
