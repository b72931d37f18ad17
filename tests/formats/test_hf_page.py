"""A Hugging Face papers page saved as text: alternation tells titles from abstracts."""

import io
import json
import random
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.dates import DayOfYear, PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import Found, Unreadable
from papers.ids import fold

HEADER = ["new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community", "Mar 11"]
LONG = "We study kettles at length, and then at greater length, until nothing about them is left to say. " * 4
PAIRS = [(f"Title Number {n}", f"Abstract number {n}. {LONG}".strip()) for n in range(1, 7)]

type Pair = tuple[str, str]


def read(text: str | bytes) -> list[Found | Unreadable]:
    content = text if isinstance(text, bytes) else text.encode()
    return list(readers()["hf-page"].read(Document("page.txt", lambda: io.BytesIO(content))))


def pairs(text: str | bytes) -> list[Pair]:
    """Titles and abstracts of a page on which nothing is unreadable."""
    items = read(text)
    assert all(isinstance(item, Found) for item in items)
    return [(item.record.title, item.record.abstract) for item in items if isinstance(item, Found)]


def page(blocks: Sequence[str], between: str = "\n\n") -> str:
    return between.join(blocks) + "\n"


def blocks(entries: Sequence[Pair] = PAIRS) -> list[str]:
    return [*HEADER, *(text for entry in entries for text in entry)]


def recognised(text: str) -> str:
    return recognise(Document("page.txt", lambda: io.BytesIO(text.encode())))[0].name


def test_titles_and_abstracts_alternate_behind_the_header() -> None:
    assert pairs(page(blocks())) == PAIRS


def test_the_page_has_a_day_without_a_year_and_a_source() -> None:
    for place, item in enumerate(read(page(blocks())), 1):
        assert isinstance(item, Found)
        assert item.digest.source == "Hugging Face daily papers"
        assert item.digest.date == DayOfYear(3, 11)
        assert item.place == place


def test_a_date_with_a_year_is_taken_with_it() -> None:
    first = read(page([*HEADER[:4], "Mar 11, 2025", *PAIRS[0]]))[0]
    assert isinstance(first, Found)
    assert first.digest.date == PartialDate(2025, 3, 11)


def test_each_entry_knows_its_line() -> None:
    text = page(blocks())
    for item, (title, _) in zip(read(text), PAIRS, strict=True):
        assert text.split("\n")[item.line - 1] == title


@pytest.mark.parametrize(
    "between", ["\n", "\n\n", "\n\n\n\n", "\r\n\r\n", "\n \t\n", "\n\N{ZERO WIDTH SPACE}\n", "\n\xa0\n"]
)
def test_blocks_may_stand_close_or_apart(between: str) -> None:
    assert pairs(page(blocks(), between)) == PAIRS


@given(st.randoms(use_true_random=False))
def test_blank_lines_may_come_and_go(chance: random.Random) -> None:
    text = "".join(block + "\n" * chance.randint(1, 4) for block in blocks())
    assert pairs(text) == PAIRS


@pytest.mark.parametrize("width", [40, 72, 100, 250])
def test_lines_may_be_wrapped(width: int) -> None:
    wrapped = page([textwrap.fill(block, width) for block in blocks()])
    assert pairs(wrapped) == PAIRS
    assert recognised(wrapped) == "hf-page"


def test_a_long_line_on_a_wrapped_page_does_not_tear_the_others_apart() -> None:
    wrapped = [textwrap.fill(block, 72) for block in blocks()]
    wrapped[-1] = PAIRS[-1][1]
    assert pairs(page(wrapped)) == PAIRS


def test_the_header_may_be_missing() -> None:
    text = page(blocks()[5:])
    assert pairs(text) == PAIRS
    assert recognised(text) == "hf-page"
    first = read(text)[0]
    assert isinstance(first, Found)
    assert first.digest.date is None


def test_votes_and_words_of_navigation_may_stand_between() -> None:
    text = page(
        [*HEADER, *(part for entry in PAIRS for part in ("Submitted by", "128", "1.2k", *entry, "·", "4 authors"))]
    )
    assert pairs(text) == PAIRS


def test_abstracts_may_be_short() -> None:
    short = [(title, abstract[: 30 + 25 * n]) for n, (title, abstract) in enumerate(PAIRS)]
    short = [(title, abstract.strip()) for title, abstract in short]
    assert pairs(page(blocks(short))) == short


words = (
    st.text(st.sampled_from("abc défg xyz ,.:-$\\{}%&<>é中文"), min_size=1)
    .map(str.strip)
    .filter(lambda text: sum(map(str.isalpha, text)) > 1)
)
titles = words.map(lambda text: f"T {text[:150]}".strip())
abstracts = st.tuples(words, st.integers(1, 200)).map(lambda drawn: f"A {' '.join([drawn[0]] * drawn[1])}")


@given(st.lists(st.tuples(titles, abstracts), min_size=1, max_size=6, unique_by=lambda entry: fold("".join(entry))))
def test_any_titles_and_abstracts_are_read_as_they_were_written(entries: list[Pair]) -> None:
    assert pairs(page(blocks(entries))) == entries


