"""PubMed XML: articles and books, with what people and librarians say of them."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, PaperRecord, Unreadable

READER = readers()["pubmed-xml"]


def document(text: str) -> Document:
    return Document("pubmed.xml", lambda: io.BytesIO(text.encode()))


def article(within: str, beside: str = "", data: str = "") -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>{within}</Article>{beside}</MedlineCitation>"
        f"<PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def only(within: str, beside: str = "", data: str = "") -> PaperRecord:
    text = article(f"<ArticleTitle>A title.</ArticleTitle>{within}", beside, data)
    [item] = READER.read(document(f"<PubmedArticleSet>{text}</PubmedArticleSet>"))
    assert isinstance(item, Found)
    return item.record


def titled(title: str) -> PaperRecord:
    [item] = READER.read(document(article(title)))
    assert isinstance(item, Found)
    return item.record


def names(record: PaperRecord) -> list[str]:
    return [str(each) for each in record.identifiers]


def test_a_set_is_a_bibliography_that_nobody_sent() -> None:
    text = article("<ArticleTitle>One.</ArticleTitle>") + article("<ArticleTitle>Two.</ArticleTitle>")
    found = list(READER.read(document(f"<PubmedArticleSet>{text}</PubmedArticleSet>")))
    assert [(item.record.title, item.place) for item in found if isinstance(item, Found)] == [("One.", 1), ("Two.", 2)]
    assert {item.digest for item in found} == {DigestRecord()}


@pytest.mark.parametrize("text", ["<PubmedArticleSet></PubmedArticleSet>", "<?xml version='1.0'?><PubmedArticleSet/>"])
def test_an_empty_set_holds_nothing(text: str) -> None:
    assert recognise(document(text))[0] == READER
    assert list(READER.read(document(text))) == []


def test_medline_wrote_citations_without_articles_around_them() -> None:
    text = article("<ArticleTitle>One.</ArticleTitle>").partition("<MedlineCitation>")[2].partition("<PubmedData>")[0]
    [item] = READER.read(document(f"<MedlineCitationSet><MedlineCitation>{text}</MedlineCitationSet>"))
    assert isinstance(item, Found)
    assert (item.record.title, names(item.record)) == ("One.", ["pmid:1"])


@pytest.mark.parametrize(
    ("written", "title", "others"),
    [
        ("<ArticleTitle>Plain.</ArticleTitle>", "Plain.", ()),
        ("<ArticleTitle>Of <i>E. inventa</i>.</ArticleTitle>", r"Of \emph{E. inventa}.", ()),
        ("<ArticleTitle>CO<sub>2</sub> and 10<sup>6</sup>.</ArticleTitle>", "CO$_{2}$ and 10$^{6}$.", ()),
        (
            '<ArticleTitle>Of <m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>x</m:mi></m:math>.</ArticleTitle>',
            "Of x.",
            (),
        ),
        ("<ArticleTitle>Salt &amp; caf&eacute;.</ArticleTitle>", "Salt & café.", ()),
        (
            "<ArticleTitle>[Of light].</ArticleTitle><VernacularTitle>Vom Licht.</VernacularTitle>",
            "[Of light].",
            ("Vom Licht.",),
        ),
        ("<VernacularTitle>Vom Licht.</VernacularTitle>", "Vom Licht.", ()),
        ("<ArticleTitle/><VernacularTitle>Vom Licht.</VernacularTitle>", "Vom Licht.", ()),
        (
            "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Vom Licht.</VernacularTitle>",
            "Vom Licht.",
            (),
        ),
    ],
)
def test_a_title_may_have_markup_and_stand_in_another_language(written: str, title: str, others: tuple[str]) -> None:
    record = titled(written)
    assert (record.title, record.other_titles) == (title, others)


@pytest.mark.parametrize(
    "written", ["", "<ArticleTitle> </ArticleTitle>", "<ArticleTitle>[Not Available].</ArticleTitle>"]
)
def test_an_article_without_a_title_is_told_of(written: str) -> None:
    [item] = READER.read(document(article(written)))
    assert isinstance(item, Unreadable)
    assert item.reason == "the title is empty"
    assert item.text == article(written)


def test_a_structured_abstract_keeps_its_labels() -> None:
    parts = '<AbstractText Label="AIM">To <b>see</b>.</AbstractText><AbstractText>Seen.</AbstractText><AbstractText/>'
    assert only(f"<Abstract>{parts}</Abstract>").abstract == "AIM: To \\textbf{see}.\n\nSeen."


def test_a_label_that_says_that_there_is_none_is_left_out() -> None:
    assert only('<Abstract><AbstractText Label="UNLABELLED">Seen.</AbstractText></Abstract>').abstract == "Seen."


def test_an_abstract_in_another_language_is_better_than_none() -> None:
    other = '<OtherAbstract Language="ger"><AbstractText>Kurz.</AbstractText></OtherAbstract>'
    assert only("", other).abstract == "Kurz."
    assert only("<Abstract><AbstractText>Short.</AbstractText></Abstract>", other).abstract == "Short."


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("<LastName>Author</LastName><ForeName>Ada B</ForeName><Initials>AB</Initials>", ("Ada B Author",)),
        ("<LastName>Author</LastName><Initials>AB</Initials>", ("AB Author",)),
        ("<LastName>Author</LastName><FirstName>Ada</FirstName><Suffix>Jr</Suffix>", ("Ada Author Jr",)),
        ("<LastName>Author</LastName>", ("Author",)),
        ("<CollectiveName>Study Group</CollectiveName>", ("Study Group",)),
        ("<AffiliationInfo/>", ()),
    ],
)
def test_authors_are_people_and_groups(author: str, written: tuple[str, ...]) -> None:
    assert only(f"<AuthorList><Author>{author}</Author></AuthorList>").authors == written


def test_a_name_that_was_withdrawn_is_none() -> None:
    authors = [
        f'<Author ValidYN="{valid}"><LastName>{name}</LastName></Author>'
        for valid, name in [("N", "Old"), ("Y", "New")]
    ]
    assert only(f"<AuthorList>{''.join(authors)}</AuthorList>").authors == ("New",)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("<Year>2019</Year><Month>Sep</Month><Day>01</Day>", PartialDate(2019, 9, 1)),
        ("<Year>2019</Year><Month>09</Month>", PartialDate(2019, 9)),
        ("<Year>2019</Year>", PartialDate(2019)),
        ("<Year>2019</Year><Season>Spring</Season>", PartialDate(2019)),
        ("<Year>2019</Year><Month>13</Month>", PartialDate(2019)),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", PartialDate(1998, 12)),
        ("<MedlineDate>2000 Nov-Dec</MedlineDate>", PartialDate(2000, 11)),
        ("<MedlineDate>2000 Nov 5-12</MedlineDate>", PartialDate(2000, 11, 5)),
        ("<MedlineDate>1999 Spring</MedlineDate>", PartialDate(1999)),
        ("<MedlineDate>Spring 1999</MedlineDate>", PartialDate(1999)),
        ("<MedlineDate>1978-1979</MedlineDate>", PartialDate(1978)),
        ("", None),
    ],
)
def test_a_date_is_as_exact_as_it_is_said_and_a_time_begins(date: str, published: PartialDate | None) -> None:
    issue = f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"
    assert only(issue).published == published


def test_where_the_issue_has_no_date_the_article_may() -> None:
    assert only("<ArticleDate><Year>2019</Year><Month>9</Month><Day>1</Day></ArticleDate>").published == (2019, 9, 1)


def test_what_an_article_cites_does_not_identify_it() -> None:
    ids = '<ArticleIdList><ArticleId IdType="doi">10.5555/{}</ArticleId></ArticleIdList>'
    cited = f"<ReferenceList><Reference>{ids.format('cited')}</Reference></ReferenceList>"
    assert names(only("", data=ids.format("own") + cited)) == ["pmid:1", "doi:10.5555/own"]


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ('<ELocationID EIdType="doi" ValidYN="Y">10.5555/Own</ELocationID>', ["pmid:1", "doi:10.5555/own"]),
        ('<ELocationID EIdType="doi" ValidYN="N">10.5555/Own</ELocationID>', ["pmid:1"]),
        ('<ELocationID EIdType="pii">S0000-0001</ELocationID>', ["pmid:1"]),
        ('<ELocationID EIdType="pii">arXiv:2503.00001v2</ELocationID>', ["pmid:1", "arxiv:2503.00001"]),
    ],
)
def test_the_doi_may_stand_in_the_place_of_pages(location: str, found: list[str]) -> None:
    assert names(only(location)) == found


def test_the_doi_of_a_book_or_chapter_stands_in_the_book() -> None:
    located = '<ELocationID EIdType="doi" ValidYN="Y">10.5555/lamps</ELocationID>'
    book = f"<Book><BookTitle>Lamps</BookTitle>{located}</Book>"
    [item] = READER.read(document(f"<PubmedBookArticle><BookDocument>{book}</BookDocument></PubmedBookArticle>"))
    assert isinstance(item, Found)
    assert names(item.record) == ["doi:10.5555/lamps"]


def test_keywords_and_headings_are_tags_each_once() -> None:
    heading = "<MeshHeading><DescriptorName>{}</DescriptorName><QualifierName>history</QualifierName></MeshHeading>"
    mesh = f"<MeshHeadingList>{heading.format('Light')}{heading.format('Humans')}</MeshHeadingList>"
    words = "<KeywordList><Keyword>dusk</Keyword><Keyword>Light</Keyword></KeywordList>"
    assert only("", mesh + words).tags == ("dusk", "Light", "Humans")


@pytest.mark.parametrize(
    ("journal", "beside", "venue"),
    [
        ("<Title>Journal of dusk</Title><ISOAbbreviation>J Dusk</ISOAbbreviation>", "", "Journal of dusk"),
        ("<ISOAbbreviation>J Dusk</ISOAbbreviation>", "", "J Dusk"),
        ("", "<MedlineJournalInfo><MedlineTA>J Dusk</MedlineTA></MedlineJournalInfo>", "J Dusk"),
    ],
)
def test_the_venue_is_the_journal_by_its_fullest_name(journal: str, beside: str, venue: str) -> None:
    assert only(f"<Journal>{journal}</Journal>", beside).venue == venue


BOOK = "<Book><BookTitle>Handbook</BookTitle><PubDate><Year>2009</Year></PubDate>{}</Book>"
WRITERS = '<AuthorList Type="{}"><Author><LastName>Author</LastName></Author></AuthorList>'


@pytest.mark.parametrize(
    ("book", "title", "venue", "authors"),
    [
        (BOOK.format(WRITERS.format("authors")), "Handbook", "", ("Author",)),
        (BOOK.format(WRITERS.format("editors")), "Handbook", "", ()),
        (
            BOOK.format("") + "<ArticleTitle>Wicks</ArticleTitle>" + WRITERS.format("authors"),
            "Wicks",
            "Handbook",
            ("Author",),
        ),
    ],
)
def test_a_book_is_itself_or_one_of_its_chapters(book: str, title: str, venue: str, authors: tuple[str, ...]) -> None:
    text = f"<PubmedBookArticle><BookDocument><PMID>7</PMID>{book}</BookDocument></PubmedBookArticle>"
    [item] = READER.read(document(text))
    assert isinstance(item, Found)
    record = item.record
    assert (record.title, record.venue, record.authors) == (title, venue, authors)
    assert (record.published, names(record)) == (PartialDate(2009), ["pmid:7"])
