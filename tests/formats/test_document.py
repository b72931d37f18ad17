"""A file as text: its encoding, its lines, and what is said of a file that is no text."""

import gzip
import io
import random
import zlib
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import recognise
from papers.formats.document import LONGEST_LINE, LONGEST_TEXT, Document, Line, UnreadableFile

TEXT = "Übergröße: naïve café — “quoted”, 10 €, Mikołaj\nsecond line\n"
LATIN = "Übergröße: naïve café, Ångström; a few accents among plain letters\nsecond line\n"
RANDOM = random.Random(11).randbytes(100_000)
CHINESE = "电影制作需要复杂的决策过程，包括剧本创作、虚拟摄影以及精确的演员定位和动作。\n第二行\n"


def document(content: bytes) -> Document:
    return Document("digest", lambda: io.BytesIO(content))


def refusal(content: bytes) -> str:
    """What is said of a file however it is looked at; nothing where any way works."""
    said = set()
    for look in (
        lambda: document(content).head,
        lambda: document(content).text(),
        lambda: list(document(content).lines()),
    ):
        with pytest.raises(UnreadableFile) as error:
            look()
        said.add(str(error.value))
    [reason] = said
    return reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unicode_is_read_in_every_form_with_and_without_its_mark(encoding: str, end: str) -> None:
    content = TEXT.replace("\n", end).encode(encoding)
    assert document(content).text() == TEXT
    assert document(content).head == TEXT
    assert list(document(content).lines()) == [Line(1, TEXT.splitlines()[0], True), Line(2, "second line", True)]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_the_mark_of_utf_16_says_which_it_is(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert document(mark + CHINESE.encode(encoding)).text() == CHINESE


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 5_000])
def test_latin_text_of_another_age_keeps_its_accents(encoding: str, times: int) -> None:
    assert document((LATIN * times).encode(encoding)).text() == LATIN * times


def test_the_typographic_signs_of_windows_are_read_as_what_they_are() -> None:
    assert document("It’s a “test” – 10 €".encode("cp1252")).text() == "It’s a “test” – 10 €"


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312"])
def test_chinese_text_of_another_age_is_read(encoding: str) -> None:
    text = "# FilmAgent\n\n" + CHINESE * 20
    assert document(text.encode(encoding)).text() == text


def test_rare_chinese_letters_are_read_too() -> None:
    text = CHINESE * 5 + "㐀𠀀"
    assert document(text.encode("gb18030")).text() == text


def test_an_accent_far_down_in_a_file_counts_too() -> None:
    content = b"plain text\n" * 20_000 + "naïve".encode("cp1252")
    assert document(content).text().endswith("naïve")


@pytest.mark.parametrize("damage", [b"\xc3", b"\xe2\x80", b"\xff and so on"])
def test_a_few_bad_bytes_do_not_spoil_the_rest_of_a_file(damage: bytes) -> None:
    text = document(TEXT.encode() * 100 + damage).text()
    assert text.startswith(TEXT * 100)
    assert text.count("\N{REPLACEMENT CHARACTER}") == 1


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\x1f\ufeff"), min_size=1).filter(str.strip)
)
def test_any_text_in_utf_8_comes_out_as_it_went_in(text: str) -> None:
    letter = "a"  # so that nothing looks like a picture or an archive
    assert document((letter + text).encode()).text() == letter + text
    assert "\n".join(line.text for line in document((letter + text).encode()).lines()) == (letter + text).removesuffix(
        "\n"
    )


def test_a_gzip_file_is_read_as_what_is_in_it() -> None:
    content = gzip.compress(TEXT.encode())
    assert document(content).text() == TEXT
    assert document(content + content).text() == TEXT * 2
    assert document(gzip.compress(TEXT.encode("utf-16"))).text() == TEXT


