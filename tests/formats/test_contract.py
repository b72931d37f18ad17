"""What every format promises, of whatever it is given: one good and one broken sample stand for each."""

import datetime as dt
import io
import re
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.dates import PartialDate, Precision
from papers.formats import MOST_UNREAD, Reader, readers, recognise, writers
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import (
    DigestRecord,
    Found,
    LibraryPaper,
    Link,
    Listing,
    PaperRecord,
    Unreadable,
    all_storable,
    flaw,
    identified,
)
from papers.ids import Identifier

from .mutations import mutated

#: How many accidents befall each format's samples: the same ones each time, and more where new ones are looked for.
ACCIDENTS = settings().max_examples * 4
#: Whatever takes longer hangs, also on a machine that is busy (seconds).
LONGEST = 10
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
each_reader = pytest.mark.parametrize("reader", readers().values(), ids=readers())


def document(content: bytes) -> Document:
    return Document("sample", lambda: io.BytesIO(content))


def sample(reader: Reader, kind: str) -> bytes:
    [path] = SAMPLES.glob(f"{reader.name}.{kind}.*")
    return path.read_bytes()


@each_reader
def test_a_good_file_is_recognised_as_what_it_is(reader: Reader) -> None:
    assert recognise(document(sample(reader, "good")))[0] == reader


@each_reader
def test_a_broken_file_is_recognised_as_what_it_is(reader: Reader) -> None:
    assert recognise(document(sample(reader, "broken")))[0] == reader


@each_reader
def test_a_good_file_holds_papers_only_each_further_down_than_the_last(reader: Reader) -> None:
    found = list(reader.read(document(sample(reader, "good"))))
    assert len({item.line for item in found}) >= 3
    assert all(isinstance(item, Found) and item.record.title.strip() for item in found)
    assert [item.line for item in found] == sorted(item.line for item in found)
    lines = sample(reader, "good").decode().split("\n")
    for item, following in pairwise([*found, None]):
        assert isinstance(item, Found)
        until = following.line if following and following.line > item.line else item.line
        first_word = re.findall(r"\w+", item.record.title)[0]
        assert first_word in "\n".join(lines[item.line - 1 : max(until, item.line + 9)])


@each_reader
def test_of_a_broken_file_the_sound_entries_are_read_and_the_others_told_of(reader: Reader) -> None:
    items = list(reader.read(document(sample(reader, "broken"))))
    unreadable = [item for item in items if isinstance(item, Unreadable)]
    assert len(unreadable) >= 3
    assert any("Sound" in item.record.title for item in items if isinstance(item, Found))
    lines = sample(reader, "broken").decode().split("\n")
    for item in unreadable:
        assert item.reason
        # A piece may say again what stands further up and is needed to read it alone: a heading, the names of columns.
        assert lines[item.line - 1].strip(" ,") in (line.strip(" ,") for line in item.text.split("\n"))


@each_reader
def test_whatever_happens_to_a_file_it_is_read_or_refused_in_words(reader: Reader) -> None:
    samples = [sample(reader, kind) for kind in ("good", "broken")]
    refusals = []
    for seed in range(ACCIDENTS):
        content = mutated(samples, Random(seed))
        begun = time.monotonic()
        try:
            items = list(reader.read(document(content)))
            recognise(document(content))
            assert_sound(items)
        except UnreadableFile as error:
            refusals.append(str(error))
        except Exception as error:
            raise AssertionError(f"accident {seed}") from error
        assert time.monotonic() - begun < LONGEST, f"accident {seed}"
    assert all(refusal and "\n" not in refusal for refusal in refusals)


def test_a_file_of_nothing_that_can_be_read_is_refused_and_fills_no_quarantine() -> None:
    broken, good = "TY  - JOUR\nAB  - No title\nER  -\n", "TY  - JOUR\nTI  - A title\nER  -\n"
    ris = readers()["ris"]
    assert len(list(ris.read(document((broken * MOST_UNREAD + good + broken * 10).encode())))) == MOST_UNREAD + 11
    with pytest.raises(UnreadableFile, match="none of its first 1,000 pieces"):
        list(ris.read(document((broken * (MOST_UNREAD + 1) + good).encode())))


def assert_sound(items: Sequence[Found | Unreadable]) -> None:
    for item in items:
        assert item.line >= 1
        assert all_storable(item) is item
        if isinstance(item, Unreadable):
            assert item.reason
            assert item.text.strip()
        else:
            assert not flaw(item.record)
            assert PaperRecord.from_json(item.record.as_json()) == item.record


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title": r"\emph{}"}, "the title is empty"),
        ({"title": "\N{ZERO WIDTH SPACE}\u200e\n"}, "the title is empty"),
        ({"title": "\0"}, "the title is empty"),
        ({"tags": ["t" * 201]}, "the tag"),
        ({"identifiers": {"s" * 21: "x"}}, "the identifier"),
        ({"identifiers": {"s": "x" * 501}}, "the identifier"),
        ({"abstract": "word " * 60_000}, "longer than"),
        ({"authors": ["Ada Author"] * 30_000}, "longer than"),
    ],
)
def test_what_no_library_has_room_for_is_told_of_and_not_read(values: dict[str, Any], reason: str) -> None:
    line = msgspec.json.encode({"title": "A title"} | values)
    [item] = readers()["jsonl"].read(document(line))
    assert isinstance(item, Unreadable)
    assert reason in item.reason


