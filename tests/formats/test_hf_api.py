"""Hugging Face's daily papers as JSON: the API's lists, single papers, and archives of either."""

import io
import json
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable

SOURCE = "Hugging Face daily papers"
PAPER: dict[str, Any] = {
    "id": "2503.00001",
    "authors": [{"_id": "1", "name": "Ada Author", "hidden": False}],
    "publishedAt": "2025-03-07T17:58:59.000Z",
    "title": "Kettles That\n  Follow Instructions",
    "summary": "Kettles are\nrare.",
    "upvotes": 3,
}
DAILY = {"paper": PAPER, "publishedAt": "2025-03-11T03:50:58.348Z", "title": "Kettles That Follow Instructions"}
OTHER = {**DAILY, "paper": {**PAPER, "id": "2503.00002", "title": "Sparse Umbrellas"}, "title": "Sparse Umbrellas"}


def document(text: str) -> Document:
    return Document("papers.json", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["hf-api"].read(document(text)))


def entries(value: Any) -> list[Found]:
    items = read(json.dumps(value))
    assert all(isinstance(item, Found) for item in items), items
    return [item for item in items if isinstance(item, Found)]


def record(**changes: Any) -> PaperRecord:
    """What is read of the paper with these changes."""
    [item] = entries([{**DAILY, "paper": {**PAPER, **changes}}])
    return item.record


def titles(text: str) -> list[str]:
    return [item.record.title for item in read(text) if isinstance(item, Found)]


def test_a_paper_has_what_the_paper_in_it_says() -> None:
    assert record() == PaperRecord(
        title="Kettles That\n  Follow Instructions",
        abstract="Kettles are\nrare.",
        authors=("Ada Author",),
        published=PartialDate(2025, 3, 7),
        identifiers=record().identifiers,
    )
    assert list(map(str, record().identifiers)) == ["arxiv:2503.00001"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (json.dumps([DAILY, OTHER]), 2),
        (json.dumps([DAILY, OTHER], indent=2), 2),
        (json.dumps(DAILY), 1),
        (json.dumps(DAILY, indent=2), 1),
        (json.dumps([PAPER]), 1),
        (json.dumps(PAPER, indent=1), 1),
        (f"{json.dumps(DAILY)}\n{json.dumps(OTHER)}\n", 2),
        (f"{json.dumps(PAPER)}\n\n{json.dumps(OTHER['paper'])}", 2),
        (json.dumps({"2025-03-11": [DAILY], "2025-03-12": [OTHER]}), 2),
        (json.dumps({"date": "2025-03-11", "count": 2, "papers": [DAILY, OTHER]}, indent=2), 2),
    ],
)
def test_a_list_lines_an_archive_and_a_paper_alone_are_read(text: str, count: int) -> None:
    assert recognise(document(text))[0].name == "hf-api"
    items = read(text)
    assert [isinstance(item, Found) for item in items] == [True] * count
    assert [" ".join(title.split()) for title in titles(text)] == [
        "Kettles That Follow Instructions",
        "Sparse Umbrellas",
    ][:count]
    assert [item.place for item in items if isinstance(item, Found)] == list(range(1, count + 1))


def test_it_is_recognised_by_its_beginning_however_many_authors_come_first() -> None:
    authors = [{"_id": "0" * 24, "name": f"Author {n}", "hidden": False} for n in range(2_000)]
    for value in ([{"paper": {"id": "2503.00001", "authors": authors}}], [{"id": "2503.00001", "authors": authors}]):
        assert recognise(document(json.dumps(value)))[0].name == "hf-api"


def test_no_other_json_is_taken_for_it() -> None:
    assert (
        recognise(document('{"title": "A paper", "abstract": "Of papers with upvotes and a summary."}'))[0].name
        == "jsonl"
    )


@pytest.mark.parametrize(
    ("outer", "inner", "on_daily", "day"),
    [
        ("2025-03-11T03:50:58.348Z", "2025-03-07T17:58:59.000Z", None, PartialDate(2025, 3, 11)),
        ("2025-09-28T13:58:59.000Z", "2025-09-28T17:58:59.000Z", "2025-09-30T01:13:12.259Z", PartialDate(2025, 9, 30)),
        ("2025-09-28T13:58:59.000Z", "2025-09-28T17:58:59.000Z", None, None),
        (None, "2025-09-28T17:58:59.000Z", None, None),
    ],
)
def test_the_day_on_the_list_is_not_the_day_on_arxiv(
    outer: str | None, inner: str, on_daily: str | None, day: PartialDate | None
) -> None:
    paper = {**PAPER, "publishedAt": inner} | ({"submittedOnDailyAt": on_daily} if on_daily else {})
    [item] = entries([{"paper": paper} | ({"publishedAt": outer} if outer else {})])
    assert item.digest == DigestRecord(SOURCE, day)
    assert item.record.published == PartialDate.parse(inner)