def test_a_gzip_file_on_disk_is_closed_behind_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "digest.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    opened: list[IO[bytes]] = []

    def opened_again() -> IO[bytes]:
        opened.append(path.open("rb"))
        return opened[-1]

    digest = Document("digest.gz", opened_again)
    assert digest.head == "".join(f"{line.text}\n" for line in digest.lines())
    assert all(stream.closed for stream in opened)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("cut", [2, 5, 12, -4, -5_000])
def test_a_damaged_gzip_file_is_refused(encoding: str, cut: int) -> None:
    text = "é " + RANDOM.hex()  # too much to be found out by its head
    assert "a damaged gzip file" in refusal_of_whole(gzip.compress(text.encode(encoding))[:cut])


def test_a_gzip_file_with_wrong_bytes_in_it_is_refused() -> None:
    content = bytearray(gzip.compress(RANDOM.hex().encode("utf-8-sig")))
    content[60_000] ^= 0xFF
    assert "a damaged gzip file" in refusal_of_whole(bytes(content))
    assert "a damaged gzip file" in refusal_of_whole(b"\x1f\x8b but no gzip file at all")


def refusal_of_whole(content: bytes) -> str:
    """What is said when all of a file is read."""
    with pytest.raises(UnreadableFile) as error:
        list(document(content).lines())
    with pytest.raises(UnreadableFile):
        document(content).text()
    return str(error.value)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(b" \n" * 500_000) for _ in range(150)) + packer.flush()
    assert len(bomb) < 1_000_000
    assert "unpacks to more than 200 times its size" in refusal(bomb)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("blank", ["", "\n", " \r\n\t\n"])
def test_an_empty_file_is_called_empty(encoding: str, blank: str) -> None:
    assert refusal(blank.encode(encoding)).startswith("empty")
    assert refusal(gzip.compress(blank.encode(encoding))).startswith("empty")


def test_a_text_that_begins_far_down_is_not_empty() -> None:
    assert document(b"\n" * 100_000 + b"text").text().strip() == "text"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 and so on", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0JFIF", "picture"),
        (b"PK\x03\x04", "zip archive"),
        (b"SQLite format 3\0", "database"),
        (bytes(100), "zero bytes"),
        (bytes(range(256)) * 4, "zero bytes"),
        (TEXT.encode("utf-32-le"), "zero bytes"),
        (bytes(range(1, 256)) * 300, "not text"),
        (gzip.compress(gzip.compress(b"text", mtime=0), mtime=0), "zero bytes"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_a_file_named_like_a_picture_may_be_a_text() -> None:
    assert Document("page.png", lambda: io.BytesIO(TEXT.encode())).text() == TEXT


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_line_of_the_greatest_length_is_whole(end: str) -> None:
    content = ("x" * LONGEST_LINE + end).encode()
    assert list(document(content).lines()) == [Line(1, "x" * LONGEST_LINE, True)]


def test_of_a_line_that_is_too_long_the_beginning_is_given_and_the_next_is_whole() -> None:
    first, second = document(b"x" * (3 * LONGEST_LINE + 7) + b"\nnext\n").lines()
    assert first.text.startswith("x" * LONGEST_LINE)
    assert len(first.text) <= LONGEST_LINE + 1
    assert not first.whole
    assert second == Line(2, "next", True)


def test_a_text_that_is_too_long_to_read_whole_is_refused() -> None:
    assert len(document(b"x" * LONGEST_TEXT).text()) == LONGEST_TEXT
    with pytest.raises(UnreadableFile, match="too long"):
        document(b"x" * (LONGEST_TEXT + 1)).text()


def test_the_head_is_the_beginning() -> None:
    assert TEXT.startswith(document(TEXT.encode()).head)
    assert (TEXT * 10_000).startswith(document(TEXT.encode() * 10_000).head)
    assert 10_000 < len(document(TEXT.encode() * 10_000).head) < 100_000


def test_what_is_in_no_known_format_is_told_where_they_are_listed() -> None:
    with pytest.raises(UnreadableFile, match=r"no format .* docs/formats\.md"):
        recognise(document(b"Dear all, nothing new this week."))