@given(st.integers(0, 3_000))
def test_a_page_that_is_cut_off_keeps_what_stands_before(end: int) -> None:
    items = read(page(blocks())[: len(page(HEADER)) + end])
    found = [(item.record.title, item.record.abstract) for item in items if isinstance(item, Found)]
    assert found[:-1] == PAIRS[: max(len(found) - 1, 0)]
    for title, abstract in found[-1:]:
        assert (title, PAIRS[len(found) - 1][1].startswith(abstract)) == (PAIRS[len(found) - 1][0], True)
    for item in items:
        if isinstance(item, Unreadable):
            assert item is items[-1]
            assert "cut off" in item.reason


@pytest.mark.parametrize("lost", range(len(PAIRS) - 1))
def test_a_title_without_an_abstract_is_told_of_and_the_others_are_read(lost: int) -> None:
    kept = [text for n, entry in enumerate(PAIRS) for text in (entry[:1] if n == lost else entry)]
    items = read(page([*HEADER, *kept]))
    [gone] = [item for item in items if isinstance(item, Unreadable)]
    assert (gone.text, gone.reason) == (PAIRS[lost][0], "a title without its abstract")
    assert gone.context == PAIRS[lost + 1][0]
    assert [item.record.title for item in items if isinstance(item, Found)] == [
        title for n, (title, _) in enumerate(PAIRS) if n != lost
    ]


@pytest.mark.parametrize("lost", range(len(PAIRS)))
def test_an_abstract_without_a_title_is_told_of_and_the_others_are_read(lost: int) -> None:
    kept = [text for n, entry in enumerate(PAIRS) for text in (entry[1:] if n == lost else entry)]
    items = read(page([*HEADER, *kept]))
    [gone] = [item for item in items if isinstance(item, Unreadable)]
    assert (gone.text, gone.reason) == (PAIRS[lost][1], "an abstract without a title before it")
    assert len(items) == len(PAIRS)


def test_no_title_is_taken_for_a_date_or_for_furniture() -> None:
    entries = [
        (title, LONG.strip())
        for title in (
            "2001 A Space Odyssey",
            "New Papers",
            "4 Authors Walk Into a Bar",
            "By AK and others",
            "12 Monkeys",
        )
    ]
    assert pairs(page(blocks(entries))) == entries


@pytest.mark.parametrize(
    "text",
    [
        "# A Markdown list\n\nfor the kettle and the research community\n\n## [A](https://arxiv.org/abs/2503.00001)\n",
        '{"title": "A", "abstract": "Made by us and the research community."}\n',
    ],
)
def test_a_file_that_only_speaks_of_the_community_is_not_the_page(text: str) -> None:
    assert recognised(text) != "hf-page"


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_the_real_page_is_read_to_the_last_letter(shared: Path) -> None:
    text = (shared / "digests" / "hf-papers-page.txt").read_text(encoding="utf-8")
    found = pairs(text)
    assert len(found) == 119
    assert letters("".join(HEADER)) + "".join(
        letters(title) + letters(abstract) for title, abstract in found
    ) == letters(text)


@pytest.mark.parametrize(
    "name", ["hf-papers-page.txt", "awkward/derived__seed.cp1252-crlf.txt", "awkward/derived__seed.latin1-nbsp.txt"]
)
def test_the_real_page_holds_the_papers_it_should_in_every_encoding(shared: Path, name: str) -> None:
    path = shared / "digests" / name
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    found = pairs(path.read_bytes())
    assert recognise(Document(path.name, lambda: path.open("rb")))[0].name == "hf-page"
    assert [letters(title) for title, _ in found] == [letters(entry["title"]) for entry in expected]
    for (_, abstract), entry in zip(found, expected, strict=True):
        assert letters(abstract).startswith(letters(entry["abstract80"]))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_the_real_page_is_the_same_in_unicode_of_any_form(shared: Path, encoding: str) -> None:
    text = (shared / "digests" / "hf-papers-page.txt").read_text(encoding="utf-8")
    assert pairs(text.replace("\n", "\r\n").encode(encoding)) == pairs(text)


@given(chance=st.randoms(use_true_random=False))
def test_the_real_page_survives_shuffled_blank_lines(shared: Path, chance: random.Random) -> None:
    text = (shared / "digests" / "hf-papers-page.txt").read_text(encoding="utf-8")
    shuffled = "".join(line + "\n" * chance.randint(1, 3) for line in text.split("\n") if line.strip())
    assert pairs(shuffled) == pairs(text)


def test_the_real_page_survives_wrapping(shared: Path) -> None:
    text = (shared / "digests" / "hf-papers-page.txt").read_text(encoding="utf-8")
    wrapped = "\n".join(
        textwrap.fill(line, 100, break_on_hyphens=False, break_long_words=False) for line in text.split("\n")
    )
    for (title, abstract), entry in zip(pairs(wrapped), pairs(text), strict=True):
        assert (letters(title), letters(abstract)) == tuple(map(letters, entry))


@pytest.mark.parametrize("share", [0.1, 0.37, 0.5, 0.93])
def test_the_real_page_cut_off_keeps_what_stands_before(shared: Path, share: float) -> None:
    text = (shared / "digests" / "hf-papers-page.txt").read_text(encoding="utf-8")
    items = read(text[: int(len(text) * share)])
    found = [(item.record.title, item.record.abstract) for item in items if isinstance(item, Found)]
    assert found[:-1] == pairs(text)[: len(found) - 1]
    assert len(items) - len(found) <= 1


def test_many_blank_lines_cost_no_time() -> None:
    began = time.process_time()
    assert readers()["hf-page"].recognise(Document("page.txt", lambda: io.BytesIO(b"\n" * 60_000 + b"a"))) == 0
    assert time.process_time() - began < 1
