"""A question's tree made into what a database is asked: one match for the index, and conditions beside it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet, Sum, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from .. import position
from ..dates import PartialDate, period
from ..ids import identifiers
from ..language import AllOf, AnyOf, Filter, Node, Not, Place, Token, Words, all_of, filters
from ..search import NO, title_tokens, token
from ..words import folded, stem
from .user import User

if TYPE_CHECKING:
    from .papers import PaperQuerySet

#: To find a paper in no order and sort it takes about so many times as long as to pass by one in order.
_SORTING = 3
#: Words that begin alike and are looked for one by one.
_MOST_WORDS = 500
_SHORTEST_BEGINNING = 3
#: So many letters at the end of a stem may be others than in a word: *studi*, *study*.
_LETTERS_LOST = 2


@dataclass(frozen=True)
class Answer:
    """What is true of the papers that answer a question."""

    papers: "PaperQuerySet"
    node: Node
    reader: Any

    @cached_property
    def sought(self) -> Node | None:
        """What the index has to find; it may find more than answers."""
        parts = [each for part, known in self._parts if (each := known or self._roughly(part))]
        if any(isinstance(part, Not) and part.node in parts for part in parts):  # which an index finds out the long way
            return NO
        return all_of(parts)

    @cached_property
    def conditions(self) -> list[Q]:
        """What has to be true besides."""
        return [
            self._filter(part.name, part.value, alone=True) if isinstance(part, Filter) else self._condition(part)
            for part, known in self._parts
            if not known
        ]

    @cached_property
    def _parts(self) -> list[tuple[Node, Node | None]]:
        """What is asked for together, each part beside what the index knows of it."""
        parts = self.node.nodes if isinstance(self.node, AllOf) else (self.node,)
        return [(part, self._in_index(part)) for part in parts]

    def _in_index(self, node: Node) -> Node | None:
        """The part of a question as the index knows it; None where it knows nothing of the kind."""
        match node:
            case Words(text, Place.TITLE, False):
                tokens = title_tokens(text)
                return tokens[0] if len(tokens) == 1 else AllOf((*tokens, node))
            case Words(text, Place.TITLE, True):
                return self._title_words_beginning(folded(text)) or node
            case Words() | Token():
                return node
            case Filter("tag", value):
                return self._tags.get(value, NO)
            case Filter("source", value):
                return self._sources.get(value, NO)
            case Filter("in", value):
                return AnyOf((NO, *self._named_in(value)))
            case Filter():
                return None
            case Not(Words(text, Place.TITLE, False)) if len(title_tokens(text)) > 1:
                return node  # to look for the row alone is quicker where few papers are asked
            case Not(inner):
                known = self._in_index(inner)
                return Not(known) if known else None
            case AllOf(nodes) | AnyOf(nodes):
                parts = [each for part in nodes if (each := self._in_index(part))]
                return type(node)(tuple(parts)) if len(parts) == len(nodes) else None

    def _title_words_beginning(self, start: str) -> Node | None:
        """The tokens of the titles' words whose stems begin so, as an index would go through the places of all of them,
        in abstracts too; None where they are too many, or no words of the vocabulary, as a sentence in a script without
        spaces is none."""
        if len(start) < _SHORTEST_BEGINNING or not (start.isascii() and start.isalnum()) or start.isdecimal():
            return None
        beginning = _all("Word").beginning(stem(start)[:-_LETTERS_LOST])  # type: ignore[attr-defined]
        words = beginning.values_list("text", flat=True)[: _MOST_WORDS + 1]
        tokens = {token for word in words if stem(word).startswith(stem(start)) for token in title_tokens(word)}
        return AnyOf((NO, *tokens)) if len(words) <= _MOST_WORDS else None

    def _roughly(self, node: Node) -> Node | None:
        """What in the index leads near a part that the index does not know."""
        match node:
            case Filter("author", name) if any(map(str.isalnum, name)):
                return Words(name, Place.AUTHOR)
            case _:
                return None

    def _condition(self, node: Node) -> Q:
        if known := self._in_index(node):
            index = apps.get_model("papers", "PaperIndex")
            return Q(position__in=index._default_manager.filter(document__matches=known).values("paper"))
        match node:
            case Filter(name, value):
                return self._filter(name, value)
            case Not(inner):
                return ~self._condition(inner)
            case AllOf(nodes):
                return reduce(and_, map(self._condition, nodes))
            case AnyOf(nodes):
                return reduce(or_, map(self._condition, nodes))
            case _:
                raise TypeError(f"{node} is the index's")

    def _filter(self, name: str, value: str, *, alone: bool = False) -> Q:
        """`alone`: it has to be true, whatever else is."""
        date = PartialDate.parse(value)
        match name:
            case "author":
                return Q(GreaterThan(StrIndex("author_lines", Value(f"\n{value}\n")), 0))
            case "is":
                return self.papers.marked(value, self.reader, among_found=bool(self.sought), alone=alone)
            case "list":
                lists = self.reader.lists_called(value) if isinstance(self.reader, User) else []  # nobody sees any
                ids = [each.pk for each in lists]
                return self.papers.on_lists(ids, among_found=bool(self.sought), alone=alone)
            case "id" | "doi":
                return self._known_as(value)
            case "since" | "until" | "year" if date:
                return self._between(
                    date.first_day if name != "until" else None, date.last_day if name != "since" else None
                )
            case _:
                raise ValueError(f"no filter “{name}” takes “{value}”")

    def _known_as(self, value: str) -> Q:
        known = set(_all("Paper").filter(key=value).values_list("pk", flat=True))
        if named := [Q(scheme=name.scheme, value=name.value) for name, _ in identifiers(value)]:
            known.update(_all("Identifier").filter(reduce(or_, named)).values_list("paper", flat=True))
        return Q(pk__in=known)

    def _named_in(self, value: str) -> list[Token]:
        """The digests of a time, or the sources whose names hold the words."""
        if when := period(value):
            days = (when.first_day, when.last_day)
            return [token("digest", pk) for pk in _all("Digest").filter(date__range=days).values_list("pk", flat=True)]
        return [each for slug, each in self._sources.items() if value in slug]

    def _between(self, since: dt.date | None, until: dt.date | None) -> Q:
        """By place in date order; where the index is searched by its own places too, as each engine uses but one."""
        bounds = Q()
        for place in ("position", *(["index__paper_id"] if self.sought else [])):
            bounds &= Q(**{f"{place}__gte": position.start_of(since)}) if since else Q()
            bounds &= Q(**{f"{place}__lt": position.end_of(until)}) if until else Q()
        return bounds

    @cached_property
    def lies_far_back(self) -> bool:
        """Whether what is sought was named in digests so long ago that to go there from the newest paper would take
        longer than to find it all and sort it."""
        for part, _ in self._parts:
            if isinstance(part, Filter) and part.name == "in" and (when := period(part.value)):
                sizes = (
                    _all("Digest")
                    .filter(date__gte=when.first_day)
                    .aggregate(
                        there=Sum("size", filter=Q(date__lte=when.last_day), default=0),
                        newer=Sum("size", filter=Q(date__gt=when.last_day), default=0),
                    )
                )
                return bool(sizes["newer"] > _SORTING * sizes["there"])
        return False

    @cached_property
    def _tags(self) -> dict[str, Token]:
        """The tags that are asked for, by whatever name, and exist."""
        asked = {each.value for each in filters(self.node) if each.name == "tag"}
        tags = _all("Tag").meant(asked) if asked else {}  # type: ignore[attr-defined]
        return {slug: token("tag", tag.pk) for slug, tag in tags.items()}

    @cached_property
    def _sources(self) -> dict[str, Token]:
        return {slug: token("source", pk) for slug, pk in _all("Source").values_list("slug", "pk")}


def _all(model: str) -> QuerySet[Any]:
    """The rows of a model that itself stands on papers, and so cannot be imported here."""
    rows: QuerySet[Any] = apps.get_model("papers", model)._default_manager.all()
    return rows