def test_characters_that_no_database_takes_are_left_out_everywhere() -> None:
    values = {"title": "A\0B", "authors": ["C\x7fD"], "source": "E\0F", "digest_title": "G\x01H", "note": "I\r\nJ\fK"}
    [item] = readers()["jsonl"].read(document(msgspec.json.encode(values)))
    assert isinstance(item, Found)
    assert (item.record.title, item.record.authors, item.record.note) == ("AB", ("CD",), "I\nJ\nK")
    assert item.digest == DigestRecord("EF", None, "GH")
    [item] = readers()["jsonl"].read(document(b'{"title": "x", "doi": "\\u0000"}'))
    assert isinstance(item, Unreadable)
    assert "\0" not in item.reason


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Ada Author", ["Ada Author"]),
        ("A. Author, B. Bystander and C. Companion", ["A. Author", "B. Bystander", "C. Companion"]),
        ("A. Author,\n  B. Bystander, and C. Companion", ["A. Author", "B. Bystander", "C. Companion"]),
        ("A. Author & B. Bystander", ["A. Author", "B. Bystander"]),
        ("Author, Ada; Bystander, Ben", ["Ada Author", "Ben Bystander"]),
        ("Author, A., van Bystander, B.-C. and Companion, D.", ["A. Author", "B.-C. van Bystander", "D. Companion"]),
        ("A. Author, Jr., B. Bystander III, Companion, II", ["A. Author, Jr.", "B. Bystander III", "Companion, II"]),
        ("Roland Andersson, Sandy", ["Roland Andersson", "Sandy"]),
        ("A. Author" + " " * 300_000 + "Junior", ["A. Author Junior"]),
        (" , ; ", []),
    ],
)
def test_names_in_a_sentence_are_told_apart(text: str, together: list[str]) -> None:
    [item] = readers()["jsonl"].read(document(msgspec.json.encode({"title": "A title", "authors": text})))
    assert isinstance(item, Found)
    assert list(item.record.authors) == together


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
WORDS = TEXTS.filter(lambda text: not flaw(PaperRecord(title=text)))
PRECISIONS: Sequence[Precision] = ("day", "month", "year")
DATES = st.none() | st.builds(
    PartialDate.of, st.dates(dt.date(1400, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(PRECISIONS)
)
NAMES = {
    "arxiv": st.from_regex(r"2[0-5](0[1-9]|1[0-2])\.[0-9]{5}", fullmatch=True),
    "doi": st.from_regex(r"10\.[0-9]{4}/[a-z0-9()<>.-]{0,9}[a-z0-9]", fullmatch=True).filter(
        lambda text: identified(text)["identifiers"] == (Identifier("doi", text),)
    ),
    "pmid": st.from_regex(r"[1-9][0-9]{0,7}", fullmatch=True),
    "openreview": st.from_regex(r"[A-Za-z0-9_-]{1,10}", fullmatch=True),
}
IDENTIFIERS = st.lists(
    st.one_of(*(st.builds(Identifier, st.just(scheme), values) for scheme, values in NAMES.items())), max_size=4
).map(lambda identifiers: tuple(sorted(set(identifiers))))
LINKS = st.dictionaries(TEXTS, st.lists(TEXTS, min_size=1, max_size=3, unique=True), max_size=2).map(
    lambda named: tuple(Link(what, url) for what, urls in named.items() for url in urls)
)


@st.composite
def library_papers(draw: st.DrawFn) -> LibraryPaper:
    names = draw(IDENTIFIERS)
    record = PaperRecord(
        title=draw(WORDS),
        other_titles=tuple(draw(st.lists(WORDS, max_size=2))),
        abstract=draw(TEXTS),
        snippet=draw(TEXTS),
        authors=tuple(draw(st.lists(WORDS, max_size=3))),
        identifiers=names,
        arxiv_version=draw(st.none() | st.integers(1, 99)) if any(name.scheme == "arxiv" for name in names) else None,
        published=draw(DATES),
        venue=draw(TEXTS),
        tags=tuple(draw(st.lists(WORDS, max_size=3, unique=True))),
        links=draw(LINKS),
    )
    digests = st.builds(DigestRecord, TEXTS, DATES, TEXTS)
    listings = st.lists(st.builds(Listing, digests, st.integers(1, 2**31 - 1), TEXTS), min_size=1, max_size=3)
    return LibraryPaper("key", record, draw(listings))


@pytest.mark.parametrize("name", writers())
@given(papers=st.lists(library_papers(), max_size=3))
def test_what_is_written_is_read_back_equal(name: str, papers: list[LibraryPaper]) -> None:
    written = "".join(writers()[name].write(papers))
    expected = [
        Found(msgspec.structs.replace(paper.record, note=listing.note), listing.place, line, listing.digest)
        for line, paper in enumerate(papers, 1)
        for listing in paper.listings
    ]
    assert (list(readers()[name].read(document(written.encode()))) if papers else []) == expected
