"""Real digest files, taken in together: each work is one paper, whatever came first."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.exchange.files import InputFile
from papers.exchange.load import Options, Report, ingest
from papers.ids import title_key
from papers.models import Entry, Identifier, Paper
from papers.text import clean
from tests import upkeep, world
from tests.formats.test_shared_files import FORMATS, SHARED, shared_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared")]

DUPLICATES = SHARED / "awkward" / "cross_digest_duplicates.json"
#: Pairs of larger files take long to compare.
LARGEST = 150_000
SMALL = [path for place in FORMATS for path in shared_files(place) if path.stat().st_size <= LARGEST]


def taken_in(path: Path) -> Report:
    report = ingest(InputFile(path.name, lambda: path.open("rb")), Options())
    assert report.found == report.created + report.updated + report.unchanged + report.quarantined
    return report


def library(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """What a library of these files exports, their papers in an order of their own."""
    with transaction.atomic():
        for path in paths:
            taken_in(path)
        upkeep.assert_in_step()
        exported = world.export()
        transaction.set_rollback(True)
    return exported


@given(pair=st.lists(st.sampled_from(SMALL or [Path()]), min_size=2, max_size=2, unique=True), data=st.data())
@settings(max_examples=12)
def test_any_two_files_in_either_order_and_twice_give_the_same_library(pair: list[Path], data: st.DataObject) -> None:
    again = data.draw(st.permutations(pair * 2))
    assert library(pair) == library(again)


def works() -> Iterator[tuple[str, set[str], list[Path]]]:
    """The works that several of the files name: an arXiv id, its titles, and the files that are here."""
    for work in json.loads(DUPLICATES.read_text()):
        files = [path for file in work["files"] if (path := SHARED / file).exists()]
        if len(files) > 1:
            yield work["arxiv_id"], {title_key(clean(title)) for title in work["titles"]}, files


@pytest.mark.database("sqlite")  # what is of one work is told without a database
def test_a_work_that_several_files_name_is_one_paper_and_no_paper_is_two_works() -> None:
    named: dict[str, set[int]] = {}
    for path in sorted({path for *_, files in works() for path in files}):
        assert taken_in(path).error is None
    keys = {
        (entry.ingest.file.name, title_key(clean(entry.found.title))): entry.paper_id
        for entry in Entry.objects.select_related("ingest__file")
    }
    for arxiv_id, titles, files in works():
        of_work = {keys[path.name, title] for path in files for title in titles if (path.name, title) in keys}
        by_id = Paper.objects.filter(identifiers__scheme="arxiv", identifiers__value=arxiv_id).values_list(
            "pk", flat=True
        )
        named[arxiv_id] = of_work | set(by_id)
    assert len(named) > 100
    assert {arxiv_id: papers for arxiv_id, papers in named.items() if len(papers) != 1} == {}
    ids_per_paper = Identifier.objects.filter(scheme="arxiv").values("paper").annotate(ids=Count("pk"))
    assert not ids_per_paper.filter(ids__gt=1).exists()
