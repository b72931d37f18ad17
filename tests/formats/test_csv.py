"""Tables with a paper a row, as spreadsheets, reference managers and databases of literature export them."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import Found, Link, PaperRecord, Unreadable


def document(text: str, encoding: str = "utf-8") -> Document:
    return Document("table.csv", lambda: io.BytesIO(text.encode(encoding)))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["csv"].read(document(text)))


def records(text: str) -> list[PaperRecord]:
    items = read(text)
    assert all(isinstance(item, Found) for item in items)
    return [item.record for item in items if isinstance(item, Found)]


@pytest.mark.parametrize(
    "text",
    [
        "title,abstract\nA,B\n",
        "Title;Authors;DOI\nA;B;\n",
        "Article Title\tAuthor Full Names\tDOI\nA\tB\t\n",
        '"Key","Item Type","Author","Title"\n"K","book","B","A"\n',
        "sep=;\nTitle;Year\nA;2025\n",
        "Search of 4 March\n\nTITLE,YEAR\nA,2025\n",
    ],
)
def test_it_is_known_by_a_header_with_a_column_for_the_title(text: str) -> None:
    assert recognise(document(text))[0].name == "csv"
    [record] = records(text)
    assert record.title == "A"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_spreadsheets_write_it_in_encodings_of_their_own(encoding: str) -> None:
    text = "Title;Year;Journal\r\nTea with Café Crème;2025;Thé\r\n"
    reader, table = recognise(document(text, encoding))
    [item] = reader.read(table)
    assert isinstance(item, Found)
    assert (item.record.title, item.record.venue) == ("Tea with Café Crème", "Thé")


@pytest.mark.parametrize(
    "text",
    ["|Publish Date|Title|\n|---|---|\n", "Title of nothing, with commas, and more\n\nText.", "@book{a, title = 1}"],
)
def test_other_texts_are_not_known(text: str) -> None:
    assert readers()["csv"].recognise(document(text)) == 0


def test_a_table_without_a_column_for_the_title_is_refused_with_how_to_mend_it() -> None:
    table = document("authors,abstract,year,url,keywords\nA,B,2025,,\n")
    reader, _ = recognise(table)
    with pytest.raises(UnreadableFile, match="without a column called Title: name the columns in its first row"):
        list(reader.read(table))


def test_cells_may_hold_lines_separators_and_quotes() -> None:
    text = 'title,abstract,year\n"A, ""B""","One\n\ntwo",2025\nC,D,2024\n'
    first, second = read(text)
    assert isinstance(first, Found)
    assert (first.record.title, first.record.abstract) == ('A, "B"', "One\n\ntwo")
    assert (first.line, first.place, second.line, second.place) == (2, 1, 5, 2)


def test_what_looks_like_a_formula_is_text() -> None:
    [record] = records("title,abstract\n=1+1,-cmd|x\n")
    assert (record.title, record.abstract) == ("=1+1", "-cmd|x")


def test_empty_rows_and_the_header_again_are_nothing() -> None:
    assert [record.title for record in records("title,year\n,\n\nA,2025\ntitle,year\nB,2024\n ,\n")] == ["A", "B"]


def test_trailing_cells_may_be_missing_or_empty() -> None:
    assert [record.title for record in records("title,abstract,year\nA\nB,,,,\n")] == ["A", "B"]


def test_of_columns_of_one_name_the_first_with_a_value_counts() -> None:
    [record] = records("Title,DOI,DOI\nA,,10.1000/a\n")
    assert list(map(str, record.identifiers)) == ["doi:10.1000/a"]


@pytest.mark.parametrize(
    ("table", "authors", "venue", "published"),
    [
        (
            "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,DOI\n"
            '17,A,"Author A, de Bystander BC.",x,Author A,J Tea,2025,',
            ("Author A", "de Bystander BC."),
            "J Tea",
            PartialDate(2025),
        ),
        (
            "Authors,Author full names,Author(s) ID,Title,Year,Source title,Link,Source\n"
            'Author A.; Bystander B.,"Author, Ada (5); Bystander, Ben (6)",5; 6,A,2025,J Tea,https://x.example,Scopus',
            ("Ada Author", "Ben Bystander"),
            "J Tea",
            PartialDate(2025),
        ),
        (
            '"Key","Publication Year","Author","Title","Publication Title","Date"\n'
            '"K","2025","Author, Ada","A","J Tea","2025-03-04"',
            ("Ada Author",),
            "J Tea",
            PartialDate(2025, 3, 4),
        ),
        (
            "title;first_authors;publication_year;journal\nA;['Author, Ada', 'Bystander, Ben'];2025//;J Tea",
            ("Ada Author", "Ben Bystander"),
            "J Tea",
            PartialDate(2025),
        ),
    ],
    ids=["PubMed", "Scopus", "Zotero", "ASReview"],
)
def test_the_columns_of_well_known_exports_are_known(
    table: str, authors: tuple[str, ...], venue: str, published: PartialDate
) -> None:
    [record] = records(table)
    assert (record.title, record.authors, record.venue, record.published) == ("A", authors, venue, published)


def test_what_an_editor_says_stands_beside_the_abstract() -> None:
    [record] = records("Title,Description,PaperURL,Abstract\nA,a must,https://arxiv.org/abs/2503.01234,We listen.\n")
    assert (record.note, record.abstract) == ("a must", "We listen.")
    assert list(map(str, record.identifiers)) == ["arxiv:2503.01234"]


@pytest.mark.parametrize(
    ("rows", "pieces", "sound"),
    [
        (",no title\nB,x", [",no title"], ["B"]),
        ("A,b,c\nB,x", ["A,b,c"], ["B"]),
        ('"A,b\n"B","x"', ['"A,b'], ["B"]),
        ('"A,b\nmore\n"B","x\ny"\nC,z', ['"A,b\nmore'], ["B", "C"]),
        ('A,x\n"B,y', ['"B,y'], ["A"]),
        ('A,"' + "x" * 200_000 + '"\nB,x', ['A,"' + "x" * 99_982], ["B"]),
    ],
)
def test_a_row_that_cannot_be_read_goes_with_the_header_and_the_next_is_read(
    rows: str, pieces: list[str], sound: list[str]
) -> None:
    items = read(f"title,abstract\n{rows}\n")
    unreadable = [item for item in items if isinstance(item, Unreadable)]
    assert [item.text for item in unreadable] == [f"title,abstract\n{piece}" for piece in pieces]
    assert [item.record.title for item in items if isinstance(item, Found)] == sound
    assert [item.place for item in items] == list(range(1, len(items) + 1))


def test_quotes_within_quotes_are_taken_as_they_are_meant() -> None:
    [record] = records('title,abstract\n"The "slow" kettle",x\n')
    assert "slow" in record.title
    assert record.abstract == "x"


def test_a_row_without_an_end_does_not_fill_the_machine() -> None:
    rows = 'A,"x"\n' + 'B,"' + "xx\n" * 100_000
    sound, broken = read(f"title,abstract\n{rows}")
    assert isinstance(sound, Found)
    assert isinstance(broken, Unreadable)
    assert len(broken.text) == 100_000


def test_a_column_of_posts_gives_links_to_them() -> None:
    [record] = records("Title,PaperURL,TweetURL\nA,https://arxiv.org/abs/2503.01234,https://x.com/ada/status/1?s=20\n")
    assert record.links == (Link("post", "https://x.com/ada/status/1?s=20"),)
