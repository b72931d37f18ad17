"""A question as a page of papers asks it: its address and those near it, its parts, facets, and ways out of nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from ..access import Reader
from ..language import say
from ..models import Source, Tag
from ..models.facets import SAMPLE, Facets
from ..models.on_lists import names
from ..models.papers import PaperQuerySet
from ..query import PaperQuery

_MOST_WAYS_OUT = 8
_FACETS = {"is": "My state", "list": "Lists", "tag": "Tags", "year": "Year", "source": "Digests", "author": "Authors"}


@dataclass(frozen=True)
class FacetLink:
    """A value of a facet that a click adds to the question, or takes from it."""

    name: str
    count: int
    is_asked: bool
    address: str


@dataclass(frozen=True)
class Asked:
    """A question, and where it is asked: the path of the page, and what its address says besides."""

    query: PaperQuery
    place: str
    beside: tuple[tuple[str, str], ...] = ()
    reader: Reader = field(default_factory=AnonymousUser)
    """Whoever asks: what they may not see has no name."""

    @classmethod
    def of(cls, request: HttpRequest, **beside: str) -> "Asked":
        """What the address of a page asks."""
        query = PaperQuery.from_params(dict(request.GET.lists()))
        said = tuple((name, value) for name, value in beside.items() if value)
        return cls(query, request.path, said, request.user)

    @property
    def cleared(self) -> str:
        """The address of the page where nothing is asked."""
        return self.address(PaperQuery())

    @cached_property
    def names(self) -> Mapping[tuple[str, str], str]:
        """What people call the tags, sources and lists that the question knows by their slugs."""
        asked: dict[str, set[str]] = {"tag": set(), "source": set(), "list": set()}
        for each in self.query.filters:
            if each.name in asked:
                asked[each.name].add(each.value)
        tags = Tag.objects.meant(asked["tag"])
        sources = Source.objects.in_bulk(asked["source"], field_name="slug")
        return {
            **{("tag", slug): tag.name for slug, tag in tags.items()},
            **{("source", slug): source.name for slug, source in sources.items()},
            **{("list", value): name for value, name in names(asked["list"], self.reader).items()},
        }

    @property
    def said(self) -> str:
        return self.query.said(self.names)

    @property
    def aloud(self) -> str:
        """What its text asks, as one says it."""
        return say(self.query.node_of_text, self.names) if self.query.node_of_text else ""

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Each part beside the text, and the address without it."""
        chips = self.query.chips(self.names)
        return [(said, self.address(rest)) for said, rest in chips if rest.text == self.query.text]

    @property
    def told(self) -> dict[str, Any]:
        """What a page tells of it above its papers."""
        return {
            "query": self.query,
            "question": self.said,
            "aloud": self.aloud,
            "chips": self.chips,
            "cleared": self.cleared,
        }

    def address(self, query: PaperQuery | None = None, *, after: str = "", before: str = "") -> str:
        """Of this question or another, asked at the same place; behind a cursor, or before one."""
        params = (self.query if query is None else query).params
        cursors = [(side, cursor) for side, cursor in (("after", after), ("before", before)) if cursor]
        given = [*self.beside, *params, *cursors]
        return f"{self.place}?{urlencode(given)}" if given else self.place

    def facet_links(self, counted: Facets) -> list[tuple[str, list[FacetLink]]]:
        return [
            (title, [self._link(parameter, facet.value, facet.name, facet.count) for facet in counted.of[parameter]])
            for parameter, title in _FACETS.items()
            if parameter in counted.of
        ]

    def _link(self, parameter: str, value: str, name: str, count: int) -> FacetLink:
        asked = self.query.has(parameter, value)
        other = self.query.without(parameter, value) if asked else self.query.with_(parameter, value)
        return FacetLink(name, count, asked, self.address(other))

    def ways_out(self, papers: PaperQuerySet, reader: Reader) -> Iterator[tuple[str, str, int]]:
        """Where nothing matches: each part of the question, the address without it, and how many papers that finds."""
        for said, rest in self.query.parts(self.names)[:_MOST_WAYS_OUT]:
            yield said, self.address(rest), rest.ask(papers, reader)[: SAMPLE + 1].count()
