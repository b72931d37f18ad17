"""What archives answer to harvesters."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Reading, Unreadable

ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2025-03-11T04:05:06Z</responseDate>
<request verb="ListRecords" metadataPrefix="arXiv" set="physics:hep-th">http://export.arxiv.org/oai2</request>
{}</OAI-PMH>"""
HEADER = "<header><identifier>oai:archive.example:1</identifier><datestamp>2025-03-10</datestamp></header>"


def document(content: str) -> Document:
    return Document("x", lambda: io.BytesIO(content.encode()))


def read(content: str) -> Reading:
    return readers()["oai-pmh"].read(document(content))


def found(content: str) -> Found:
    [item] = read(content)
    assert isinstance(item, Found)
    return item


def record(metadata: str) -> PaperRecord:
    return found(f"<record>{HEADER}<metadata>{metadata}</metadata></record>").record


def of_arxiv(fields: str, form: str = "arXiv") -> PaperRecord:
    return record(f'<{form} xmlns="http://arxiv.org/OAI/{form}/"><title>A title</title>{fields}</{form}>')


def of_dublin_core(fields: str) -> PaperRecord:
    return record(f'<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/">{fields}</oai_dc:dc>')


def named(paper: PaperRecord) -> list[str]:
    return [str(each) for each in paper.identifiers]


@pytest.mark.parametrize(
    "content",
    [
        ENVELOPE.format(""),
        "<OAI-PMH>",
        "<oai:OAI-PMH xmlns:oai='http://www.openarchives.org/OAI/2.0/'>",
        f"<record>{HEADER}<metadata/></record>",
        "<record>\n<header>\n <identifier>oai:arXiv.org:0901.1234</identifier></header></record>",
    ],
)
def test_it_is_known_with_its_envelope_or_without(content: str) -> None:
    assert recognise(document(content))[0].name == "oai-pmh"


@pytest.mark.parametrize(
    "content",
    [
        "<records><record><rec-number>1</rec-number></record></records>",
        "<collection><record xmlns='http://www.loc.gov/MARC21/slim'><leader>x</leader></record></collection>",
        "<html><header>oai:arXiv.org:1</header></html>",
    ],
)
def test_other_records_are_others(content: str) -> None:
    assert readers()["oai-pmh"].recognise(document(content)) == 0


def test_the_digest_is_a_harvest_of_a_set() -> None:
    records = f"<ListRecords><record>{HEADER}<metadata><dc><title>A</title></dc></metadata></record></ListRecords>"
    of_arxiv = ENVELOPE.format(records)
    assert found(of_arxiv).digest == DigestRecord("arXiv OAI-PMH physics:hep-th", PartialDate(2025, 3, 11))
    other = of_arxiv.replace(' set="physics:hep-th"', "").replace("export.arxiv.org", "archive.example")
    assert found(other).digest.source == "archive.example OAI-PMH"


def test_a_record_alone_says_nothing_of_a_digest() -> None:
    assert found(f"<record>{HEADER}<metadata><dc><title>A</title></dc></metadata></record>").digest == DigestRecord()


