"""Zotero RDF: items with what they stand in, and the collections that they are in."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise, record
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable

READER = readers()["zotero-rdf"]
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def document(text: str) -> Document:
    return Document("library.rdf", lambda: io.BytesIO(text.encode()))


def library(*elements: str) -> str:
    spaces = "".join(f' xmlns:{prefix}="{url}"' for prefix, url in SPACES.items())
    return f"<rdf:RDF{spaces}>{''.join(elements)}</rdf:RDF>"


def article(within: str = "", title: str = "A title", about: str = "#item_1") -> str:
    kind = "<z:itemType>journalArticle</z:itemType>"
    return f'<bib:Article rdf:about="{about}">{kind}<dc:title>{title}</dc:title>{within}</bib:Article>'


def collection(about: str, title: str, *parts: str) -> str:
    has = "".join(f'<dcterms:hasPart rdf:resource="{part}"/>' for part in parts)
    return f'<z:Collection rdf:about="{about}"><dc:title>{title}</dc:title>{has}</z:Collection>'


def only(*elements: str) -> PaperRecord:
    [item] = READER.read(document(library(*elements)))
    assert isinstance(item, Found)
    return item.record


def titles(*elements: str) -> list[str]:
    return [item.record.title for item in READER.read(document(library(*elements))) if isinstance(item, Found)]


def test_each_item_is_a_paper_of_a_bibliography_that_nobody_sent() -> None:
    text = library(article(title="One"), article(title="Two", about="https://a.b/?c=1&amp;d=2"))
    assert recognise(document(text))[0] == READER
    found = list(READER.read(document(text)))
    assert [(item.record.title, item.place) for item in found if isinstance(item, Found)] == [("One", 1), ("Two", 2)]
    assert {item.digest for item in found} == {DigestRecord()}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bib:Article", "journalArticle"),
        ("bib:Article", ""),
        ("bib:Document", "webpage"),
        ("bib:Book", "book"),
        ("bib:Thesis", "thesis"),
        ("rdf:Description", "conferencePaper"),
        ("rdf:Description", "preprint"),
        ("z:UserItem", "document"),
    ],
)
def test_an_item_is_of_any_type(name: str, kind: str) -> None:
    of_type = f"<z:itemType>{kind}</z:itemType>" if kind else ""
    assert titles(f'<{name} rdf:about="#item_1">{of_type}<dc:title>A title</dc:title></{name}>') == ["A title"]


@pytest.mark.parametrize(
    "element",
    [
        '<z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>',
        '<bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;My note&lt;/p&gt;</rdf:value></bib:Memo>',
        '<bib:Memo rdf:about="#item_2"><z:itemType>note</z:itemType><rdf:value>My note</rdf:value></bib:Memo>',
        '<z:Annotation rdf:about="#item_2"><z:itemType>annotation</z:itemType></z:Annotation>',
        '<bib:Journal rdf:about="urn:issn:0000-0001"><dc:title>Journal of Dusk</dc:title></bib:Journal>',
        '<rdf:Description rdf:about="https://a.b"><dc:title>Something else</dc:title></rdf:Description>',
        collection("#collection_1", "Lamps"),
    ],
)
def test_what_stands_beside_items_is_no_paper(element: str) -> None:
    assert titles(element, article(), element) == ["A title"]


def test_a_library_without_items_is_empty() -> None:
    assert recognise(document(library()))[0] == READER
    assert titles() == []


def test_rdf_of_others_is_not_taken_for_it() -> None:
    ontology = library(article()).replace(SPACES["z"], "http://example.org/").replace("z:itemType", "z:kind")
    assert not READER.recognise(document(ontology))
    bibliontology = f'<rdf:RDF xmlns:z="{SPACES["z"]}" xmlns:bibo="http://purl.org/ontology/bibo/"></rdf:RDF>'
    assert not READER.recognise(document(bibliontology))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Salt &amp; pepper", "Salt & pepper"),
        ("Of &lt;i&gt;E. inventa&lt;/i&gt;", r"Of \emph{E. inventa}"),
        ("CO&lt;sub&gt;2&lt;/sub&gt;", "CO$_{2}$"),
        ("Cases where p &lt; 0.05", "Cases where p < 0.05"),
        ("Printed\n      with indents", "Printed with indents"),
        (r"Of $\alpha$", r"Of $\alpha$"),
    ],
)
def test_markup_within_a_title_is_read_as_markup(written: str, title: str) -> None:
    assert only(article(title=written)).title == title


def test_what_publishers_leave_in_an_abstract_is_read_as_markup_and_lines_stay() -> None:
    marked = "&lt;jats:p&gt;To see &lt;jats:italic&gt;it&lt;/jats:italic&gt;.&lt;/jats:p&gt;"
    assert only(article(f"<dcterms:abstract>{marked}</dcterms:abstract>")).abstract == r"To see \emph{it}."
    assert only(article("<dcterms:abstract>One.\n\nTwo.</dcterms:abstract>")).abstract == "One.\n\nTwo."


PERSON = "<rdf:li><foaf:Person><foaf:surname>{}</foaf:surname>{}</foaf:Person></rdf:li>"
ADA = PERSON.format("Author", "<foaf:givenName>Ada B.</foaf:givenName>")
OLD = PERSON.format("Author", "<foaf:givenname>Ada</foaf:givenname>")
GROUP = PERSON.format("Study Group", "")


@pytest.mark.parametrize(
    ("creators", "authors"),
    [
        (f"<bib:authors><rdf:Seq>{ADA}{GROUP}</rdf:Seq></bib:authors>", ("Ada B. Author", "Study Group")),
        (f"<bib:authors><rdf:Seq>{OLD}</rdf:Seq></bib:authors>", ("Ada Author",)),
        (f"<z:presenters><rdf:Seq>{ADA}</rdf:Seq></z:presenters>", ("Ada B. Author",)),
        (f"<bib:editors><rdf:Seq>{ADA}</rdf:Seq></bib:editors>", ()),
        (f"<bib:editors>{ADA}</bib:editors><bib:authors>{GROUP}</bib:authors>", ("Study Group",)),
        ("<dc:creator>Ada Author</dc:creator><dc:creator>Ben Beam</dc:creator>", ("Ada Author", "Ben Beam")),
    ],
)
def test_authors_are_who_made_it_not_who_edited_it(creators: str, authors: tuple[str, ...]) -> None:
    assert only(article(creators)).authors == authors


JOURNAL = "<bib:Journal><dc:title>Journal of Dusk</dc:title>{}</bib:Journal>"
SERIES = "<dcterms:isPartOf><bib:Series><dc:title>Evenings</dc:title></bib:Series></dcterms:isPartOf>"
MEETING = "<bib:presentedAt><bib:Conference><dc:title>Lamps 2025</dc:title></bib:Conference></bib:presentedAt>"


@pytest.mark.parametrize(
    ("within", "venue"),
    [
        (f"<dcterms:isPartOf>{JOURNAL.format('')}</dcterms:isPartOf>", "Journal of Dusk"),
        (f"{SERIES}<dcterms:isPartOf>{JOURNAL.format('')}</dcterms:isPartOf>", "Journal of Dusk"),
        (f"<dcterms:isPartOf>{JOURNAL.format(SERIES)}</dcterms:isPartOf>", "Journal of Dusk"),
        (
            "<dcterms:isPartOf><bib:Part><dc:title>Letters</dc:title>"
            f"<dcterms:isPartOf>{JOURNAL.format('')}</dcterms:isPartOf></bib:Part></dcterms:isPartOf>",
            "Journal of Dusk",
        ),
        (f"{MEETING}<dcterms:isPartOf><z:Website></z:Website></dcterms:isPartOf>", "Lamps 2025"),
        (SERIES, "Evenings"),
        ("", ""),
    ],
)
def test_the_venue_is_what_it_stands_in_rather_than_a_section_or_a_series(within: str, venue: str) -> None:
    assert only(article(within)).venue == venue


@pytest.mark.parametrize(
    ("within", "identifiers"),
    [
        ("<dc:identifier>DOI 10.5555/Ab.1</dc:identifier>", ["doi:10.5555/ab.1"]),
        (
            f"<dcterms:isPartOf>{JOURNAL.format('<dc:identifier>DOI 10.5555/ab.1</dc:identifier>')}</dcterms:isPartOf>",
            ["doi:10.5555/ab.1"],
        ),
        ("<dc:identifier>ISSN 0000-0001</dc:identifier><dc:identifier>ISBN 978-0-00-000000-2</dc:identifier>", []),
        ("<dc:identifier>arXiv:2503.00001</dc:identifier>", ["arxiv:2503.00001"]),
        ("<dc:description>arXiv:2503.00001 [cs]</dc:description>", ["arxiv:2503.00001"]),
        ("<dc:description>Read it!\nPMID: 30000001\nPMCID: PMC1</dc:description>", ["pmid:30000001"]),
        ("<dc:description>DOI: 10.5555/ab.1</dc:description>", ["doi:10.5555/ab.1"]),
        ("<dc:description>An answer to 10.5555/another.1</dc:description>", []),
    ],
)
def test_identifiers_stand_in_the_item_in_its_journal_and_in_extra(within: str, identifiers: list[str]) -> None:
    assert [str(each) for each in only(article(within)).identifiers] == identifiers


def test_an_address_is_a_link_unless_it_identifies_the_paper() -> None:
    uri = "<dc:identifier><dcterms:URI><rdf:value>{}</rdf:value></dcterms:URI></dc:identifier>"
    assert only(article(uri.format("https://a.b/c"))).links == (Link("page", "https://a.b/c"),)
    found = only(article(uri.format("http://arxiv.org/abs/2503.00001v2")))
    assert (str(found.identifiers[0]), found.arxiv_version, found.links) == ("arxiv:2503.00001", 2, ())


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2021-03-26", PartialDate(2021, 3, 26)),
        ("October 27, 2024", PartialDate(2024, 10, 27)),
        ("2017-03", PartialDate(2017, 3)),
        ("07/26/2017", PartialDate(2017)),
        ("2018-00-00 2018", PartialDate(2018)),
        ("Spring 2019", PartialDate(2019)),
        ("in press", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_certain(date: str, published: PartialDate | None) -> None:
    assert only(article(f"<dc:date>{date}</dc:date>")).published == published


def test_the_day_on_which_somebody_looked_is_not_that_of_the_paper() -> None:
    assert only(article("<dcterms:dateSubmitted>2021-04-29 09:40:40</dcterms:dateSubmitted>")).published is None


def test_tags_are_those_people_gave_and_those_that_came_with_it() -> None:
    automatic = "<dc:subject><z:AutomaticTag><rdf:value>Insects</rdf:value></z:AutomaticTag></dc:subject>"
    shelf = "<dc:subject><dcterms:LCC><rdf:value>QA76</rdf:value></dcterms:LCC></dc:subject>"
    assert only(article(f"<dc:subject>light</dc:subject>{automatic}{shelf}")).tags == ("light", "Insects")


def test_collections_are_tags_by_the_path_to_them() -> None:
    found = only(
        article(),
        collection("#c1", "Lamps &amp; more", "#c2"),
        collection("#c2", "Wicks", "#item_1"),
        collection("#c3", "To read", "#item_1", "#item_9"),
    )
    assert found.tags == ("Lamps & more/Wicks", "To read")


def test_collections_within_one_another_in_a_circle_end_somewhere() -> None:
    found = only(article(), collection("#c1", "A", "#c2"), collection("#c2", "B", "#c1", "#item_1"))
    assert found.tags == ("A/B",)


def test_a_path_too_long_for_a_tag_is_its_end() -> None:
    deep = [collection(f"#c{number}", "x" * 80, f"#c{number + 1}") for number in range(3)]
    assert only(article(), *deep, collection("#c3", "Wicks", "#item_1")).tags == ("Wicks",)


def test_an_item_is_read_alone_with_what_it_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    part = '<dcterms:isPartOf rdf:resource="urn:issn:1"/>'
    within = "<dc:title>Dusk</dc:title><dc:identifier>DOI 10.5555/a</dc:identifier>"
    journal = f'<bib:Journal rdf:about="urn:issn:1">{within}</bib:Journal>'
    text = library(article(part), journal, collection("#c1", "A &amp; B", "#c2"), collection("#c2", "C", "#item_1"))
    [whole] = READER.read(document(text))
    with monkeypatch.context() as patched:
        patched.setattr(record, "LONGEST_PAPER", 0)
        [piece] = READER.read(document(text))
    assert isinstance(piece, Unreadable)
    [alone] = READER.reread(piece.text, 1, DigestRecord())
    assert isinstance(whole, Found)
    assert isinstance(alone, Found)
    assert alone.record == whole.record
    assert (alone.record.venue, alone.record.tags) == ("Dusk", ("A & B/C",))


def test_a_book_within_a_chapter_is_no_item_and_does_not_end_it() -> None:
    chapter = (
        '<bib:BookSection rdf:about="#item_1"><z:itemType>bookSection</z:itemType>'
        "<dcterms:isPartOf><bib:Book><dc:title>A book</dc:title></bib:Book></dcterms:isPartOf>"
        "<dc:title>A chapter</dc:title></bib:BookSection>"
    )
    found = only(chapter)
    assert (found.title, found.venue) == ("A chapter", "A book")


def test_what_stands_in_itself_is_looked_at_once() -> None:
    part = '<dcterms:isPartOf rdf:resource="urn:issn:1"/>' * 30
    journal = f'<bib:Journal rdf:about="urn:issn:1"><dc:title>Dusk</dc:title>{part}</bib:Journal>'
    assert only(article(part), journal).venue == "Dusk"
