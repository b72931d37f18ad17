"""Markdown tables of papers: what their columns and headings say, and where their cells end."""

import io
import time
from pathlib import Path

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable
from papers.ids import fold
from papers.text import clean

HF = "https://huggingface.co/papers/2503.01234"
TOPIC_TABLE = "|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n"
ROW = "|**2025-03-09**|**A Kettle**|Ada Author et.al.|[2503.01234](http://arxiv.org/abs/2503.01234)|null|"


def document(text: str) -> Document:
    return Document("table.md", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["markdown-table"].read(document(text)))


def paper(text: str) -> PaperRecord:
    [item] = read(text)
    assert isinstance(item, Found), item
    return item.record


def titles(text: str) -> list[str]:
    return [item.record.title for item in read(text) if isinstance(item, Found)]


def test_a_row_of_a_topic_table_is_a_paper_with_its_topic_as_tag() -> None:
    assert paper(f"## Kettles\n\n{TOPIC_TABLE}{ROW}") == PaperRecord(
        title="A Kettle",
        authors=("Ada Author",),
        identifiers=paper(f"{TOPIC_TABLE}{ROW}").identifiers,
        published=PartialDate(2025, 3, 9),
        tags=("Kettles",),
    )


def test_the_code_column_is_a_link_or_nothing() -> None:
    linked = ROW.replace("null", "**[link](https://code.example/a)**")
    assert paper(TOPIC_TABLE + linked).links == (Link("code", "https://code.example/a"),)
    assert paper(TOPIC_TABLE + ROW).links == ()


def test_a_paper_under_several_topics_is_an_entry_for_each() -> None:
    items = read(f"## Kettles\n{TOPIC_TABLE}{ROW}\n\n## Steam\n\n### Whistles\n{TOPIC_TABLE}{ROW}\n")
    assert [item.record.tags for item in items if isinstance(item, Found)] == [("Kettles",), ("Steam", "Whistles")]
    assert [item.place for item in items] == [1, 2]


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("**A | B**", "A | B"),
        ("**$|x|$ and `a|b`**", r"$ | x | $ and \texttt{a | b}"),
        (r"A \| B", "A | B"),
        ("A | B", "A | B"),
        ("[A Kettle](https://kettles.example)", "A Kettle"),
        ("**[A Kettle](https://kettles.example)**", "A Kettle"),
        ("A Kettle (Read more on [arXiv](https://arxiv.org/abs/2503.01234) or [here](https://a.example))", "A Kettle"),
        ("A Kettle [[code](https://github.com/a/b)]", "A Kettle"),
        ("A Kettle (with Lid) [pdf](https://a.example/x.pdf)", "A Kettle (with Lid)"),
        ("12. A Kettle", "A Kettle"),
        ("3D Kettles", "3D Kettles"),
        ("*Fast* Kettles", r"\emph{Fast} Kettles"),
        (r"T\"ULU &amp; $x_1$", r"T\"ULU & $x_1$"),
    ],
)
def test_a_title_is_read_whole_and_alone(title: str, read_as: str) -> None:
    assert paper(TOPIC_TABLE + ROW.replace("**A Kettle**", title)).title == read_as


def test_bars_belong_to_the_summary_where_the_title_is_whole_without_them() -> None:
    record = paper("|Title|Summary|\n|---|---|\n|[A Kettle](https://a.example)|boils a|b|c.|\n")
    assert (record.title, record.note) == ("A Kettle", "boils a | b | c.")


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("| Title | Summary |", "| A | S |", PaperRecord(title="A", note="S")),
        ("| Title | Abstract |", "| A | S |", PaperRecord(title="A", abstract="S")),
        (
            "| No. | Paper Title | Venue | Year |",
            "| 1 | A | TeaConf | 2024 |",
            PaperRecord(title="A", venue="TeaConf", published=PartialDate(2024)),
        ),
        (
            "| Title | Author(s) | Categories |",
            "| A | B. B. and C. C. | cs.CL, cs.LG |",
            PaperRecord(title="A", authors=("B. B.", "C. C."), tags=("cs.CL", "cs.LG")),
        ),
        (
            "| Paper | Links |",
            "| A | [x](https://a.example) |",
            PaperRecord(title="A", links=(Link("page", "https://a.example"),)),
        ),
        ("| 标题 | 作者 | 摘要 |", "| A | B. B. | S |", PaperRecord(title="A", authors=("B. B.",), abstract="S")),
        ("Title | Summary", "A | S", PaperRecord(title="A", note="S")),
        ("| **Title** | Date |", "| A | 9 March 2025 |", PaperRecord(title="A", published=PartialDate(2025, 3, 9))),
        ("| Title | Date | Stars |", "| A | soon | 100 |", PaperRecord(title="A")),
    ],
)
def test_columns_are_known_by_their_names_in_any_order(header: str, row: str, expected: PaperRecord) -> None:
    bars = header.strip("| ").count("|") + 1
    rule = "|".join(["---"] * bars) if not header.startswith("|") else "|" + ":-:|" * bars
    assert paper(f"{header}\n{rule}\n{row}\n") == expected


def test_an_id_without_an_address_identifies_too() -> None:
    assert list(map(str, paper("|id|title|\n|---|---|\n|2503.01234v3|A|\n").identifiers)) == ["arxiv:2503.01234"]


