"""A piece of a file is read alone as it is read in its place."""

from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.dates import DayOfYear, PartialDate
from papers.formats import Reader, readers, record
from papers.formats.document import UnreadableFile
from papers.formats.record import DigestRecord, Found, Unreadable

from .test_contract import assert_sound, document, each_reader, sample

#: Behind the beginning of each unreadable piece of the broken samples, what it is mended to.
MENDED = {
    "arxiv-metadata": {
        '{"id":"2503.00002"': '{"id":"2503.00002","title":"With a title","abstract":"  A paper without a title.\\n"}',
        '{"id":"2503.00003"': '{"id":"2503.00003","title":"A list"}',
        '{"id":"2503.00004"': '{"id":"2503.00004","title":"A line that goes on"}',
    },
    "csl-json": {
        '{\n    "type": "article-journal"': '{"title": "With a title", "DOI": "10.1000/untitled"}',
        '{\n    "type": "book"': '{"title": "A quote is found", "issued": {"date-parts": [[2025]]}}',
        '{\n    "type": "chapter"': '{"title": "Words"}',
    },
    "csv": {
        "title,authors,abstract,year\n,Ben": "title,authors,abstract,year\nWith one,Ben Bystander,A title.,2025",
        "title,authors,abstract,year\nOne": 'title,authors,abstract,year\nOne less,Cleo,"A comma, quoted",2025',
        'title,authors,abstract,year\n"Never': "title,authors,abstract,year\nClosed,Ada Author,It ends,2025",
        'title,authors,abstract,year\n"At': "title,authors,abstract,year\nAt the end,Ada Author,It ends,2025",
    },
    "hf-page": {
        "An abstract whose title": "A Title Found Again\n\n{}",
        "A Title That Lost": "{}\n\nIts abstract, which was found behind the sofa.",
        "A Title at the Very End": "{}\n\nIts abstract, which stood on the next page.",
    },
    "jsonl": {
        '{"title": "A line that breaks': '{"title": "A line that goes on"}',
        '{"abstract"': '{"title": "With a title", "abstract": "A line without a title."}',
        '{"title": "   "}': '{"title": "Words"}',
        '{"title": "An identifier': '{"title": "An identifier that is one", "arxiv_id": "2503.00009"}',
        '{"title": "A date': '{"title": "A date that is one", "published": "2025-03-04"}',
        '{"title": ["A list"]}': '{"title": "A list"}',
        '["no"': '{"title": "An object"}',
        "no JSON": '{"title": "no JSON at all"}',
    },
    "json-list": {
        '{\n      "summary"': '{"title": "With a title", "summary": "A paper without a title."}',
        '{\n      "id"': '{"id": "2503.00003", "title": "A comma is found", "summary": "Between."}',
        '{\n      "title"': '{"title": "Words", "summary": "A title of nothing."}',
    },
    "markdown-list": {
        "Before all": "## Somebody's\n\n{}",
        "## A Heading": "{}\n\nhttps://arxiv.org/abs/2503.00009",
        "## Too many": "## This\n\nhttps://arxiv.org/abs/2503.00002\n\n## That\n\nhttps://arxiv.org/abs/2503.00003",
    },
}


def mended(reader: Reader, piece: Unreadable) -> str:
    [new] = (new for start, new in MENDED[reader.name].items() if piece.text.startswith(start))
    return new.replace("{}", piece.text)


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
        found = list(reader.reread(mended(reader, piece), piece.place, piece.digest))
        assert found
        for item, place in zip(found, count(piece.place)):
            assert isinstance(item, Found)
            assert (item.place, item.digest) == (place, sound.digest)


def as_in_file(piece: str, text: str) -> str:
    """A piece as it stands in the file: of a table without the header that goes with each of its rows."""
    header, newline, rows = piece.partition("\n")
    return rows if newline and piece not in text and text.startswith(header) else piece


@each_reader
def test_mended_in_the_file_they_are_what_they_are_alone(reader: Reader) -> None:
    text = sample(reader, "broken").decode()
    alone: list[Found | Unreadable] = []
    for item in reader.read(document(text.encode())):
        if isinstance(item, Unreadable):
            new = mended(reader, item)
            alone += reader.reread(new, item.place, item.digest)
            if not item.text.startswith("Before all"):
                text = text.replace(as_in_file(item.text, text), as_in_file(new, text), 1)
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
