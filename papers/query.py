"""A reader's question about papers: parsed from an address, linked, refined, said aloud, and asked."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, Self
from urllib.parse import parse_qs, urlencode

from .dates import PartialDate
from .ids import slug
from .text import storable


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


class State(StrEnum):
    """What the reader did with a paper."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    STARRED = "starred"
    DISMISSED = "dismissed"


class Papers(Protocol):
    """What a question can be asked of: any queryset of papers."""

    def matching(self, *phrases: str) -> Self: ...
    def tagged(self, slug: str) -> Self: ...
    def by_author(self, name: str) -> Self: ...
    def named_by(self, source_slug: str) -> Self: ...
    def published_between(self, since: dt.date | None, until: dt.date | None) -> Self: ...
    def in_state(self, state: str, reader: Any) -> Self: ...
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

    @property
    def params(self) -> list[tuple[str, str]]:
        """What was asked, and nothing else: pairs for an address, always in the same order."""
        return [(parameter.name, str(value)) for parameter, value in self._asked()]

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words to find; those between quotation marks stand in a row."""
        found = re.findall(r'"([^"]*)"?|([^\s"]+)', self.text.translate(_PLAIN_QUOTES))
        return tuple(phrase for pair in found for phrase in pair if any(map(str.isalnum, phrase)))

    def chips(self, names: Mapping[tuple[str, str], str]) -> list[tuple[str, Self]]:
        """Each part of the question aloud, as in `said`, and the question without it."""
        return [
            (parameter.say(names.get((parameter.name, str(value)), value)), self.without(parameter.name, str(value)))
            for parameter, value in self._asked()
            if parameter.name != "sort"
        ]

    def urlencode(self) -> str:
        """The question as an address carries it behind the `?`."""
        return urlencode(self.params)

    def with_(self, name: str, value: str) -> Self:
        """The question with one more tag, or with another value of any other parameter."""
        kept = [(n, v) for n, v in self.params if n != name or n == "tag"]
        return self._of([*kept, (name, value)])

    def without(self, name: str, value: str) -> Self:
        return self._of([pair for pair in self.params if pair != (name, value)])

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.params

    def ask[P: Papers](self, papers: P, reader: Any = None) -> P:
        """Those of the papers that answer the question, in its order; `reader` is whose states `is` speaks of."""
        if self.phrases:
            papers = papers.matching(*self.phrases)
        for tag in self.tags:
            papers = papers.tagged(tag)
        if self.author:
            papers = papers.by_author(self.author)
        if self.source:
            papers = papers.named_by(self.source)
        for since, until in ((self.year, self.year), (self.since, self.until)):
            papers = papers.published_between(since and since.first_day, until and until.last_day)
        if self.state:
            papers = papers.in_state(self.state, reader)
        return papers.in_date_order(oldest_first=self.sort is Sort.OLDEST)

    def said(self, names: Mapping[tuple[str, str], str]) -> str:
        """The question aloud; `names` gives tags and sources, by parameter and slug, the names people know."""
        return " ".join(["papers", *(part for part, _ in self.chips(names))])

    def __str__(self) -> str:
        return self.said({})

    def __bool__(self) -> bool:
        """Whether anything narrows."""
        return any(name != "sort" for name, _ in self.params)

    def _asked(self) -> Iterator[tuple["_Parameter", Any]]:
        for parameter in _PARAMETERS:
            value = getattr(self, parameter.field)
            if value and value is not Sort.NEWEST:
                yield from ((parameter, each) for each in (value if parameter.field == "tags" else [value]))

    def _of(self, pairs: Sequence[tuple[str, str]]) -> Self:
        params: dict[str, list[str]] = {}
        for name, value in pairs:
            params.setdefault(name, []).append(value)
        return self.from_params(params)


class _Parameter(NamedTuple):
    """A parameter of an address: the field it fills, how it is understood, and how it is said."""

    name: str
    field: str
    parse: Callable[[str], Any]
    say: Callable[[Any], str]


def _text(given: str) -> str | None:
    """`given` on one line; None where there is no word in it."""
    text = " ".join(storable(given).split())[:_LONGEST].strip()
    return text if any(map(str.isalnum, text)) else None


def _slug(given: str) -> str | None:
    return slug(given) or None


def _year(given: str) -> PartialDate | None:
    date = PartialDate.parse(given)
    return date if date and date.precision == "year" else None


def _one_of(choices: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    return lambda given: choices(given) if given in choices else None


def _said(date: PartialDate | str) -> str:
    return date.said if isinstance(date, PartialDate) else date


_LONGEST = 500
_PLAIN_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_DONE = {
    State.UNREAD: "not read",
    State.READING: "begun",
    State.READ: "read",
    State.STARRED: "starred",
    State.DISMISSED: "set aside",
}
_PARAMETERS = (
    _Parameter("q", "text", _text, lambda text: f"matching “{text}”"),
    _Parameter("tag", "tags", _slug, lambda tag: f"tagged {tag}"),
    _Parameter("author", "author", _text, lambda author: f"by {author}"),
    _Parameter("source", "source", _slug, lambda source: f"named by {source}"),
    _Parameter("year", "year", _year, lambda year: f"from {_said(year)}"),
    _Parameter("since", "since", PartialDate.parse, lambda date: f"since {_said(date)}"),
    _Parameter("until", "until", PartialDate.parse, lambda date: f"until {_said(date)}"),
    _Parameter("is", "state", _one_of(State), lambda state: f"that I have {_DONE[state]}"),
    _Parameter("sort", "sort", _one_of(Sort), str),
)
