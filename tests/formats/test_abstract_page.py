"""arXiv's page of a paper, as people copy it from a browser."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import Found, PaperRecord, Unreadable
from papers.ids import Identifier

PAGE = """\
Computer Science > Databases
arXiv:2503.01002 (cs)
[Submitted on 4 Mar 2025 (v1), last revised 9 Apr 2025 (this version, v3)]
Title:On Kettles
Authors:Ada Lidless, Ben Spout
View a PDF of the paper titled On Kettles, by Ada Lidless and Ben Spout
View PDF
HTML (experimental)
Abstract:We watched kettles.
They boiled.
Comments:	12 pages
Subjects:	Databases (cs.DB); Quantum Physics (quant-ph)
Cite as:	arXiv:2503.01002 [cs.DB]
	(or arXiv:2503.01002v3 [cs.DB] for this version)
Submission history
From: Ada Lidless [view email]
Title: what stands behind the page is none of it
"""


def document(text: str) -> Document:
    return Document("page.txt", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["abstract-page"].read(document(text)))


def record(text: str) -> PaperRecord:
    [item] = read(text)
    assert isinstance(item, Found)
    return item.record


def test_each_field_is_where_it_belongs_and_the_furniture_nowhere() -> None:
    assert record(PAGE) == PaperRecord(
        title="On Kettles",
        abstract="We watched kettles.\nThey boiled.",
        authors=("Ada Lidless", "Ben Spout"),
        identifiers=(Identifier("arxiv", "2503.01002"),),
        arxiv_version=3,
        published=PartialDate(2025, 3, 4),
        tags=("cs.DB", "quant-ph"),
    )


def test_without_their_names_title_authors_and_abstract_are_told_by_their_order() -> None:
    nameless = PAGE.replace("Title:On", "On").replace("Authors:", "").replace("Abstract:", "")
    assert record(nameless) == record(PAGE)


@pytest.mark.parametrize("mark", ["# Title:", "**Title:** ", "Title: ", "   Title:", "TITLE: "])
def test_a_name_may_be_set_off_as_programs_do_that_clip_pages(mark: str) -> None:
    assert record(PAGE.replace("Title:On", f"{mark}On")) == record(PAGE)


@pytest.mark.parametrize("glued", ["View PDFHTML (experimental)", "View PDF", "View PDF HTML (experimental)"])
def test_a_link_that_is_glued_to_the_abstract_is_taken_off(glued: str) -> None:
    text = PAGE.replace("View PDF\nHTML (experimental)\nAbstract", f"{glued}Abstract")
    assert record(text) == record(PAGE)


def test_affiliations_are_not_authors() -> None:
    text = PAGE.replace(
        "Lidless, Ben Spout\n", "Lidless (1), Ben Spout (2 and 1) ((1) Tea (Hot), (2) Pots, and more)\n"
    )
    assert record(text).authors == ("Ada Lidless", "Ben Spout")


def test_without_the_line_on_how_to_cite_it_the_id_above_the_day_counts() -> None:
    text = PAGE.partition("Cite as")[0]
    assert record(text).identifiers == (Identifier("arxiv", "2503.01002"),)
    assert record(text.replace("arXiv:2503.01002 (cs)\n", "")).identifiers == ()


def test_an_id_that_the_abstract_speaks_of_is_another_paper_s() -> None:
    assert record(PAGE.replace("They boiled.", "As in arXiv:1706.03762 they boiled.")).identifiers == (
        Identifier("arxiv", "2503.01002"),
    )


def test_several_pages_follow_each_other_with_or_without_their_days() -> None:
    second = PAGE.replace("2503.01002", "2503.02003").replace("Kettles", "Pots")
    assert [item.record.title for item in read(PAGE + second) if isinstance(item, Found)] == ["On Kettles", "On Pots"]
    undated = "Title:One\nAbstract:A.\nCite as: arXiv:2503.00001\nTitle:Two\nAbstract:B.\nCite as: arXiv:2503.00002\n"
    found = [item.record for item in read(undated) if isinstance(item, Found)]
    assert [(each.title, each.abstract) for each in found] == [("One", "A."), ("Two", "B.")]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (PAGE, True),
        ("Title:A\nAbstract:B\nCite as: arXiv:2503.00001 [cs.DB]\n", True),
        ("Title: A\nAuthors: B\nAbstract: C\n", False),
        (f"<html><body>{PAGE}", False),
        ("## [A paper](https://arxiv.org/abs/2503.00001)\n\nIt was submitted on 4 Mar 2025.\n", False),
    ],
)
def test_it_is_known_by_its_day_or_by_how_to_cite_it(text: str, is_one: bool) -> None:
    assert (readers()["abstract-page"].recognise(document(text)) >= 90) == is_one
    if is_one:
        assert recognise(document(text))[0].name == "abstract-page"
