"""The library is what was taken in, whatever came first, in whatever pieces, and however often."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange import load
from tests import upkeep, world
from tests.examples import examples
from tests.world import Line

type File = tuple[str, Sequence[Line]]


def about(n: int) -> st.SearchStrategy[Line]:
    """A line about work number `n`, with more or less of what a digest may say of it; two works have one title."""
    author = ["Ada Lovelace", "Ben Kay", "Ada Noether"][n - 1]
    initials = f"{author[0]}. {author.split()[1]}"
    title = ["On Attention", "Deep Residual Nets"][n % 2]
    optional: dict[str, st.SearchStrategy[Any]] = {
        "arxiv_id": st.sampled_from([f"250{n}.00001", f"arXiv:250{n}.00001v1", f"250{n}.00001v3"]),
        "doi": st.sampled_from([f"10.1000/{n}", f"https://doi.org/10.1000/{n}"]),
        "identifiers": st.sampled_from([{"pmid": str(n)}, {"openreview": f"o{n}"}]),
        "authors": st.sampled_from([[author, "Cy Young"], [initials], [author], [author, "Cy Young", "Di Dee"], []]),
        "published": st.sampled_from([f"202{n}", f"202{n}-05", f"202{n}-05-0{n}"]),
        "abstract": st.sampled_from(["We attend.", "We attend. We win.", r"We \textbf{attend}.", "They rest."]),
        "snippet": st.sampled_from(["We att", "We attend. We w"]),
        "note": st.sampled_from(["A must.", "Worth a look."]),
        "venue": st.sampled_from(["ICML", "arXiv preprint", "Nature"]),
        "tags": st.lists(st.sampled_from(["Vision", "vision", "VISION", "cs.CV", "maths"]), max_size=2),
        "links": st.dictionaries(st.sampled_from(["code", "page"]), st.sampled_from(["https://a.b", "https://c.d"])),
        "other_titles": st.lists(st.sampled_from(["Attending", "ATTENDING!"]), max_size=2),
    }
    titles = st.sampled_from([title, title.upper(), f"{title}."])
    return st.fixed_dictionaries({"title": titles}, optional=optional | _digest())


def in_agreement() -> st.SearchStrategy[Line]:
    """Lines of digests that do not contradict each other."""
    return st.integers(1, 3).flatmap(about)


def at_odds() -> st.SearchStrategy[Line]:
    """Lines of digests that call one work many names, and many works one."""
    wrong: dict[str, st.SearchStrategy[Any]] = {
        "title": st.sampled_from(["On Attention", "Editorial", "A Study"]),
        "doi": st.just("10.1000/shared"),
        "identifiers": st.just({"pmid": "9"}),
        "published": st.sampled_from(["2015", "2023-01"]),
        "authors": st.sampled_from([["Ben Lovelace"], ["A. Kay", "Ada Lovelace"]]),
    }
    nothing: dict[str, st.SearchStrategy[Any]] = {}
    return st.builds(lambda line, odd: line | odd, in_agreement(), st.fixed_dictionaries(nothing, optional=wrong))


def _digest() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "source": st.sampled_from(["Daily list", "daily list", "Weekly"]),
        "digest_date": st.sampled_from(["2025-03-11", "2025-03-12", "2025-03"]),
        "digest_title": st.sampled_from(["Spring", "A spring day"]),
        "place": st.integers(1, 4),
    }


@st.composite
def files(draw: st.DrawFn, lines: st.SearchStrategy[Line]) -> list[File]:
    return [
        (f"{name}.jsonl", draw(st.lists(lines, min_size=1, max_size=4))) for name in "abcd"[: draw(st.integers(2, 4))]
    ]


@contextmanager
def a_library_of_its_own() -> Iterator[None]:
    """Within a test, a library that is empty before and gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def taken_in(files: Sequence[File]) -> list[dict[str, Any]]:
    with a_library_of_its_own():
        for name, lines in files:
            report = world.ingest_lines(lines, name)
            assert report.error is None
            assert report.found == report.created + report.updated + report.unchanged
        upkeep.assert_in_step()
        return world.export()


@pytest.mark.django_db
@examples(30)
@given(data=st.data(), given_files=files(at_odds()))
def test_any_order_and_any_repetition_give_the_same_library(data: st.DataObject, given_files: list[File]) -> None:
    again = data.draw(st.permutations([*given_files, *given_files]))
    assert taken_in(again) == taken_in(given_files)


@pytest.mark.django_db
@examples(30)
@given(given_files=files(at_odds()), size=st.integers(1, 3))
def test_a_file_in_batches_gives_the_same_library_as_in_one_piece(given_files: list[File], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "WHOLE", 0)
        patch.setattr(load, "BATCH", size)
        in_batches = taken_in(given_files)
    assert in_batches == taken_in(given_files)


@pytest.mark.django_db
@examples(30)
@given(given_files=files(in_agreement()))
def test_an_export_makes_another_library_like_the_first(given_files: list[File]) -> None:
    exported = taken_in(given_files)
    assert taken_in([("export.jsonl", exported)]) == exported
