"""Weekly lists: a table or list of papers below the heading of each week, in the shapes of all years."""

import io

import pytest

from papers.dates import DayOfYear, PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.parts.week_dates import end_of
from papers.formats.record import Found, Link, PaperRecord, Unreadable

WEEK = "## Top Tea Papers of the Week (March 3 - March 9) - 2025\n| **Paper** | **Links** |\n| --- | --- |\n"
LINKS = "[Paper](https://arxiv.org/abs/2503.01234v2), [Tweet](https://x.com/example/status/1)"


def document(text: str) -> Document:
    return Document("list.md", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["weekly-list"].read(document(text)))


def row(said: str, links: str = LINKS) -> PaperRecord:
    [item] = read(f"{WEEK}| 1) {said} | {links} |\n")
    assert isinstance(item, Found), item
    return item.record


@pytest.mark.parametrize(
    "said",
    [
        "**A Kettle** - boils.",
        "****A Kettle**** - boils.",
        "**A Kettle** – boils.",
        "**A Kettle**- boils.",
        "**A Kettle**: boils.",
        "__A Kettle__ boils.",
        "[A Kettle](https://arxiv.org/abs/2503.01234) - boils.",
        "A Kettle  boils.",
        "A Kettle<br>boils.",
        "A Kettle - boils.",
        "** A Kettle ** - boils.",
    ],
)
def test_a_title_stands_before_its_note_in_every_shape(said: str) -> None:
    record = row(said)
    assert (record.title, record.note, record.abstract) == ("A Kettle", "boils.", "")
    assert list(map(str, record.identifiers)) == ["arxiv:2503.01234"]
    assert record.arxiv_version == 2


def test_what_looks_like_a_divider_within_a_title_is_part_of_it() -> None:
    assert row("Kettles - A Survey  This paper - at last - boils.").title == "Kettles - A Survey"
    assert row("**T-Kettle: On – and Off**").title == "T-Kettle: On – and Off"
    assert row("**Kettles (2023) of note 3) and 4)** - boils.").title == "Kettles (2023) of note 3) and 4)"


def test_a_title_may_stand_alone() -> None:
    assert (row("**A Kettle**     ").title, row("**A Kettle**     ").note) == ("A Kettle", "")


def test_bullets_within_a_cell_are_paragraphs_of_the_note() -> None:
    note = row("**A Kettle** - boils. <br>● It sings: *well*. <br> ● It rests.").note
    assert note == "boils.\n\n● It sings: \\emph{well}.\n\n● It rests."


def test_of_several_links_the_paper_s_names_it_and_the_others_are_kept() -> None:
    record = row(
        "**A Kettle** - boils.",
        "[Tweet](https://x.com/a/status/1), [Code](https://github.com/a/b) [Paper](https://arxiv.org/abs/2503.00001), "
        "[Follow-up](https://arxiv.org/abs/2503.00002)",
    )
    assert list(map(str, record.identifiers)) == ["arxiv:2503.00001"]
    assert record.links == (Link("post", "https://x.com/a/status/1"), Link("code", "https://github.com/a/b"))


def test_a_paper_elsewhere_and_a_paper_without_a_link_are_papers() -> None:
    assert row("**A Kettle** - boils.", "[Paper](https://kettles.example/a.pdf)").links == (
        Link("page", "https://kettles.example/a.pdf"),
    )
    assert row("**A Kettle** - boils.", "").links == ()


def test_a_picture_is_no_link_and_a_row_may_have_one_cell() -> None:
    [item] = read(f"{WEEK}| **A Kettle** [![Paper](https://img.example/a.svg)](https://arxiv.org/abs/2503.00001) |\n")
    assert isinstance(item, Found)
    assert (item.record.title, item.record.links) == ("A Kettle", ())
    assert list(map(str, item.record.identifiers)) == ["arxiv:2503.00001"]


def test_a_bar_in_the_text_parts_nothing() -> None:
    assert row("**A Kettle** - boils a|b and c\\|d.").note == "boils a | b and c\\|d."


@pytest.mark.parametrize(
    ("span", "end"),
    [
        ("(March 3 - March 9) - 2025", PartialDate(2025, 3, 9)),
        ("(Jan 1-8)", DayOfYear(1, 8)),
        ("(May 22 - 28)", DayOfYear(5, 28)),
        ("(Mar 20-Mar 26)", DayOfYear(3, 26)),
        ("(Mar 27 - April 2)", DayOfYear(4, 2)),
        ("(30 Dec – 5 Jan 2025)", PartialDate(2025, 1, 5)),
        ("(December 30, 2024 - January 5, 2025)", PartialDate(2025, 1, 5)),
        ("(Sept. 1st to 7th)", DayOfYear(9, 7)),
        ("(2025-03-03 – 2025-03-09)", PartialDate(2025, 3, 9)),
        ("(number 7)", None),
        ("(Feb 24 - Feb 31)", None),
    ],
)
def test_a_week_is_dated_by_its_end(span: str, end: object) -> None:
    assert end_of(span) == end


def dates(*headings: str, above: str = "") -> list[str]:
    weeks = "".join(f"## Top ML Papers of the Week ({span}\n| **A Kettle** - boils. | {LINKS} |\n" for span in headings)
    return [str(item.digest.date) for item in read(above + weeks)]


