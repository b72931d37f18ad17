"""Fields of papers are known by whatever programs call them, and read for what they mean."""

from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats.parts.paper_fields import is_known, record_of
from papers.formats.record import Link


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("title", "Title|TITLE|Article Title|Primary title|Document Title|Item Title|titles|TI|标题"),
        ("abstract", "Abstract|Abstract Note|summary|summaries|AB|摘要"),
        ("venue", "Journal|Source title|Publication Title|Journal/Book|journal-ref|venue|SO"),
        ("note", "Notes|tldr|Description|ai_summary"),
        ("snippet", "snippet"),
    ],
)
def test_a_text_is_known_by_many_names(field: str, names: str) -> None:
    for name in names.split("|"):
        assert getattr(record_of({name: "Words."}), field) == "Words."
        assert is_known(name)
    assert not is_known("Score")


def test_a_summary_beside_an_abstract_is_a_note() -> None:
    found = record_of({"title": "A", "summary": "In short.", "abstract": "At length."})
    assert (found.abstract, found.note) == ("At length.", "In short.")
    assert record_of({"title": "A", "summary": "All."}).note == ""


def test_a_note_of_digits_says_nothing() -> None:
    assert record_of({"note": 1008150341, "tldr": "Whistles."}).note == "Whistles."


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Ada Author, Ben Bystander", ["Ada Author", "Ben Bystander"]),
        ("Author, Ada; Bystander, Ben", ["Ada Author", "Ben Bystander"]),
        ("Author, Ada", ["Ada Author"]),
        ("Author, A., Bystander, B.C., & Companion, C.", ["A. Author", "B.C. Bystander", "C. Companion"]),
        ("Author A., Bystander B.C.", ["Author A.", "Bystander B.C."]),
        ("Author, Ada (57193); Bystander, Ben (123)", ["Ada Author", "Ben Bystander"]),
        ("Ada Author|Ben Bystander", ["Ada Author", "Ben Bystander"]),
        ("['Author, Ada', \"O'Bystander, Ben\"]", ["Ada Author", "Ben O'Bystander"]),
        (["Ada Author", {"name": "Ben  Bystander"}], ["Ada Author", "Ben Bystander"]),
        (
            [{"given": "Ada", "family": "Author"}, {"first": "Ben", "last": "Bystander"}],
            ["Ada Author", "Ben Bystander"],
        ),
        ([{"author": {"display_name": "Ada Author"}}], ["Ada Author"]),
        ([{"author": 7}, None], []),
        ({"name": "Ada Author"}, ["Ada Author"]),
        (7, ["7"]),
    ],
)
def test_authors_are_told_apart_however_they_are_written(value: Any, authors: list[str]) -> None:
    assert list(record_of({"Author(s)": value}).authors) == authors


def test_full_names_are_believed_before_short_ones() -> None:
    assert record_of({"Authors": "Author A.", "Author full names": "Author, Ada"}).authors == ("Ada Author",)


@pytest.mark.parametrize(
    ("values", "published"),
    [
        ({"Year": 2025}, PartialDate(2025)),
        ({"Year": "2025.0"}, PartialDate(2025)),
        ({"publication_year": "2025//"}, PartialDate(2025)),
        ({"published": "2025-03-04T10:00:00.000000+00:00", "year": 2024}, PartialDate(2025, 3, 4)),
        ({"published": "Tue, 4 Mar 2025 10:00:00 GMT"}, PartialDate(2025, 3, 4)),
        ({"published": "soon", "year": 2025}, PartialDate(2025)),
        ({"date": 1741082400}, None),
    ],
)
def test_the_surest_date_is_believed(values: dict[str, Any], published: PartialDate | None) -> None:
    assert record_of(values).published == published


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ({"categories": "cs.RA hep-th"}, ["cs.RA", "hep-th"]),
        ({"categories": ["cs.RA", "math.IN"], "primary_category": "cs.RA"}, ["cs.RA", "math.IN"]),
        ({"Author Keywords": "tea; black tea"}, ["tea", "black tea"]),
        ({"keywords": "tea, black tea"}, ["tea", "black tea"]),
        ({"keywords": "black tea"}, ["black tea"]),
        ({"keywords": "['tea', 'cups']"}, ["tea", "cups"]),
        ({"tags": [{"term": "cs.RA"}, {"name": "tea"}]}, ["cs.RA", "tea"]),
        ({"tags": [], "keywords": None}, []),
    ],
)
def test_categories_and_keywords_are_tags(values: dict[str, Any], tags: list[str]) -> None:
    assert list(record_of(values).tags) == tags


@pytest.mark.parametrize(
    ("values", "identifiers"),
    [
        ({"entry_id": "http://arxiv.org/abs/2503.01234v1"}, ["arxiv:2503.01234"]),
        ({"arXiv ID": 1501.0044699999999}, ["arxiv:1501.00447"]),
        ({"arxivId": "2503.01234", "pdf_url": "https://arxiv.org/pdf/2503.01234v2"}, ["arxiv:2503.01234"]),
        ({"PMID": "12345.0", "DOI": "doi:10.1000/A"}, ["pmid:12345", "doi:10.1000/a"]),
        ({"externalIds": {"ArXiv": "2503.01234", "PubMed": 17}}, ["arxiv:2503.01234", "pmid:17"]),
        ({"Extra": "arXiv:2503.01234 [cs]\nPMID: 17"}, ["arxiv:2503.01234", "pmid:17"]),
        ({"link": [{"href": "https://doi.org/10.1000/a"}]}, ["doi:10.1000/a"]),
        ({"id": 17, "url": "https://tea.example"}, []),
    ],
)
def test_identifiers_are_found_wherever_they_stand(values: dict[str, Any], identifiers: list[str]) -> None:
    assert sorted(map(str, record_of(values).identifiers)) == sorted(identifiers)


def test_pages_that_identify_nothing_are_links() -> None:
    found = record_of(
        {
            "url": "https://arxiv.org/abs/2503.01234",
            "PaperURL": "https://tea.example/7",
            "code_links": [{"url": "https://github.com/tea/cups", "type": "github"}],
            "project": "none",
        }
    )
    assert found.links == (Link("code", "https://github.com/tea/cups"), Link("page", "https://tea.example/7"))


def test_titles_in_other_languages_are_other_titles() -> None:
    assert record_of({"title": "Kettles", "title_zh": "水壶"}).other_titles == ("水壶",)
