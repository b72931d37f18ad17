"""CSL-JSON: items as Zotero, other managers and Crossref write them."""

import io
import json
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable


def document(text: str) -> Document:
    return Document("library.json", lambda: io.BytesIO(text.encode()))


def record(**values: Any) -> PaperRecord:
    [item] = readers()["csl-json"].read(
        document(json.dumps([{"type": "article-journal", "title": "A title"} | values]))
    )
    assert isinstance(item, Found)
    assert item.digest == DigestRecord()
    return item.record


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"id": "a", "type": "article-journal", "title": "A"}]', "csl-json"),
        ('[{"title": "A", "issued": {"date-parts": [[2025]]}}]', "csl-json"),
        ('{"items": [{"title": "A", "container-title": "B"}]}', "csl-json"),
        ('[{"title": "A", "type": "post", "authors": ["B"]}]', "json-list"),
        ('[{"title": "A", "abstract": "B"}]', "json-list"),
    ],
)
def test_it_is_known_by_names_of_citation_styles(text: str, name: str) -> None:
    assert recognise(document(text))[0].name == name


@pytest.mark.parametrize(
    "wrapped",
    [
        '[{"title": "A"}]',
        '{"title": "A"}',
        '{"items": [{"title": "A"}]}',
        '{"message": {"items": [{"title": "A"}]}}',
        '{"a2025": {"title": "A", "type": "book"}}',
        '{"message": {"title": "A", "reference": [{"key": "1"}]}}',
    ],
)
def test_items_stand_in_a_list_or_in_objects_around_it(wrapped: str) -> None:
    [item] = readers()["csl-json"].read(document(wrapped))
    assert isinstance(item, Found)
    assert item.record.title == "A"


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [[2025, 3, 4]]}, PartialDate(2025, 3, 4)),
        ({"date-parts": [["2025", "03"]]}, PartialDate(2025, 3)),
        ({"date-parts": [[2025], [2026]]}, PartialDate(2025)),
        ({"date-parts": [[None]], "raw": "4 March 2025"}, PartialDate(2025, 3, 4)),
        ({"date-parts": [2025]}, PartialDate(2025)),
        ({"literal": "in press"}, None),
        ({"raw": "2025-03"}, PartialDate(2025, 3)),
        ("2025-03-04", PartialDate(2025, 3, 4)),
        ({"date-parts": []}, None),
        (None, None),
    ],
)
def test_a_date_is_of_parts_or_of_words(issued: Any, published: PartialDate | None) -> None:
    assert record(issued=issued).published == published


def test_names_are_of_parts_in_the_order_of_speech() -> None:
    authors = [
        {"family": "Brugge", "given": "Ada", "non-dropping-particle": "van der", "suffix": "Jr"},
        {"literal": "The Weather Group"},
        {"name": "A Consortium", "sequence": "additional"},
        {"family": "Solo"},
        "Ben Bystander",
        {},
    ]
    assert record(author=authors).authors == (
        "Ada van der Brugge Jr",
        "The Weather Group",
        "A Consortium",
        "Solo",
        "Ben Bystander",
    )


@pytest.mark.parametrize(
    ("values", "identifiers"),
    [
        ({"DOI": "https://doi.org/10.1000/A"}, ["doi:10.1000/a"]),
        ({"PMID": 12345}, ["pmid:12345"]),
        ({"URL": "https://arxiv.org/abs/2503.01234v2"}, ["arxiv:2503.01234"]),
        ({"archive": "arXiv", "archive_location": "2503.01234"}, ["arxiv:2503.01234"]),
        ({"number": "arXiv:2503.01234"}, ["arxiv:2503.01234"]),
        ({"number": "7"}, []),
        (
            {"note": "arXiv: 2503.01234 [cs.RA]\nPMID: 17\ntex.doi: 10.1000/a"},
            ["arxiv:2503.01234", "pmid:17", "doi:10.1000/a"],
        ),
    ],
)
def test_identifiers_stand_in_many_fields(values: dict[str, Any], identifiers: list[str]) -> None:
    assert sorted(map(str, record(**values).identifiers)) == sorted(identifiers)


def test_a_note_is_what_is_no_field_of_its_own() -> None:
    note = "arXiv: 2503.01234\nCitation Key: author2025\nWorth your coffee.\n2503.01234"
    assert record(note=note).note == "Worth your coffee."


@pytest.mark.parametrize(
    ("values", "title", "others"),
    [
        ({"title": ["A", "Another"]}, "A", ("Another",)),
        ({"title": ["A"], "subtitle": ["of a kind"]}, "A: of a kind", ()),
        ({"title": "On <i>T. aqua</i> in H<sub>2</sub>O"}, r"On \emph{T. aqua} in H$_{2}$O", ()),
        ({"title": "Where a < b and c > d"}, "Where a < b and c > d", ()),
    ],
)
def test_a_title_may_be_a_list_and_have_markup(values: dict[str, Any], title: str, others: tuple[str, ...]) -> None:
    found = record(**values)
    assert (found.title, found.other_titles) == (title, others)


def test_an_abstract_of_crossref_loses_its_markup_and_its_heading() -> None:
    abstract = "<jats:title>Abstract</jats:title><jats:p>We boil <jats:italic>tea</jats:italic>.</jats:p>"
    assert record(abstract=abstract).abstract == r"We boil \emph{tea}."


def test_keywords_are_one_text_or_a_list() -> None:
    assert record(keyword="tea, cups").tags == ("tea", "cups")
    assert record(keyword="tea, black; cups").tags == ("tea, black", "cups")
    assert record(subject=["Food, drink", "Tea"]).tags == ("Food, drink", "Tea")


def test_the_venue_is_the_first_container_and_a_page_is_linked() -> None:
    found = record(**{"container-title": ["", "Journal of Tea"], "URL": "https://tea.example/7"})
    assert (found.venue, found.links) == ("Journal of Tea", (Link("page", "https://tea.example/7"),))


@pytest.mark.parametrize("text", ['[{"type": "book", "DOI": "10.1000/a"}]', '[{"title": []}]', '[{"title": "A" "b"}]'])
def test_an_item_without_a_title_or_end_is_told_of(text: str) -> None:
    [item] = readers()["csl-json"].read(document(text))
    assert isinstance(item, Unreadable)
    assert item.text == text[1:-1]
