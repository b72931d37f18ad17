"""A piece of a file is read alone as it is read in its place."""

from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.dates import DayOfYear, PartialDate
from papers.formats import Reader, readers, record
from papers.formats.document import UnreadableFile
from papers.formats.record import DigestRecord, Found, Unreadable

from .mended import MENDED, mended
from .test_contract import assert_sound, document, each_reader, sample


def mended_in_place(text: str, piece: Unreadable, new: str, line: str) -> str:
    """The file with the piece mended where it stands; what stands above it there is not said again."""
    above = piece.text.index(line)
    below = len(piece.text.partition(line)[2]) if above else 0
    return text.replace(piece.text[above : len(piece.text) - below], new[above : len(new) - below], 1)


@each_reader
def test_each_piece_of_a_file_is_read_alone_as_in_its_place(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(reader.read(document(sample(reader, "good"))))
    with monkeypatch.context() as patched:
        patched.setattr(record, "LONGEST_PAPER", 0)
        pieces = list(reader.read(document(sample(reader, "good"))))
    found: list[Found | Unreadable] = []
    for piece in pieces:
        assert isinstance(piece, Unreadable)
        assert piece.reason == "longer than 0 characters, which is no paper but a book"
        alone = reader.reread(piece.text, piece.place, piece.digest)
        found += [item._replace(line=piece.line) for item in alone]
    assert found == whole


@each_reader
def test_each_broken_piece_can_be_mended_and_is_then_read_alone(reader: Reader) -> None:
    items = list(reader.read(document(sample(reader, "broken"))))
    pieces = [item for item in items if isinstance(item, Unreadable)]
    assert len(pieces) == len(MENDED[reader.name])
    sound = next(item for item in items if isinstance(item, Found))
    for piece in pieces:
        [still] = reader.reread(piece.text, piece.place, piece.digest)
        assert isinstance(still, Unreadable)
        found = list(reader.reread(mended(reader.name, piece.text), piece.place, piece.digest))
        assert found
        for item, place in zip(found, count(piece.place)):
            assert isinstance(item, Found)
            assert (item.place, item.digest) == (place, sound.digest)


@each_reader
def test_mended_in_the_file_they_are_what_they_are_alone(reader: Reader) -> None:
    text = sample(reader, "broken").decode()
    lines = text.split("\n")
    alone: list[Found | Unreadable] = []
    for item in reader.read(document(text.encode())):
        if isinstance(item, Unreadable):
            new = mended(reader.name, item.text)
            alone += reader.reread(new, item.place, item.digest)
            if "Before all" not in item.text:
                line = lines[item.line - 1].strip()
                text = mended_in_place(text, item, new, line if line in item.text else line.strip(" ,"))
        else:
            alone.append(item)
    in_file = list(reader.read(document(text.encode())))
    records = [item.record for item in alone if isinstance(item, Found)]
    assert [item.record for item in in_file if isinstance(item, Found)] == [
        each for each in records if each.title != "Somebody's"
    ]


TEXTS = (
    st.text(max_size=200)
    | st.sampled_from([new for each in MENDED.values() for new in each.values()])
    | st.lists(st.sampled_from(["#", "\n", "{", '"title":', '"a"', "}", "https://arxiv.org/abs/2503.00001", "x"])).map(
        "".join
    )
)


@each_reader
@given(text=TEXTS, place=st.integers(1, 9))
@example(text="%PDF-1.4", place=1)
@example(text="\ufeff\ud800", place=1)
@example(text="\x1f\x8b", place=1)
def test_any_text_is_read_alone_or_refused_in_words(reader: Reader, text: str, place: int) -> None:
    try:
        items = list(reader.reread(text, place, DigestRecord("Weekly")))
    except UnreadableFile as error:
        refusal = str(error)
    else:
        refusal = "it was read"
        assert_sound(items)
    assert refusal


def test_what_a_piece_says_of_its_digest_itself_is_believed_and_the_file_says_the_rest() -> None:
    told = DigestRecord("Weekly", DayOfYear(3, 11), "Issue 9")
    [item] = readers()["jsonl"].reread('{"title": "A", "digest_date": "2024-02"}', 7, told)
    assert isinstance(item, Found)
    assert (item.place, item.digest) == (7, DigestRecord("Weekly", PartialDate(2024, 2), "Issue 9"))


def test_a_paper_s_parts_below_deeper_headings_belong_to_its_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "## [One](https://arxiv.org/abs/2503.00001)\n\n### Summary\n\nA must.\n\n## [Two](https://arxiv.org/abs/2503.00002)"
    monkeypatch.setattr(record, "LONGEST_PAPER", 0)
    first, _ = readers()["markdown-list"].read(document(text.encode()))
    assert isinstance(first, Unreadable)
    assert first.text == text.partition("\n\n## [Two")[0]
