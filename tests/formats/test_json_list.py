"""JSON of crawlers and other programs: papers in lists, under dates, by their ids, a line each."""

import io
import json
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, PaperRecord, Unreadable


def document(text: str) -> Document:
    return Document("daily.json", lambda: io.BytesIO(text.encode()))


def found(text: str) -> list[Found]:
    items = list(readers()["json-list"].read(document(text)))
    assert all(isinstance(item, Found) for item in items)
    return [item for item in items if isinstance(item, Found)]


def record(**values: Any) -> PaperRecord:
    [item] = found(json.dumps([{"title": "A title"} | values]))
    return item.record


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"title": "A", "summary": "B"}]', "json-list"),
        ('{"papers": [\n{"title": "A"},\n{"title": "B"}\n]}', "json-list"),
        ('{"2025-03-11": [{"title": "A"}]}', "json-list"),
        ('{"title": "Ours", "papers": [{"title": "A"}]}', "json-list"),
        ('{"title": "A", "summary": "B", "pdf": "x"}\n{"title": "C", "summary": "D"}\n', "json-list"),
        ('{"title": "A", "abstract": "B"}\n{"title": "C", "odd": "D"}\n', "jsonl"),
    ],
)
def test_it_is_known_by_titles_where_nothing_surer_is_known(text: str, name: str) -> None:
    assert recognise(document(text))[0].name == name


def test_other_json_is_not_known() -> None:
    assert readers()["json-list"].recognise(document('{"name": "a program", "version": 7}')) == 0


def test_a_line_of_a_crawler_has_the_abstract_as_summary_and_what_a_machine_says_as_note() -> None:
    line = {
        "id": "2503.01234",
        "abs": "https://arxiv.org/abs/2503.01234",
        "pdf": "https://arxiv.org/pdf/2503.01234v2",
        "title": "Kettles",
        "authors": ["Ada Author", "Ben Bystander"],
        "categories": ["cs.RA", "math.IN"],
        "comment": "12 pages",
        "summary": "We listen.",
        "AI": {"tldr": "They whistle.", "method": "Boiling."},
    }
    first, second = found(f"{json.dumps(line)}\n{json.dumps(line)}\n")
    assert first.record == second.record
    assert (first.line, second.line) == (1, 2)
    assert first.record.abstract == "We listen."
    assert first.record.note == "tldr: They whistle.\n\nmethod: Boiling."
    assert first.record.tags == ("cs.RA", "math.IN")
    assert (list(map(str, first.record.identifiers)), first.record.arxiv_version) == (["arxiv:2503.01234"], 2)


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ('{"2025-03-11": [{"title": "A"}]}', DigestRecord(date=PartialDate(2025, 3, 11))),
        ('{"date": "2025-03-11", "cs.RA": {"top": [{"title": "A"}]}}', DigestRecord(date=PartialDate(2025, 3, 11))),
        (
            '{"title": "Ours", "date": "2025-03", "papers": [{"title": "A"}]}',
            DigestRecord("", PartialDate(2025, 3), "Ours"),
        ),
        ('[{"title": "A", "date": "2025-03-11"}]', DigestRecord()),
    ],
)
def test_what_stands_around_the_papers_is_of_their_digest(text: str, digest: DigestRecord) -> None:
    [item] = found(text)
    assert (item.record.title, item.digest) == ("A", digest)


def test_a_broken_paper_has_the_digest_of_the_others() -> None:
    broken, sound = readers()["json-list"].read(
        document('{"date": "2025-03-11", "papers": [{"title": A}, {"title": "B"}]}')
    )
    assert isinstance(broken, Unreadable)
    assert broken.digest == sound.digest == DigestRecord(date=PartialDate(2025, 3, 11))


def test_an_object_may_know_its_papers_by_their_ids() -> None:
    first, second = found('{"2503.01234": {"title": "A"}, "10.1000/x": {"title": "B"}}')
    assert [str(*item.record.identifiers) for item in (first, second)] == ["arxiv:2503.01234", "doi:10.1000/x"]


def test_a_paper_with_a_list_of_references_is_one_paper() -> None:
    [item] = found('{"title": "A", "abstract": "B", "references": [{"title": "C"}]}')
    assert item.record.title == "A"


@pytest.mark.parametrize(
    "text", ['[{"summary": "no title"}]', '[{"title": "A", "url": ' + "[" * 5_000 + "]" * 5_000 + "}]", '{"title": ""}']
)
def test_what_has_no_title_or_no_bottom_is_told_of(text: str) -> None:
    [item] = readers()["json-list"].read(document(text))
    assert isinstance(item, Unreadable)


def test_an_empty_list_is_known_and_no_error() -> None:
    assert recognise(document("[]\n"))[0].name == "json-list"
    assert found("[]") == found('{"date": "2025-03-11", "papers": []}') == []


def test_papers_under_a_topic_have_it_as_tag_and_what_makes_them_relevant_as_note() -> None:
    paper = {
        "title": "A title",
        "relevance": "It boils.",
        "url": "https://x.example",
        "summary": "docs/tea/2503.01234.md",
    }
    [item] = found(json.dumps([{"topic": "Kettles", "papers": [paper]}]))
    assert (item.record.tags, item.record.note, item.record.abstract) == (("Kettles",), "It boils.", "")


def test_an_abstract_that_speaks_of_a_file_is_one() -> None:
    assert record(summary="We read docs/tea/list.md.").abstract == "We read docs/tea/list.md."


def test_the_day_of_a_report_is_its_papers_digest_s() -> None:
    [item] = found(json.dumps({"reportDate": "2026-07-14", "papers": [{"title": "A title"}]}))
    assert item.digest == DigestRecord(date=PartialDate(2026, 7, 14))


def test_what_is_kept_as_a_paper_s_details_is_its_own() -> None:
    kettles = record(
        authors=["Ada"], details={"abstract": "It boils.", "title": "Other", "pdf_url": "arxiv.org/pdf/2503.01234"}
    )
    assert (kettles.title, kettles.abstract, kettles.authors) == ("A title", "It boils.", ("Ada",))
    assert list(map(str, kettles.identifiers)) == ["arxiv:2503.01234"]


def test_papers_known_by_their_ids_have_the_name_around_them_as_topic() -> None:
    paper = {"paper_title": "A title", "paper_authors": "Ada Author, Ben Bystander", "update_time": "2024-01-23"}
    [item] = found(json.dumps({"Kettles": {"2401.00001": paper}}))
    assert (item.record.tags, item.record.published) == (("Kettles",), PartialDate(2024, 1, 23))
    assert item.record.authors == ("Ada Author", "Ben Bystander")
    [item] = found(json.dumps({"2024-01-23": {"2401.00001": paper}}))
    assert (item.record.tags, item.digest) == ((), DigestRecord(date=PartialDate(2024, 1, 23)))


def test_the_day_on_which_a_paper_was_on_the_page_is_its_digest_s() -> None:
    [item] = found(json.dumps([{"title": "A title", "authors": [], "scraped_date": "2024-12-04"}]))
    assert item.digest == DigestRecord(date=PartialDate(2024, 12, 4))
