"""What somebody may mean who has typed so far: tags, authors, reading lists and papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..access import Reader
from ..language import AllOf, AnyOf, Node, Place, Words, all_of, spell
from ..query import PaperQuery
from ..words import folded
from .on_lists import handles, sizes
from .paper import Paper
from .tag import Tag
from .user import User
from .vocabulary import Author, Word

_MOST = 5
#: The words that the one being typed may become, where papers are looked for.
_MOST_WORDS = 10
_SHORTEST = 2
_LONGEST_NAME = 3


@dataclass(frozen=True)
class Suggestion:
    """A tag, an author or a reading list, and the question that asks for it beside the rest of what was typed."""

    name: str
    size: int
    query: PaperQuery


@dataclass(frozen=True)
class Suggestions:
    tags: Sequence[Suggestion]
    authors: Sequence[Suggestion]
    lists: Sequence[Suggestion]
    papers: Sequence[Paper]


def suggestions(query: PaperQuery, reader: Reader) -> Suggestions:
    """At most some of each, for a question whose last word is still being typed."""
    node = query.node_of_text
    nodes = node.nodes if isinstance(node, AllOf) else (node,) if node else ()
    tails = list(_tails(query, nodes))
    papers = _papers(query, nodes, reader) if tails else []
    return Suggestions(_tags(tails, reader), _authors(tails, reader), _lists(tails, reader), papers)


type _Tail = tuple[str, PaperQuery]


def _tails(query: PaperQuery, nodes: Sequence[Node]) -> Iterator[_Tail]:
    """The last words typed, which may begin a name, and the question without them; the most words first."""
    plain: list[str] = []
    for node in reversed(nodes[-_LONGEST_NAME:]):
        if not isinstance(node, Words) or node.place:
            break
        plain.insert(0, node.text)
    for start in range(len(plain)):
        text, rest = " ".join(plain[start:]), all_of(nodes[: len(nodes) - len(plain) + start])
        if len(folded(text)) >= _SHORTEST:
            yield text, query.with_("q", spell(rest) if rest else "")


def _tags(tails: Sequence[_Tail], reader: Reader) -> list[Suggestion]:
    tags = Tag.objects.visible_to(reader).shown().most_used_first()
    for text, rest in tails:
        if found := tags.beginning(text)[:_MOST]:
            return [Suggestion(tag.name, tag.size, rest.with_("tag", tag.slug)) for tag in found]
    return []


def _authors(tails: Sequence[_Tail], reader: Reader) -> list[Suggestion]:
    authors = Author.objects.visible_to(reader)
    for text, rest in tails:
        if found := authors.beginning(text).most_used(_MOST):
            return [Suggestion(author.name, author.size, rest.with_("author", author.name)) for author in found]
    return []


def _lists(tails: Sequence[_Tail], reader: Reader) -> list[Suggestion]:
    """Of those that the reader may see, in whose names a word begins so; their own before those of the site."""
    lists = sorted(reader.lists, key=lambda each: not each.role) if isinstance(reader, User) and tails else []
    for text, rest in tails:
        if found := [each for each in lists if f" {folded(text)}" in f" {folded(each.name)}"][:_MOST]:
            size, handle = sizes(found), handles(reader)
            return [Suggestion(each.name, size[each.pk], rest.with_("list", handle[each.pk])) for each in found]
    return []


def _papers(query: PaperQuery, nodes: Sequence[Node], reader: Reader) -> list[Paper]:
    """The newest that have all the words in their titles, and whatever else is asked.

    An index looks for all words of one beginning much longer than for some, so it is asked for the most used ones.
    """
    *asked, last = map(_in_title, nodes)
    assert isinstance(last, Words)
    *row, start = folded(last.text).split()
    if len(start) < _SHORTEST:
        return []
    asked += [Words(word, Place.TITLE) for word in row]
    words = Word.objects.visible_to(reader).beginning(start).most_used(_MOST_WORDS)
    asked += [AnyOf(tuple(Words(word.text, Place.TITLE) for word in words)), *query.beside_text]
    found = Paper.objects.visible_to(reader).answering(
        AllOf(tuple(asked)), reader if isinstance(reader, User) else None
    )
    return list(found.in_date_order()[:_MOST]) if words else []


def _in_title(node: Node) -> Node:
    return Words(node.text, Place.TITLE) if isinstance(node, Words) and not node.place else node
