"""What Lectern does not read is told by its name, with what to give instead."""

import io
import zipfile

import pytest

from papers.formats import readers, recognise
from papers.formats.document import UnreadableFile

from .test_contract import document

ISI = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Author, A\nTI On Tests\nPY 2020\nER\n\nEF\n"
OVID = "<1>\nAccession Number\n  1\nAuthor\n  Author, Ada\nTitle\n  On Tests\nSource\n  Journal.  1:1-2, 2020.\n"
ARTICLE = (
    '<!DOCTYPE html><html><head><meta name="citation_title" content="On Tests"></head><body>On Tests</body></html>'
)
WORD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<b:Sources '
    'xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
    "<b:Source><b:Title>On Tests</b:Title></b:Source></b:Sources>"
)
JATS = (
    '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) v1.2//EN" "JATS.dtd">\n'
    '<article article-type="research-article"><front><article-title>On Tests</article-title></front></article>'
)
CFF = (
    'abstract: "Tests."\nauthors:\n  - family-names: Author\ntitle: On Tests\nurl: "https://example.org"\n'
    'cff-version: "1.2.0"\n'
)
MAIL = "From: ada@example.org\nSubject: Lunch\nDate: Mon, 4 Mar 2024 09:00:00 +0000\n\n<html>Lunch is at one.</html>\n"


