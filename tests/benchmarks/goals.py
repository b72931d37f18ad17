"""The goals for speed, each with what was reached: a ratio in one run on one machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .member import LISTS
from .questions import BEST, DEEPEST, FIRST, SEVERAL, TYPE_AHEAD
from .results import Results, Times

_LACKING = "not there yet"
#: Papers of the library that those of the desk in larger ones are measured by.
_DESK = 10_000


@dataclass(frozen=True)
class Goal:
    what: str
    limit: float
    reached: float | None
    where: str = ""
    """At what size, or between which."""
    otherwise: str = "not measured"
    """Why nothing was reached, where that is so."""
    is_share: bool = False
    """Whether more is better."""

    @property
    def limit_said(self) -> str:
        return f"≥ {self.limit:.0%}" if self.is_share else f"≤ {self.limit:g}"

    @property
    def reached_said(self) -> str:
        return "" if self.reached is None else f"{self.reached:.0%}" if self.is_share else f"{self.reached:.2f}"

    @property
    def verdict(self) -> str:
        if self.reached is None:
            return self.otherwise
        is_met = self.reached >= self.limit if self.is_share else self.reached <= self.limit
        return "met" if is_met else "not met"


def goals(results: Results) -> Iterator[Goal]:
    small, large = min(results.sizes), max(results.sizes)
    grown, at = f"{large:,} against {small:,} papers", f"{large:,} papers"
    pages, everything = (results.pages.of, results.pages.all) if results.pages else ({}, {})
    p50 = {kind: of[large].p50 for kind, of in pages.items()}
    growth = {kind: of[large].p95 / of[small].p95 for kind, of in pages.items() if _is_as_full(of[small], of[large])}
    worst = max(growth, key=growth.__getitem__, default="")
    lacking = _LACKING if pages else "not measured"

    p95 = {size: times.p95 for size, times in everything.items()}
    yield Goal("any page, p95 over varied questions", 1.5, _ratio(p95, large, small), grown)
    yield Goal("the kind of page that grows most, p95", 1.5, growth.get(worst), f"{grown}: {worst}")
    yield _admin(results)
    yield from _marks(results, at)
    yield from _beside(results, at)
    yield Goal("deepest page against first page", 1.2, _ratio(p50, DEEPEST.name, FIRST.name), at)
    yield Goal(
        "best match against newest first, same words", 5, _ratio(p50, BEST.name, SEVERAL.name), at, otherwise=lacking
    )
    yield Goal("type-ahead against a browse page", 0.5, _ratio(p50, TYPE_AHEAD.name, FIRST.name), at, otherwise=lacking)
    yield from _ingested(results)
    yield Goal("ingest of a day's digest of 120 papers", 1.5, _ratio(results.day, large, small), grown)
    after = f"after {results.memory_after:,} varied requests" if results.memory_after else "after varied requests"
    yield Goal(f"memory of a worker {after}", 1.2, _ratio(results.memory, large, small), grown)
    yield _worst(
        f"member of {LISTS} lists against superuser, same page",
        1.2,
        {f"{at}: {page}": of[large] for page, of in results.lists.items()},
    )


def grown(results: Results, of: Mapping[int, Times]) -> float:
    """How far the median of a page of the desk grows, from some size that is hardly felt."""
    return of[max(results.sizes)].p50 / of[_base(results)].p50


def _admin(results: Results) -> Goal:
    growth = {page: grown(results, of) for page, of in results.admin.items()}
    worst = max(growth, key=growth.__getitem__, default="")
    where = f"{max(results.sizes):,} against {_base(results):,} papers: {worst}"
    return Goal("the page of the desk that grows most, p50", 3, growth.get(worst), where)


def _marks(results: Results, at: str) -> Iterator[Goal]:
    """Of a mark on all papers that is taken back."""
    marks = {f"{at}: {mark}": of[max(results.sizes)] for mark, of in results.marks.items()}
    undone = {where: each.taken_back / each.before["papers"] for where, each in marks.items()}
    pages = {f"{where}, {page}": ratio for where, each in marks.items() for page, ratio in each.slower.items()}
    yield _worst("undo of a mark on all papers against a page", 3, undone)
    yield _worst("a page until that has settled, against before", 3, pages)


def _worst(what: str, limit: float, ratios: Mapping[str, float]) -> Goal:
    where = max(ratios, key=ratios.__getitem__, default="")
    return Goal(what, limit, ratios.get(where), where)


def _base(results: Results) -> int:
    smaller = sorted(results.sizes)[:-1]
    return max((size for size in smaller if size <= _DESK), default=min(results.sizes))


def _beside(results: Results, at: str) -> Iterator[Goal]:
    empty = {f"{at}: {page}": beside.empty for page, beside in results.beside.items()}
    unchanged = {f"{at}: {page}": beside.unchanged for page, beside in results.beside.items() if beside.unchanged}
    lacking = _LACKING if results.beside else "not measured"
    for where, share in empty.items() or {"": None}.items():
        yield Goal("page of 25 papers against an empty view", 0.4, share, where, is_share=True)
    for where, share in unchanged.items() or {"": None}.items():
        yield Goal("304s against an empty view", 0.8, share, where, otherwise=lacking, is_share=True)


def _ingested(results: Results) -> Iterator[Goal]:
    shares = {
        f"{ingested.papers:,} papers {what}, {ingested.ingest:,.0f} a second": ingested.ingest / ingested.bare
        for what, ingested in results.ingested.items()
    }
    for where, share in shares.items() or {"": None}.items():
        yield Goal("ingest, parse to searchable, against a bare insert", 0.5, share, where, is_share=True)


def _is_as_full(one: Times, other: Times) -> bool:
    """Whether pages are of about the same size, as a small library's often are not."""
    return one.size >= 0.8 * other.size


def _ratio[K](measured: Mapping[K, float], one: K, other: K) -> float | None:
    return measured[one] / measured[other] if one in measured and other in measured else None