def test_what_an_archive_deleted_is_passed_over() -> None:
    deleted = '<record><header status="deleted"><identifier>oai:arXiv.org:1</identifier></header></record>'
    kept = f"<record>{HEADER}<metadata><dc><title>A</title></dc></metadata></record>"
    assert [item.place for item in read(ENVELOPE.format(deleted + kept + deleted + kept))] == [1, 2]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ('<error code="noRecordsMatch">nothing in\n that span</error>', "“nothing in that span” .noRecordsMatch."),
        ('<error code="badResumptionToken"/>', "“nothing in words” .badResumptionToken."),
    ],
)
def test_an_error_is_told_in_the_words_of_the_archive(error: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        list(read(ENVELOPE.format(error)))


def test_an_answer_to_another_question_says_what_to_ask() -> None:
    with pytest.raises(UnreadableFile, match="harvest with verb=ListRecords"):
        list(read(ENVELOPE.format("<ListIdentifiers/>").replace("ListRecords", "ListIdentifiers")))


def test_a_list_without_records_is_empty() -> None:
    assert list(read(ENVELOPE.format("<ListRecords></ListRecords>"))) == []


def test_names_come_in_parts() -> None:
    authors = """<authors><author><keyname>Collaboration</keyname><forenames>Kettle</forenames></author>
        <author><keyname>:</keyname></author><author><keyname>Author</keyname><forenames>Ada B.</forenames>
        <suffix>Jr</suffix><affiliation>Institute of Tea</affiliation></author></authors>"""
    assert of_arxiv(authors).authors == ("Kettle Collaboration", "Ada B. Author Jr")


@pytest.mark.parametrize("form", ["arXivRaw", "arXivOld"])
def test_names_come_as_one_text_with_affiliations(form: str) -> None:
    authors = "<authors>A. Author (Tea (and Milk), Oslo), B. Bystander\n  and C. Companion</authors>"
    assert of_arxiv(authors, form).authors == ("A. Author", "B. Bystander", "C. Companion")


def test_a_paper_of_arxiv_has_all_that_it_says() -> None:
    paper = record(
        r"""<arXiv><id>2503.01234</id><created>2025-03-04</created><updated>2025-03-09</updated>
        <title>T\"ULU for
  Teapots</title><categories>cs.KT math-ph hep-th</categories><msc-class>68T05</msc-class>
        <comments>Code at https://github.com/kettles/tulu</comments><journal-ref>J. Kettles 7
  (2025)</journal-ref><doi>10.1000/A, 10.1000/B</doi><abstract>  One $a &lt; b$.
Two.
</abstract></arXiv>"""
    )
    assert paper == PaperRecord(
        title=r"T\"ULU for Teapots",
        abstract="One $a < b$.\nTwo.",
        identifiers=paper.identifiers,
        published=PartialDate(2025, 3, 4),
        venue="J. Kettles 7 (2025)",
        tags=("cs.KT", "math-ph", "hep-th"),
        links=(Link("code", "https://github.com/kettles/tulu"),),
    )
    assert named(paper) == ["arxiv:2503.01234", "doi:10.1000/a", "doi:10.1000/b"]


def test_versions_say_when_the_first_came_and_which_is_the_last() -> None:
    versions = """<id>hep-th/9901001</id><version version="v1"><date>Fri, 1 Jan 1999 10:00:00 GMT</date></version>
        <version version="v12"><date>Mon, 4 Jan 2010 10:00:00 GMT</date></version>
        <version version="v2"><date>Mon, 4 Jan 1999 10:00:00 GMT</date></version>"""
    paper = of_arxiv(versions, "arXivRaw")
    assert (paper.published, paper.arxiv_version) == (PartialDate(1999, 1, 1), 12)


@pytest.mark.parametrize(("created", "published"), [("2022-07-31", PartialDate(2022, 7, 31)), ("2023-12-12", None)])
def test_a_day_later_than_the_identifier_is_another_version_s(created: str, published: PartialDate | None) -> None:
    assert of_arxiv(f"<id>2208.01711</id><created>{created}</created>").published == published


def test_in_dublin_core_all_stands_in_a_few_fields() -> None:
    paper = of_dublin_core(
        """<dc:title>A title\n on two lines</dc:title><dc:title>Ein Titel</dc:title>
        <dc:creator>Author, Ada</dc:creator><dc:creator>Bystander, B.; Companion, C.</dc:creator>
        <dc:subject>Mathematics - Logic</dc:subject><dc:subject>03E75 (Primary), 28A05</dc:subject>
        <dc:subject>sets; logic</dc:subject>
        <dc:description>Comment: A remark that is longer than the abstract</dc:description>
        <dc:description>&lt;p&gt;The abstract.&lt;/p&gt;</dc:description>
        <dc:date>2010-09-06</dc:date><dc:date>2009-01-01T00:00:00Z</dc:date><dc:date>soon</dc:date>
        <dc:identifier>http://arxiv.org/abs/1009.1022</dc:identifier>
        <dc:identifier>Journal of Sets, 34 (2008), pp. 7-9</dc:identifier>
        <dc:identifier>doi:10.1000/sets</dc:identifier><dc:identifier>urn:x</dc:identifier>"""
    )
    assert paper == PaperRecord(
        title="A title on two lines",
        other_titles=("Ein Titel",),
        abstract="The abstract.",
        authors=("Ada Author", "B. Bystander", "C. Companion"),
        identifiers=paper.identifiers,
        published=PartialDate(2009, 1, 1),
        venue="Journal of Sets, 34 (2008), pp. 7-9",
        tags=("Mathematics - Logic", "sets", "logic"),
    )
    assert named(paper) == ["arxiv:1009.1022", "doi:10.1000/sets"]


def test_of_related_works_only_the_same_under_another_name_names_it() -> None:
    paper = of_dublin_core(
        """<dc:title>A</dc:title><dc:relation>https://doi.org/10.1000/other</dc:relation>
        <dc:relation>info:eu-repo/semantics/altIdentifier/doi/10.1000/same</dc:relation>"""
    )
    assert named(paper) == ["doi:10.1000/same"]


def test_a_work_without_an_identifier_keeps_its_page() -> None:
    paper = of_dublin_core("<dc:title>A</dc:title><dc:identifier>https://archive.example/1</dc:identifier>")
    assert paper.links == (Link("page", "https://archive.example/1"),)


def test_of_arxiv_the_header_names_the_paper_too() -> None:
    header = HEADER.replace("archive.example:1", "arXiv.org:0901.2443")
    bare = f"<record>{header}<metadata><dc><title>A</title></dc></metadata></record>"
    assert named(found(bare).record) == ["arxiv:0901.2443"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"<record>{HEADER}</record>", "a record without its metadata"),
        (f"<record>{HEADER}<metadata> </metadata></record>", "a record without its metadata"),
        (f"<record>{HEADER}<metadata><mods/></metadata></record>", "harvest with metadataPrefix=oai_dc"),
        (f"<record>{HEADER}<metadata><dc/></metadata></record>", "the title is empty"),
    ],
)
def test_what_is_not_read_is_told_of(content: str, reason: str) -> None:
    [item] = read(content)
    assert isinstance(item, Unreadable)
    assert reason in item.reason
    assert item.text == content


def test_a_harvest_of_marc_is_refused_as_a_whole_since_records_stand_in_its_records() -> None:
    marc = '<record><leader/><datafield tag="245"><subfield code="a">On Tests</subfield></datafield></record>'
    content = f"<OAI-PMH><ListRecords><record>{HEADER}<metadata>{marc}</metadata></record></ListRecords></OAI-PMH>"
    with pytest.raises(UnreadableFile, match="of MARC, which are not read: harvest with"):
        list(read(content))


def test_a_harvest_of_many_pages_is_read_as_it_comes() -> None:
    pages = "<OAI-PMH>" + f"<record>{HEADER}<metadata><dc><title>A</title></dc></metadata></record>" * 20_000
    items = read(pages)
    assert next(items).place == 1
    assert sum(1 for _ in items) == 19_999
