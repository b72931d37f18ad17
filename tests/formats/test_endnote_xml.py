"""EndNote XML: records of styled runs, as EndNote and others export them."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable

READER = readers()["endnote-xml"]


def document(text: str) -> Document:
    return Document("library.xml", lambda: io.BytesIO(text.encode()))


def styled(text: str, face: str = "normal") -> str:
    return f'<style face="{face}" font="default" size="100%">{text}</style>'


def library(*records: str) -> str:
    whole = "".join(f'<record><ref-type name="Journal Article">17</ref-type>{record}</record>' for record in records)
    return f'<?xml version="1.0" encoding="UTF-8" ?><xml><records>{whole}</records></xml>'


def only(record: str, title: str = "A title") -> PaperRecord:
    [item] = READER.read(document(library(f"<titles><title>{title}</title></titles>{record}")))
    assert isinstance(item, Found)
    return item.record


def test_each_record_is_a_paper_of_a_bibliography_that_nobody_sent() -> None:
    titles = ("<titles><title>One</title></titles>", "<titles><title>Two</title></titles>")
    found = list(READER.read(document(library(*titles))))
    assert [(item.record.title, item.place, item.line) for item in found if isinstance(item, Found)] == [
        ("One", 1, 1),
        ("Two", 2, 1),
    ]
    assert {item.digest for item in found} == {DigestRecord()}


def test_a_library_without_records_is_empty() -> None:
    empty = document('<?xml version="1.0" encoding="UTF-8" ?><xml><records></records></xml>')
    assert recognise(empty)[0] == READER
    assert list(READER.read(empty)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<OAI-PMH><record><header/><metadata/></record></OAI-PMH>",
        "<collection><record><datafield/></record></collection>",
        "<records><item><titles/></item></records>",
    ],
)
def test_records_of_other_xml_are_not_taken_for_it(text: str) -> None:
    assert not READER.recognise(document(text))


@pytest.mark.parametrize(
    ("title", "as_tex"),
    [
        (styled("Plain"), "Plain"),
        ("Without a style", "Without a style"),
        (styled("Of ") + styled("E. inventa", "italic") + styled(" and more"), r"Of \emph{E. inventa} and more"),
        (styled("CO") + styled("2", "subscript") + styled(" rises"), "CO$_{2}$ rises"),
        (styled("10") + styled("6", "superscript") + styled(" cells"), "10$^{6}$ cells"),
        (styled("Very ") + styled("bold", "bold"), r"Very \textbf{bold}"),
        (styled("One line&#xD;and another"), "One line and another"),
        ("\n  " + styled("Printed\n    with indents\n  ") + "\n", "Printed with indents"),
        (styled("Salt &amp; pepper &lt; 5"), "Salt & pepper < 5"),
    ],
)
def test_the_runs_of_a_title_are_one_text(title: str, as_tex: str) -> None:
    assert only("", title).title == as_tex


@pytest.mark.parametrize(
    ("number", "identifier"),
    [
        ("10.5555/Ab.1", "doi:10.5555/ab.1"),
        ("https://doi.org/10.5555/ab.1", "doi:10.5555/ab.1"),
        ("doi: 10.5555/ab.1 [pii]", "doi:10.5555/ab.1"),
        ("arXiv:2503.00001", "arxiv:2503.00001"),
        ("10.48550/arXiv.2503.00001", "arxiv:2503.00001"),
    ],
)
def test_the_electronic_resource_number_is_its_doi_in_any_spelling(number: str, identifier: str) -> None:
    record = only(f"<electronic-resource-num>{styled(number)}</electronic-resource-num>")
    assert [str(each) for each in record.identifiers] == [identifier]


@pytest.mark.parametrize(
    ("number", "name", "provider", "identifiers"),
    [
        ("30000001", "Medline", "NLM", ["pmid:30000001"]),
        ("30000001", "", "NLM", ["pmid:30000001"]),
        ("30000001", "", "PIP", ["pmid:30000001"]),
        ("30000001", "PubMed", "", ["pmid:30000001"]),
        ("30000001", "", "", []),
        ("30000001", "Scopus", "Elsevier", []),
        ("30000001", "Embase&#xD;Medline", "", []),
        ("WOS:000400000000001", "Medline", "", []),
        ("CN-00000001", "", "NLM", []),
    ],
)
def test_an_accession_number_is_a_pmid_where_the_database_is_pubmed(
    number: str, name: str, provider: str, identifiers: list[str]
) -> None:
    record = only(
        f"<accession-num>{styled(number)}</accession-num>"
        f"<remote-database-name>{styled(name)}</remote-database-name>"
        f"<remote-database-provider>{styled(provider)}</remote-database-provider>"
    )
    assert [str(each) for each in record.identifiers] == identifiers


def test_an_address_identifies_the_paper_only_where_the_record_does_not() -> None:
    page = "<urls><related-urls><url>https://example.org/doi/10.5555/central/cn-1/full</url></related-urls></urls>"
    own = "<electronic-resource-num>10.5555/ab.1</electronic-resource-num>"
    assert [str(each) for each in only(page + own).identifiers] == ["doi:10.5555/ab.1"]
    assert [str(each) for each in only(page).identifiers] == ["doi:10.5555/central/cn-1"]
    preprint = "<urls><web-urls><url>https://arxiv.org/abs/2503.00001v3</url></web-urls></urls>"
    record = only(preprint + own)
    assert [str(each) for each in record.identifiers] == ["doi:10.5555/ab.1", "arxiv:2503.00001"]
    assert record.arxiv_version == 3


def test_addresses_of_files_and_of_other_programs_are_no_links() -> None:
    urls = "internal-pdf://12/a.pdf", "&lt;Go to ISI&gt;://WOS:1", "https://example.org/a&#xD;https://example.org/b"
    pages = "".join(f"<url>{styled(url)}</url>" for url in urls)
    links = only(f"<urls><related-urls>{pages}</related-urls></urls>").links
    assert links == (Link("page", "https://example.org/a"), Link("page", "https://example.org/b"))


@pytest.mark.parametrize(
    ("year", "date", "published"),
    [
        ("2019", "", PartialDate(2019)),
        ("2019", "Sep 1", PartialDate(2019, 9, 1)),
        ("2019", "1 September", PartialDate(2019, 9, 1)),
        ("2019", "Sep", PartialDate(2019, 9)),
        ("2019", "2019/09/01", PartialDate(2019, 9, 1)),
        ("2019", "Spring", PartialDate(2019)),
        ("2019", "Dec 12 2018", PartialDate(2019)),
        ("", "Sep 1 2019", PartialDate(2019, 9, 1)),
        ("In press", "", None),
        ("", "Sep 1", None),
    ],
)
def test_the_year_and_the_day_may_stand_apart(year: str, date: str, published: PartialDate | None) -> None:
    dates = f"<dates><year>{styled(year)}</year><pub-dates><date>{styled(date)}</date></pub-dates></dates>"
    assert only(dates).published == published


def test_names_of_groups_lose_their_comma_and_et_al_is_nobody() -> None:
    names = "".join(f"<author>{styled(name)}</author>" for name in ("Author, A. B.", "Study Group,", "et al.,", " "))
    assert only(f"<contributors><authors>{names}</authors></contributors>").authors == ("A. B. Author", "Study Group")


def test_keywords_are_tags_each_once_though_they_share_an_element() -> None:
    words = "".join(f"<keyword>{styled(word)}</keyword>" for word in ("Light", "Dusk&#xD;Light", "wax; tallow"))
    assert only(f"<keywords>{words}</keywords>").tags == ("Light", "Dusk", "wax", "tallow")


@pytest.mark.parametrize(
    ("keyword", "tag"),
    [
        ("*Kettles", "Kettles"),
        ("Kettles, Iron/history/*supply &amp; distribution", "Kettles, Iron"),
        ("input/output", "input/output"),
    ],
)
def test_headings_of_pubmed_are_tags_without_their_marks(keyword: str, tag: str) -> None:
    assert only(f"<keywords><keyword>{styled(keyword)}</keyword></keywords>").tags == (tag,)


@pytest.mark.parametrize(
    ("periodical", "venue"),
    [("<periodical><full-title>Journal of Dusk</full-title></periodical>", "Journal of Dusk"), ("", "J Dusk")],
)
def test_the_venue_is_the_periodical_or_what_the_title_stands_in(periodical: str, venue: str) -> None:
    titles = "<titles><title>A title</title><secondary-title>J Dusk</secondary-title></titles>"
    [item] = READER.read(document(library(titles + periodical)))
    assert isinstance(item, Found)
    assert item.record.venue == venue


def test_notes_for_oneself_are_notes_and_those_of_a_database_are_not() -> None:
    record = only("<notes>L2001&#xD;2019-09-01</notes><research-notes>Read before Monday.</research-notes>")
    assert record.note == "Read before Monday."


def test_a_title_in_the_original_language_is_another_title() -> None:
    titles = "<titles><title>Of light</title><translated-title>Vom Licht</translated-title></titles>"
    [item] = READER.read(document(library(titles)))
    assert isinstance(item, Found)
    assert item.record.other_titles == ("Vom Licht",)


@pytest.mark.parametrize(
    ("reference", "letters"),
    [
        ("&eacute;", "é"),
        ("&#233;", "é"),
        ("&#xE9;", "é"),
        ("&#60;", "<"),
        ("&#55555;", "\N{REPLACEMENT CHARACTER}"),
        ("&#x1F;", ""),
        ("&#99999999;", "&#99999999;"),
        ("&nothing;", "&nothing;"),
        ("&", "&"),
    ],
)
def test_a_reference_to_what_is_no_character_spoils_nothing(reference: str, letters: str) -> None:
    assert only("", f"A{reference}B").title == f"A{letters}B"


def test_a_record_that_is_broken_spoils_no_other() -> None:
    text = library("<titles><title>One</title></titles>").replace("</records>", "<record><titles><title>Two</records>")
    first, second = READER.read(document(text))
    assert isinstance(first, Found)
    assert isinstance(second, Unreadable)
    assert second.text.startswith("<record><titles><title>Two")


def test_an_address_is_no_venue() -> None:
    titles = "<titles><title>A title</title><secondary-title>https://trials.example/show/1</secondary-title></titles>"
    [item] = READER.read(document(library(titles)))
    assert isinstance(item, Found)
    assert item.record.venue == ""
