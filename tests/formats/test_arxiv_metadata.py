"""The metadata snapshot of arXiv: a paper a line, whatever happened to ids, titles and the last line."""

import io
import json
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.parts.lost_digits import with_lost_digits
from papers.formats.record import Found, PaperRecord, Unreadable


def document(text: str) -> Document:
    return Document("snapshot.json", lambda: io.BytesIO(text.encode()))


def line(**values: Any) -> str:
    return json.dumps({"id": "2503.01234", "title": "A title", "versions": [], "update_date": "2025-03-06"} | values)


def record(**values: Any) -> PaperRecord:
    [item] = readers()["arxiv-metadata"].read(document(line(**values)))
    assert isinstance(item, Found)
    return item.record


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (line(authors_parsed=[], categories="cs.RA"), "arxiv-metadata"),
        ('{"id": "broken\n' + line(authors_parsed=[]), "arxiv-metadata"),
        ('{"id": "2503.01234", "title": "A", "authors": ["B"], "categories": ["cs.RA"]}', "jsonl"),
    ],
)
def test_it_is_known_by_the_names_that_only_arxiv_has(text: str, name: str) -> None:
    assert recognise(document(text))[0].name == name


def test_line_ends_in_a_title_and_spaces_around_an_abstract_are_not_of_them() -> None:
    found = record(title="Kettles that\n  whistle", abstract="  We listen\nand boil.\n")
    assert (found.title, found.abstract) == ("Kettles that whistle", "We listen\nand boil.")


def test_authors_are_told_apart_as_arxiv_did_it() -> None:
    parsed = [["van Author", "Ada", ""], ["Bystander", "Ben", "Jr", "Somewhere"], ["Weather Group", "", ""], []]
    assert record(authors="whatever", authors_parsed=parsed).authors == (
        "Ada van Author",
        "Ben Bystander Jr",
        "Weather Group",
    )
    assert record(authors="Ada Author and Ben Bystander").authors == ("Ada Author", "Ben Bystander")


def test_categories_become_tags_and_the_journal_is_the_venue() -> None:
    found = record(categories="cs.RA math.IN cs.RA", **{"journal-ref": "J. Tea\n  7 (2025)"})
    assert (found.tags, found.venue) == (("cs.RA", "math.IN"), "J. Tea 7 (2025)")


def test_the_first_version_dates_a_paper_and_the_last_is_its_own() -> None:
    created = ["Mon, 2 Apr 2007 19:18:42 GMT", "Tue, 24 Jul 2007 20:10:27 GMT"]
    found = record(versions=[{"version": f"v{n}", "created": day} for n, day in enumerate(created, 1)])
    assert (found.published, found.arxiv_version) == (PartialDate(2007, 4, 2), 2)
    found = record(versions=[{"version": "v1", "created": "never"}, {"created": created[1]}, {}])
    assert (found.published, found.arxiv_version) == (PartialDate(2007, 7, 24), 1)


def test_a_field_may_hold_several_dois() -> None:
    assert list(map(str, record(doi="10.1000/a 10.1000/b").identifiers)) == [
        "arxiv:2503.01234",
        "doi:10.1000/a",
        "doi:10.1000/b",
    ]


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        (704.0001, "0704.0001"),
        (1501.0044699999999, "1501.00447"),
        ("1501.0044", "1501.00440"),
        ("704.001", "0704.0010"),
        ("912.0012", "0912.0012"),
        ("2503.01234", "2503.01234"),
        ("hep-th/9901001", "hep-th/9901001"),
    ],
)
def test_digits_that_an_id_lost_are_found_again(number: str | float, whole: str) -> None:
    assert list(map(str, record(id=number).identifiers)) == [f"arxiv:{whole}"]


@pytest.mark.parametrize(
    "text", ["1412.12345", "2513.01", "304.1234", "1501.00447123", "12.5", "10.1000/704.0001", "٣٤٥.٦"]
)
def test_where_it_is_not_certain_which_no_digits_are_added(text: str) -> None:
    assert with_lost_digits(text) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id":"2503.00001","title":"cut', "truncated"),
        (line(title=None), "the title is empty"),
        (line(title=["A"]), "title"),
        ("[" * 100_000, "no line of arXiv's metadata"),
        ('{"title":"\\ud800"}', "no line of arXiv's metadata"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_of_and_the_next_is_read(text: str, reason: str) -> None:
    broken, sound = readers()["arxiv-metadata"].read(document(f"{text}\n{line()}\n"))
    assert isinstance(broken, Unreadable)
    assert reason in broken.reason
    assert broken.text == text[:100_000]
    assert isinstance(sound, Found)
    assert (sound.place, sound.line) == (2, 2)