def test_a_list_s_day_is_that_of_its_papers_which_do_not_say_their_own() -> None:
    for value in ({"2025-03-11": [PAPER]}, {"date": "2025-03-11", "papers": [PAPER]}):
        assert [item.digest.date for item in entries(value)] == [PartialDate(2025, 3, 11)]


def test_one_file_may_hold_the_lists_of_many_days() -> None:
    later = {**OTHER, "publishedAt": "2025-03-12T08:00:01.123Z"}
    assert [str(item.digest.date) for item in entries([DAILY, later])] == ["2025-03-11", "2025-03-12"]


def test_hidden_authors_are_left_out_and_accounts_are_no_authors() -> None:
    authors = [
        {
            "name": "Ada Author",
            "user": {"user": "ada99", "fullname": "Somebody Else", "name": "ada99"},
            "hidden": False,
        },
        {"name": "Ben Bystander", "hidden": True},
        {"user": {"name": "nobody"}},
        "Cleo Companion",
        7,
    ]
    assert record(authors=authors).authors == ("Ada Author", "Cleo Companion")


def test_code_and_project_are_links_and_keywords_tags() -> None:
    found = record(
        githubRepo="https://github.com/a/b",
        projectPage="https://a.example",
        ai_keywords=["tea", "tea", "kettles", None],
    )
    assert found.links == (Link("code", "https://github.com/a/b"), Link("project", "https://a.example"))
    assert found.tags == ("tea", "kettles")


def test_what_a_machine_said_of_the_paper_is_a_note_and_no_abstract() -> None:
    found = record(ai_summary="Kettles, summed up.", summary=None)
    assert (found.abstract, found.note) == ("", "Kettles, summed up.")


def test_a_title_that_differs_in_more_than_its_line_ends_is_another_title() -> None:
    [item] = entries([{**DAILY, "title": "Kettles, Revised"}])
    assert item.record.other_titles == ("Kettles, Revised",)
    assert record().other_titles == ()


@pytest.mark.parametrize(
    "broken", ['{"paper": {"id": "2503.00003", "title": "Cut}},', '{"paper": {{"id": 1}},', '{"paper" "x"},']
)
def test_a_broken_item_spoils_no_other(broken: str) -> None:
    text = f"[{json.dumps(DAILY)},\n{broken}\n{json.dumps(OTHER)}]"
    first, lost, second = read(text)
    assert isinstance(lost, Unreadable)
    assert lost.reason.startswith("no JSON")
    assert (lost.text, lost.line, lost.place) == (broken.rstrip(","), 2, 2)
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (second.record.title, second.line) == ("Sparse Umbrellas", 3)


@pytest.mark.parametrize("indent", [1, 2, 4])
def test_a_broken_item_spoils_no_other_where_objects_stand_in_objects(indent: int) -> None:
    text = json.dumps([PAPER, PAPER, OTHER["paper"]], indent=indent)
    at = text.index('"Ada Author"', text.index('"Ada Author"') + 1)
    items = read(text[:at] + text[at + 1 :])
    assert [isinstance(item, Found) for item in items] == [True, False, True]


def test_several_papers_in_the_place_of_a_broken_one_are_read_together() -> None:
    mended = f"{json.dumps(DAILY)},\n{json.dumps(OTHER)}\n]"
    items = list(readers()["hf-api"].reread(mended, 5, DigestRecord(SOURCE)))
    assert [item.place for item in items if isinstance(item, Found)] == [5, 6]


@pytest.mark.parametrize("value", [None, 7, "a paper", {"paper": {"id": "2503.00001"}}, {"paper": {"title": " "}}, {}])
def test_what_is_no_paper_is_told_of(value: Any) -> None:
    item, sound = read(json.dumps([value, DAILY]))
    assert isinstance(item, Unreadable)
    assert json.loads(item.text) == value
    assert isinstance(sound, Found)


@pytest.mark.parametrize("text", ["[]", "[\n]", '{"papers": []}', '{"2025-03-11": [], "2025-03-12": []}'])
def test_an_empty_list_is_no_error(text: str) -> None:
    assert read(text) == []


def test_a_file_that_ends_too_early_keeps_what_stands_before() -> None:
    text = json.dumps([DAILY, OTHER])
    first, lost = read(text[:-30])
    assert isinstance(first, Found)
    assert isinstance(lost, Unreadable)
