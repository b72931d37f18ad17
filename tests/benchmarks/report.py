"""What was measured on one database, as Markdown that can be read in a terminal too."""

from collections.abc import Iterator, Sequence

from .goals import goals, grown
from .results import Results

_MB = 1_000_000


def report(results: Results) -> str:
    return "\n".join(_sections(results))


def _sections(results: Results) -> Iterator[str]:
    yield f"### {results.database}\n"
    yield f"Measured on {results.measured:%-d %B %Y}: {results.machine}.\n"
    yield _table(["", "goal", "reached", "", "at"], _goals(results))
    if results.pages:
        yield "Milliseconds, p50 / p95, by the papers in the library; and kilobytes as sent.\n"
        yield _table(["", *_said(results.sizes), "kB"], _pages(results))
    if results.admin:
        yield "The curator's desk: milliseconds, p50 / p95; and how far p50 has grown.\n"
        yield _table(["", *_said(results.sizes), "grown"], _admin(results))
    if results.marks:
        yield "All papers marked at once, and that taken back: milliseconds, where it says nothing else.\n"
        yield _table(["", *_said(results.sizes)], _marks(results))
    if results.beside:
        yield "Requests a second over two connections, and what that is of the same bytes sent by others.\n"
        yield _table(["", "a second", "of an empty view", "of a static file"], _beside(results))
    if rows := list(_other(results)):
        yield _table(["by the papers in the library", *_said(results.sizes)], rows)


def _goals(results: Results) -> Iterator[list[str]]:
    for goal in goals(results):
        where = "" if goal.reached is None else goal.where
        yield [goal.what, goal.limit_said, goal.reached_said, goal.verdict, where]


def _pages(results: Results) -> Iterator[list[str]]:
    assert results.pages
    for kind, of in [*results.pages.of.items(), ("all together", results.pages.all)]:
        times = [of[size] for size in results.sizes]
        yield [kind, *(f"{each.p50:.1f} / {each.p95:.1f}" for each in times), f"{times[-1].size / 1_000:.1f}"]


def _admin(results: Results) -> Iterator[list[str]]:
    for page, of in results.admin.items():
        times = [of[size] for size in results.sizes]
        yield [page, *(f"{each.p50:.1f} / {each.p95:.1f}" for each in times), f"{grown(results, of):.2f}"]


def _marks(results: Results) -> Iterator[list[str]]:
    for mark, of in results.marks.items():
        measured = [of[size] for size in results.sizes]
        yield [f"marked as {mark}, seconds", *(f"{each.seconds:.1f}" for each in measured)]
        yield ["taken back", *(f"{each.taken_back:.0f}" for each in measured)]
        for page in measured[0].before:
            times = ([each.before[page], each.meanwhile[page], each.after[page]] for each in measured)
            yield [f"{page}: before / taken back / settled", *("{:.0f} / {:.0f} / {:.0f}".format(*ms) for ms in times)]
        yield ["settled, seconds in all", *(f"{each.settling:.1f}" for each in measured)]
        yield ["its longest batch", *(f"{each.batch:.0f}" for each in measured)]


def _beside(results: Results) -> Iterator[list[str]]:
    for page, beside in results.beside.items():
        yield [page, f"{beside.page:,.0f}", f"{beside.empty:.0%}", f"{beside.static:.0%}"]


def _other(results: Results) -> Iterator[list[str]]:
    sizes = results.sizes
    if results.built:
        yield [
            "first ingest, papers a second",
            *(f"{results.built[size].rate:,.0f}" if results.built[size].rate else "–" for size in sizes),
        ]
        memory = (results.built[size].memory / _MB for size in sizes)
        yield ["its memory, MB", *(f"{each:,.0f}" if each else "–" for each in memory)]
    if results.day:
        yield ["a day's digest of 120 papers, seconds", *(f"{results.day[size]:.2f}" for size in sizes)]
    if results.exported:
        (way,) = {exported.way for exported in results.exported.values()}
        rates = (f"{results.exported[size].rate:,.0f}" for size in sizes)
        yield [f"export as JSON Lines by the {way}, papers a second", *rates]
    if results.memory:
        yield ["memory of a worker, MB", *(f"{results.memory[size] / _MB:,.0f}" for size in sizes)]


def _said(sizes: Sequence[int]) -> list[str]:
    return [f"{size:,}" for size in sizes]


def _table(head: Sequence[str], rows: Iterator[list[str]] | Sequence[list[str]]) -> str:
    rows = [list(head), *rows]
    widths = [max(3, *map(len, column)) for column in zip(*rows, strict=True)]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    lines.insert(1, ["-" * width for width in widths])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