def test_a_row_that_was_broken_into_lines_is_whole() -> None:
    record = paper(
        "| Title | Abstract | PDF |\n|---|---|---|\n| A Kettle\nthat boils | One\ntwo. | https://a.example |\n\ntext\n"
    )
    assert clean(record.title) == "A Kettle that boils"
    assert clean(record.abstract) == "One two."


def test_other_tables_and_text_are_no_papers() -> None:
    other = "| Option | Default |\n|---|---|\n| a | b |\n\nText | with a bar.\n\n"
    assert titles(other + TOPIC_TABLE + ROW + "\n\n" + other) == ["A Kettle"]


def test_each_dated_heading_begins_a_digest() -> None:
    first, second = f"{TOPIC_TABLE}{ROW}\n\n", f"{TOPIC_TABLE}{ROW}\n{ROW}\n"
    items = read(f"# Tea papers\n\n## Papers for 2025-03-10\n{first}## Papers for 2025-03-09\n{second}")
    assert [(item.place, item.digest) for item in items] == [
        (1, DigestRecord("Tea papers", PartialDate(2025, 3, 10))),
        (1, DigestRecord("Tea papers", PartialDate(2025, 3, 9))),
        (2, DigestRecord("Tea papers", PartialDate(2025, 3, 9))),
    ]
    assert all(isinstance(item, Found) and item.record.tags == () for item in items)


@pytest.mark.parametrize(
    "line", ["## Updated on 2025.03.11", "> Updated on 2025.03.11", "_Last updated: 2025-03-11 07:06 UTC_"]
)
def test_the_day_of_the_last_change_dates_the_digest(line: str) -> None:
    [item] = read(f"{line}\n\n## Kettles\n{TOPIC_TABLE}{ROW}\n")
    assert item.digest == DigestRecord(date=PartialDate(2025, 3, 11))
    assert isinstance(item, Found)
    assert item.record.tags == ("Kettles",)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("|**2025-03-09**||Ada Author|null|null|", "the title is empty"),
        ("|**2025-03-09**|**A Kettle**|Ada Auth", "breaks off"),
        ("|**2025-03-09**|**A Kettle**|A. A.|null|[link](https://github.com/a", "breaks off"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_of_with_what_names_its_columns(row: str, reason: str) -> None:
    [item] = read(f"## Kettles\n\n{TOPIC_TABLE}{row}")
    assert isinstance(item, Unreadable)
    assert item.text == f"## Kettles\n{TOPIC_TABLE}{row}"
    assert reason in item.reason
    assert item.line == 5


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        (TOPIC_TABLE + ROW, True),
        ("| Title | Authors |\n| --- | --- |\n", True),
        ("| Title | Link |\n| --- | --- |\n", True),
        ("| Title | Default |\n| --- | --- |\n", False),
        ("| Title | Authors |\n", False),
    ],
)
def test_it_is_known_by_the_names_of_its_columns(text: str, is_known: bool) -> None:
    assert bool(readers()["markdown-table"].recognise(document(text))) is is_known


def test_the_two_files_of_a_real_topic_list_agree(shared: Path) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    for path in (shared / "digests" / "cv_arxiv_daily").iterdir():
        reader, text = recognise(Document(path.name, lambda path=path: path.open("rb")))  # type: ignore[misc]
        started = time.process_time()
        items = [item.record for item in reader.read(text) if isinstance(item, Found)]
        assert time.process_time() - started < 8
        assert all(len(record.tags) == 1 and record.authors and record.published for record in items)
        found[reader.name] = sorted((record.identifiers[0].value, fold(record.title)) for record in items)
    assert len(found["markdown-table"]) == 9_312
    assert found["topic-json"] == found["markdown-table"]


def test_real_tables_of_papers_hold_their_digest_s_day(shared: Path) -> None:
    for path in (shared / "digests" / "hf_markdown").glob("gabrielchua*.md"):
        items = read(path.read_text(encoding="utf-8"))
        assert {str(item.digest.date) for item in items} == {path.stem.rpartition("__")[2]}


def test_a_table_of_ids_is_none_of_papers() -> None:
    papers = (
        f"| Paper | Core contribution | Links |\n|---|---|---|\n| **2503.01234 — Kettles** | Steam. | [HF]({HF}) |\n"
    )
    ids = "| Topic | Paper IDs |\n|---|---|\n| T1 | 2503.01234, 2503.01235 |\n"
    text = f"# Papers — 2025-03-11\n\n## Topics\n\n{ids}\n## At a glance\n\n{papers}"
    record = paper(text)
    assert (record.title, record.note) == ("Kettles", "Steam.")
    assert list(map(str, record.identifiers)) == ["arxiv:2503.01234"]


def test_a_table_that_leads_to_other_files_is_none_of_papers() -> None:
    archive = "| Type | Link | Papers |\n|---|---|---|\n| Latest | [`latest.json`](data/latest.json) | 3 |\n"
    assert read(archive) == []
    assert readers()["markdown-table"].recognise(document(archive)) == 0
    assert titles(f"{archive}\n{TOPIC_TABLE}{ROW}") == ["A Kettle"]