def office() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "what", "instead"),
    [
        (b'<?xml version="1.0"?>\n<opml version="2.0"><body/></opml>', "OPML", "save one of its feeds"),
        (
            b"# Tea\n\n## 2026\n- [Top Tea of the Week (May 4 - 10)](2026.md#a)\n- [Tea of the Week (May 1)](b.md)\n",
            "a list of weekly lists",
            "the pages that it leads to",
        ),
        (b'<opml version="1.0"><body/></opml>', "OPML", "save one of its feeds"),
        (b'<?xml version="1.0"?><modsCollection xmlns="http://www.loc.gov/mods/v3"/>', "MODS", "RIS or BibTeX"),
        (b'<mods:mods xmlns:mods="http://www.loc.gov/mods/v3"></mods:mods>', "MODS", "RIS or BibTeX"),
        (b"%0 Journal Article\n%A Ada Author\n%T On Tests\n", "EndNote", "EndNote XML"),
        (b"\n%T On Tests\n%A Ada Author\n%X An abstract\n  that goes on.\n", "EndNote", "RIS"),
        (ISI.encode(), "Web of Science", "RIS or BibTeX"),
        (b"\xef\xbb\xbf" + ISI.encode(), "Web of Science", "RIS or BibTeX"),
        (b"PT\tAU\tBA\tTI\nJ\tAuthor, A\t\tOn Tests\n", "Web of Science", "RIS or BibTeX"),
        (OVID.encode(), "Ovid", "RIS"),
        (b"RT Journal Article\nSR Print(0)\nID 1\nA1 Author,A.\nT1 On Tests\n", "RefWorks", "RIS or BibTeX"),
        (b"%0\n%A Ada Author\n%T On Tests\n%0 Journal\n", "EndNote", "RIS"),
        (OVID.removeprefix("<1>\n").encode(), "Ovid", "RIS"),
        (("\nScore\n  *****\n" + OVID.removeprefix("<1>\n")).encode(), "Ovid", "RIS"),
        (WORD.encode(), "Word", "RIS or BibTeX"),
        (b'<?xml version="1.0" ?>\n<bibtex:file xmlns:bibtex="http://bibtexml.sf.net/"/>', "BibTeXML", "RIS or BibTeX"),
        (b'<record><leader>0</leader><datafield tag="245" ind1="1"/></record>', "MARC", "RIS or BibTeX"),
        (b'<collection>\n<marc:datafield ind1="1" tag="245"/></collection>', "MARC", "RIS or BibTeX"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<CitaviExchangeData Version="5"/>', "Citavi", "RIS or BibTeX"),
        (JATS.encode(), "JATS", "BibTeX or RIS"),
        (b'<article xml:lang="en"\n article-type="review"><front/></article>', "JATS", "BibTeX or RIS"),
        (CFF.encode(), "CITATION.cff", "BibTeX"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "calendar", "no papers"),
        (b"BEGIN:VCARD\nFN:Ada Author\nEND:VCARD\n", "address book", "no papers"),
        (b"{\\rtf1\\ansi On Tests}", "Rich Text", "plain text"),
        (b"\\documentclass{article}\n\\begin{document}\nOn tests.\n\\end{document}\n", "LaTeX", ".bib"),
        (b"\\begin{thebibliography}{9}\n\\bibitem{a} Ada Author, On Tests.\n", "LaTeX", ".bib"),
        (ARTICLE.encode(), "web page of one article", "BibTeX or RIS"),
        (b"<html><body><p>Hello.</p></body></html>", "web page", "feed"),
        (MAIL.encode(), "a mail in which Lectern finds no list of papers", ""),
        (MAIL.replace("Date:", "Content-Type: text/html\nDate:").encode(), "a mail in which Lectern finds no list", ""),
        (b"Dear all,\nlunch is at one.\n", "in no format that Lectern knows", "say in which"),
        (b"%PDF-1.7\n", "a PDF", "lists of papers, not papers"),
        (b"%!PS-Adobe-3.0\n", "PostScript", "lists of papers, not papers"),
        (b"SQLite format 3\0" + bytes(100), "a database", "export a bibliography"),
        (office(), "Office document", "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Office document", "CSV"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "7-Zip", "unpack"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_one_line(content: bytes, what: str, instead: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        recognise(document(content))
    assert what in str(refusal.value)
    assert instead in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_bibliography_that_begins_with_remarks_is_not_taken_for_another_kind() -> None:
    text = "%A list of mine\n%B and more of it\n@book{a, title={On Tests}}\n"
    assert recognise(document(text.encode()))[0].name == "bibtex"


def test_a_citation_at_the_end_of_a_list_does_not_make_it_a_bibliography() -> None:
    text = "## [On Tests](https://arxiv.org/abs/2503.00001)\n\nRead it.\n\n```\n@article{a,\n  title={On Tests}}\n```\n"
    assert recognise(document(text.encode()))[0].name == "markdown-list"


def test_a_list_with_some_latex_in_it_is_not_taken_for_latex() -> None:
    text = "## [On Tests](https://arxiv.org/abs/2503.00001)\n\n```\n\\documentclass{article}\n```\n"
    assert recognise(document(text.encode()))[0].name == "markdown-list"


@pytest.mark.parametrize("mark", ["cff-version: 1.2.0", '<datafield tag="245">', "<CitaviExchangeData>"])
def test_what_a_paper_says_of_another_kind_does_not_make_the_list_one(mark: str) -> None:
    table = f'title,doi,abstract\nOn Tests,10.1000/a,"First\n{mark}"\n'
    assert recognise(document(table.replace('tag="245"', "tag=245").encode()))[0].name == "csv"
    text = f"## [On Tests](https://arxiv.org/abs/2503.00001)\n\n{mark}\n"
    assert recognise(document(text.encode()))[0].name == "markdown-list"


def test_whoever_names_a_format_is_believed() -> None:
    reader, _ = recognise(document(ISI.encode()), "ris")
    assert reader == readers()["ris"]


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<1>\n",
        "<!-- ",
        "<a>",
        "#\n",
        "a:\n",
        "<article a ",
        "%T \n",
        "RT A\nT2 \n",
        "<!--",
        "<?xml",
        "<meta ",
        "PT J\n",
        "a\n",
    ],
)
def test_a_file_of_one_thing_over_and_over_is_soon_refused(piece: str) -> None:
    with pytest.raises(UnreadableFile):
        recognise(document((piece * 100_000).encode()))
