"""The plot: how long pages take by the size of the library, as SVG in the colours of the house."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from .results import Results, Times

_KINDS = ("front page", "papers, first page", "papers, deepest page", "papers of a tag", "common words", "a paper")
_LEFT, _TOP, _WIDE, _HIGH = 52, 76, 132, 140
_NEXT, _BELOW = _WIDE + 16, _HIGH + 104
_SAID = "How long pages take by the papers in the library: half of them within p50, 95 of 100 within p95"
_STYLE = """
  :root { --paper: #fcfcfa; --ink: #16181d; --ink-lo: #565a63; --hair: #dcdcd8; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #131417; --ink: #e4e3df; --ink-lo: #aaa9a5; --hair: #303236; }
  }
  text { font: 11px system-ui, "Segoe UI", Roboto, sans-serif; fill: var(--ink-lo); }
  .name { font: 600 18px ui-serif, Charter, "Iowan Old Style", Georgia, serif; fill: var(--ink); }
  .kind { font-size: 12px; fill: var(--ink); }
  .rule { stroke: var(--hair); }
  .between { fill: var(--ink); opacity: 0.08; }
  .p50 { fill: none; stroke: var(--ink); stroke-width: 2; }
  .p95 { fill: none; stroke: var(--ink-lo); stroke-width: 1.25; }
  .dot { fill: var(--ink); }
"""


def plot(measured: Sequence[Results]) -> str:
    """A row of panels for each database, a panel for each kind of page."""
    width, height = _LEFT + len(_KINDS) * _NEXT + 20, _TOP + len(measured) * _BELOW - 56
    of = [
        times for results in measured if results.pages for kind in _KINDS for times in results.pages.of[kind].values()
    ]
    highest = _round(max(times.p95 for times in of))
    rows = [line for n, results in enumerate(measured) for line in _row(results, _TOP + n * _BELOW, highest)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{_SAID}">\n'
        f'<style>{_STYLE}</style>\n<rect width="{width}" height="{height}" fill="var(--paper)"/>\n'
        f"{'\n'.join(rows)}\n</svg>\n"
    )


def _row(results: Results, top: int, highest: float) -> Iterator[str]:
    of = results.pages.of if results.pages else {}
    panels = [_Panel(kind, _LEFT + n * _NEXT, top, highest, results.sizes, of[kind]) for n, kind in enumerate(_KINDS)]
    yield f'<text class="name" x="{_LEFT}" y="{top - 42}">{escape(results.database)}</text>'
    for n, y in enumerate(panels[0].rules):
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{highest * n / 4:g}{" ms" * (n == 4)}</text>'
    for panel in panels:
        yield from panel.drawn()
    yield from panels[-1].named()


@dataclass(frozen=True)
class _Panel:
    kind: str
    left: int
    top: int
    highest: float
    sizes: Sequence[int]
    times: Mapping[int, Times]

    @property
    def rules(self) -> list[float]:
        return [self._y(self.highest * n / 4) for n in range(5)]

    def drawn(self) -> Iterator[str]:
        yield f'<text class="kind" x="{self.left}" y="{self.top - 14}">{escape(self.kind)}</text>'
        for y in self.rules:
            yield f'<line class="rule" x1="{self.left}" x2="{self.left + _WIDE}" y1="{y}" y2="{y}"/>'
        for size in self.sizes:
            yield f'<text x="{self._x(size)}" y="{self.top + _HIGH + 18}" text-anchor="middle">{_short(size)}</text>'
        p50, p95 = ([(self._x(size), self._y(value)) for size, value in of] for of in self._of())
        yield f'<path class="between" d="M{_path([*p50, *reversed(p95)])}Z"/>'
        yield f'<path class="p95" d="M{_path(p95)}"/><path class="p50" d="M{_path(p50)}"/>'
        yield from (f'<circle class="dot" cx="{x}" cy="{y}" r="3"/>' for x, y in p50)

    def named(self) -> Iterator[str]:
        """What the two lines are, at their ends."""
        p50, p95 = (self._y(of[-1][1]) + 4 for of in self._of())
        x = self._x(self.sizes[-1]) + 8
        yield f'<text x="{x}" y="{p50}">p50</text><text x="{x}" y="{min(p95, p50 - 12)}">p95</text>'

    def _of(self) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
        return [(n, self.times[n].p50) for n in self.sizes], [(n, self.times[n].p95) for n in self.sizes]

    def _x(self, size: int) -> float:
        first, last = math.log(self.sizes[0]), math.log(self.sizes[-1])
        share = (math.log(size) - first) / (last - first) if last > first else 0.5
        return round(self.left + 10 + share * (_WIDE - 20), 1)

    def _y(self, milliseconds: float) -> float:
        return round(self.top + _HIGH * (1 - milliseconds / self.highest), 1)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x} {y}" for x, y in points)


def _round(milliseconds: float) -> float:
    """Up to where four steps are round numbers."""
    step = 10.0 ** math.floor(math.log10(milliseconds))
    return next(step * n for n in (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10) if step * n >= milliseconds)


def _short(size: int) -> str:
    return f"{size / 1_000_000:g}M" if size >= 1_000_000 else f"{size / 1_000:g}k" if size >= 1_000 else str(size)
