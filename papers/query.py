"""A reader's question about papers: parsed from an address, linked, refined, said aloud, and asked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Protocol, Self
from urllib.parse import parse_qs, urlencode

from . import language
from .dates import PartialDate
from .ids import slug
from .language import AllOf, Filter, Node, Place, State
from .text import storable


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    BEST = "best"


class Papers(Protocol):
    """What a question can be asked of: any queryset of papers."""

    def answering(self, node: Node, reader: Any) -> Self: ...
    def in_date_order(self, *, oldest_first: bool) -> Self: ...


@dataclass(frozen=True, kw_only=True)
class PaperQuery:
    """A question. Each field is a parameter of the same meaning in an address; see `_PARAMETERS`."""

    text: str = ""
    tags: tuple[str, ...] = ()
    """Slugs; a paper must bear them all."""
    author: str = ""
    source: str = ""
    """A source's slug."""
    year: PartialDate | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    state: State | None = None
    reading_list: str = ""
    """A list's slug or key, of one that the reader may see; or `any` of their own."""
    sort: Sort = Sort.NEWEST
    ignored: tuple[str, ...] = field(default=(), compare=False)
    """What was asked and could not be understood, as `name=value`."""

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> Self:
        """The question in an address. It raises nothing: what is malformed falls away, and is told in `ignored`."""
        understood: dict[str, Any] = {}
        ignored = []
        for parameter in _PARAMETERS:
            for given in filter(str.strip, params.get(parameter.name, ())):
                value = parameter.parse(given.strip())
                if value is None:
                    ignored.append(f"{parameter.name}={given}")
                elif parameter.field == "tags":
                    understood["tags"] = tuple(dict.fromkeys((*understood.get("tags", ()), value)))
                else:
                    understood[parameter.field] = value
        ignored += language.parse(understood.get("text", "")).ignored
        return cls(**understood, ignored=tuple(ignored))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The question that somebody types where there is no form: words, or an address's part behind the `?`.

        Unlike an address, which may carry more than a question, it says in `ignored` which names it does not know.
        """
        if not re.match(r"\??[a-z]+=", text):
            return cls.from_params({"q": [text]})
        params = parse_qs(text.removeprefix("?"), keep_blank_values=True)
        unknown = params.keys() - {parameter.name for parameter in _PARAMETERS}
        strange = (f"{name}={value}" for name in params if name in unknown for value in params[name])
        understood = cls.from_params(params)
        return replace(understood, ignored=(*understood.ignored, *strange))

    @cached_property
    def params(self) -> list[tuple[str, str]]:
        """What was asked, and nothing else: pairs for an address, always in the same order."""
        return [
            (parameter.name, str(each))
            for parameter in _PARAMETERS
            if (value := getattr(self, parameter.field)) and value is not Sort.NEWEST
            for each in (value if parameter.field == "tags" else [value])
        ]

    @cached_property
    def node_of_text(self) -> Node | None:
        """What the text asks; None where nothing in it was understood."""
        return language.parse(self.text).node

    @cached_property
    def node(self) -> Node | None:
        """All that is asked, as one tree; None where nothing is."""
        of_text = [self.node_of_text] if self.node_of_text else []
        return language.all_of([*of_text, *self.beside_text])

    @property
    def beside_text(self) -> list[Node]:
        """What is asked by the other parameters."""
        return [Filter(name, value) for name, value in self.params if name not in ("q", "sort")]

    @property
    def filters(self) -> list[Filter]:
        """What is asked beside words, wherever in the question it stands."""
        return list(language.filters(self.node)) if self.node else []

    @property
    def is_plain(self) -> bool:
        """Whether the text is nothing but words, so that it can be said as it was typed."""
        node = self.node_of_text
        return node is not None and language.say(node) == f"matching “{self.text}”"

    @property
    def has_words(self) -> bool:
        """Whether there is something that titles can match better or worse."""
        return self.node is not None and any(each.place in (None, Place.TITLE) for each in language.wanted(self.node))

    @property
    def speaks_of_reader(self) -> bool:
        """Whether what it finds depends on who asks: on their marks, or on the reading lists that they may see."""
        return any(each.name in ("is", "list") for each in self.filters)

    def chips(self, names: Mapping[tuple[str, str], str]) -> list[tuple[str, Self]]:
        """Each part of the question aloud, as in `said`, and the question without it."""
        return [
            (self._said_part(name, value, names), self.without(name, value))
            for name, value in self.params
            if name != "sort"
        ]

    def parts(self, names: Mapping[tuple[str, str], str]) -> list[tuple[str, Self]]:
        """As `chips`, but with each part of the text on its own."""
        if not isinstance(self.node_of_text, AllOf):
            return self.chips(names)
        nodes = self.node_of_text.nodes
        rests = (language.all_of([*nodes[:n], *nodes[n + 1 :]]) for n in range(len(nodes)))
        of_text = [
            (language.say(node, names), self.with_("q", language.spell(rest)))
            for node, rest in zip(nodes, rests, strict=True)
            if rest
        ]
        return [*of_text, *(chip for chip in self.chips(names) if chip[1].text)]

    def urlencode(self) -> str:
        """The question as an address carries it behind the `?`."""
        return urlencode(self.params)

    def with_(self, name: str, value: str) -> Self:
        """The question with one more tag, or with another value of any other parameter."""
        parameter = _BY_NAME[name]
        understood = parameter.parse(value)
        if parameter.field == "tags":
            understood = tuple(dict.fromkeys((*self.tags, *filter(None, [understood]))))
        return replace(self, **{parameter.field: understood or _DEFAULTS[parameter.field]}, ignored=())

    def without(self, name: str, value: str) -> Self:
        parameter = _BY_NAME[name]
        kept: Any = _DEFAULTS[parameter.field]
        if parameter.field == "tags":
            kept = tuple(tag for tag in self.tags if tag != value)
        return replace(self, **({parameter.field: kept} if self.has(name, value) else {}), ignored=())

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.params

    def ask[P: Papers](self, papers: P, reader: Any = None) -> P:
        """Those of the papers that answer the question, in its order; `reader` is whose states `is` speaks of, and who
        may see the lists that are asked for."""
        if self.node:
            papers = papers.answering(self.node, reader)
        return papers.in_date_order(oldest_first=self.sort is Sort.OLDEST)

    def said(self, names: Mapping[tuple[str, str], str]) -> str:
        """The question aloud; `names` gives tags, sources and lists, by parameter and slug, the names people
        know."""
        return " ".join(["papers", *(part for part, _ in self.chips(names))])

    def __str__(self) -> str:
        return self.said({})

    def __bool__(self) -> bool:
        """Whether anything narrows."""
        return any(name != "sort" for name, _ in self.params)

    def _said_part(self, name: str, value: str, names: Mapping[tuple[str, str], str]) -> str:
        node = self.node_of_text if name == "q" else Filter(name, value)
        return language.say(node, names) if node else f"matching “{value}”"


class _Parameter(NamedTuple):
    """A parameter of an address: the field it fills, and how it is understood."""

    name: str
    field: str
    parse: Callable[[str], Any]


def _text(given: str) -> str | None:
    """`given` on one line; None where there is no word in it."""
    text = " ".join(storable(given).split())[:_LONGEST].strip()
    return text if any(map(str.isalnum, text)) else None


def _slug(given: str) -> str | None:
    return slug(given) or None


def _year(given: str) -> PartialDate | None:
    return PartialDate.parse(given) if language.SPELLINGS["year"](given) else None


def _one_of(choices: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    return lambda given: choices(given) if given in choices else None


_LONGEST = 500
_PARAMETERS = (
    _Parameter("q", "text", _text),
    _Parameter("tag", "tags", _slug),
    _Parameter("author", "author", _text),
    _Parameter("source", "source", _slug),
    _Parameter("year", "year", _year),
    _Parameter("since", "since", PartialDate.parse),
    _Parameter("until", "until", PartialDate.parse),
    _Parameter("is", "state", _one_of(State)),
    _Parameter("list", "reading_list", _slug),
    _Parameter("sort", "sort", _one_of(Sort)),
)
_BY_NAME = {parameter.name: parameter for parameter in _PARAMETERS}
_DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(PaperQuery)}