def test_a_week_across_new_year_is_of_the_year_of_its_end_and_its_neighbours_are_near_it() -> None:
    assert dates("Jan 6 - 12)", "Dec 30 - Jan 5) - 2025", "Dec 23 - 29)", "Dec 16 - 22)") == [
        "2025-01-12",
        "2025-01-05",
        "2024-12-29",
        "2024-12-22",
    ]
    assert dates("Dec 23 - 29)", "Dec 30 - Jan 5)", "Jan 6 - 12) - 2025") == ["2024-12-29", "2025-01-05", "2025-01-12"]


def test_where_no_week_has_its_year_the_other_headings_tell_it() -> None:
    assert dates("Jan 9-15)", "Jan 1-8)", above="# ML papers of 2023\n") == ["2023-01-15", "2023-01-08"]
    assert dates("Jan 1-7)", "Dec 25-31)", above="## 2024\n\n## 2023\n") == ["2024-01-07", "2023-12-31"]
    assert dates("Dec 25-31)", "Jan 1-7)", above="## 2023\n\n## 2024\n") == ["2023-12-31", "2024-01-07"]


def test_where_nothing_tells_the_year_it_is_left_out() -> None:
    assert dates("Jan 9-15)", "Jan 1-8)") == ["Jan 15", "Jan 8"]


def test_each_week_is_a_digest_of_the_same_list() -> None:
    items = read(
        f"{WEEK}| 1) **A** - a. | |\n| 2) **B** - b. | |\n## Top Tea Papers of the Week (Feb 24 - Mar 2)\n| **C** | |\n"
    )
    assert [(item.place, item.digest.source, str(item.digest.date)) for item in items] == [
        (1, "Tea Papers of the Week", "2025-03-09"),
        (2, "Tea Papers of the Week", "2025-03-09"),
        (1, "Tea Papers of the Week", "2025-03-02"),
    ]


def test_what_stands_above_and_below_the_weeks_is_no_paper() -> None:
    contents = (
        "- [Top Tea Papers of the Week (March 3 - March 9)](./#top)\n| Title | Link |\n| --- | --- |\n| x | y |\n\n"
    )
    below = "\n---\n\n- [Our market](https://market.example) - buy.\n\n## Thanks\n| 1) **Nobody** - x. | |\n"
    assert len(read(f"{contents}{WEEK}| 1) **A** - a. | |\n{below}")) == 1


def test_a_week_may_be_a_list() -> None:
    items = read(
        "## AI Papers of the Week (May 4 - 10), 2026\n\n"
        "1. **A Kettle** - boils. [Paper](https://arxiv.org/abs/2605.00001)\n"
        "2. [A Pot](https://arxiv.org/abs/2605.00002) - holds.\n"
        "3. **A Cup** - is full.\n   - Paper: https://arxiv.org/abs/2605.00003\n"
    )
    records = [item.record for item in items if isinstance(item, Found)]
    assert [(record.title, record.note) for record in records] == [
        ("A Kettle", "boils."),
        ("A Pot", "holds."),
        ("A Cup", "is full."),
    ]
    assert [record.identifiers[0].value for record in records] == ["2605.00001", "2605.00002", "2605.00003"]


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (f"| 1) {'Many words without an end ' * 20} | {LINKS} |", "nothing parts its title"),
        (f"| 1) **** | {LINKS} |", "the title is empty"),
        ("| 1) **A Kettle** - bo", "breaks off"),
        ("| 1) **A Kettle** - boils. | [Paper](https://arxiv.org/abs/2503.0123", "breaks off"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_of(rest: str, reason: str) -> None:
    [item] = read(f"{WEEK}{rest}\n")
    assert isinstance(item, Unreadable)
    assert (item.line, item.text) == (4, rest)
    assert reason in item.reason


@pytest.mark.parametrize(
    ("heading", "is_known"),
    [
        ("## Top ML Papers of the Week (Jan 1-8)", True),
        ("### **AI Papers of the Week (May 4 - May 10)** - 2026", True),
        ("## Paper of the week", False),
        ("## Papers (Jan 1-8)", False),
        ("Papers of the Week (Jan 1-8)", False),
    ],
)
def test_it_is_known_by_the_heading_of_a_week(heading: str, is_known: bool) -> None:
    text = f"{heading}\n\n| **Paper** | **Links** |\n| --- | --- |\n| 1) **A** - b. | {LINKS} |\n"
    assert (recognise(document(text))[0].name == "weekly-list") is is_known


def test_a_gap_between_weeks_does_not_turn_their_order() -> None:
    weeks = ("Jan 1 - Jan 7) - 2024", "December 25 - December 31)", "May 1-7)", "Mar 20-Mar 26)", "Jan 1-8)")
    table = f"| **Paper** | **Links** |\n| --- | --- |\n| 1) **A** - b. | {LINKS} |\n\n"
    days = ["2024-01-07", "2023-12-31", "2023-05-07", "2023-03-26", "2023-01-08"]
    parts = [f"## Top Tea Papers of the Week ({week}\n\n{table}" for week in weeks]
    assert [str(item.digest.date) for item in read("".join(parts)) if item.digest] == days
    assert [str(item.digest.date) for item in read("".join(reversed(parts))) if item.digest] == days[::-1]


def test_a_page_of_a_project_is_no_code_for_being_on_github() -> None:
    record = row("1) **A** - b.", "[Project](https://kettles.github.io/), [Code](https://github.com/example/kettles)")
    assert record.links == (
        Link("project", "https://kettles.github.io/"),
        Link("code", "https://github.com/example/kettles"),
    )
