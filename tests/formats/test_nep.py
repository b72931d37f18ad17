"""Reports of NEP: each title stands in the contents and above its paper, and is one paper."""

import io
import time
from contextlib import suppress

import pytest

from papers.dates import PartialDate
from papers.formats import nep, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable
from papers.ids import Identifier

RULE = "-" * 76
URL = "http://d.repec.org/n?u=RePEc:abc:wpaper"


def paper(number: int, title: str, *lines: str) -> str:
    return "\n".join([f"{number}. {title}", *lines, f"URL:      {URL}:{number}&r=twr", ""])


def report(contents: str, *papers: str) -> str:
    head = f"nep-twr New Economics Papers\non Towers\nIssue of 2025‒03‒03\nthree papers chosen by\nAda\n{RULE}\n"
    return "\n".join([head, contents, RULE, "", *papers, RULE, "This nep-twr issue is put together by Ada.", ""])


def items(text: str) -> list[Found | Unreadable]:
    reader, body = recognise(Document("report.txt", lambda: io.BytesIO(text.encode())), "nep")
    return list(reader.read(body))


def found(text: str) -> list[Found]:
    everything = items(text)
    assert all(isinstance(item, Found) for item in everything)
    return [item for item in everything if isinstance(item, Found)]


def titles(text: str) -> list[str]:
    return [item.record.title for item in found(text)]


def record(*lines: str, title: str = "Towers") -> PaperRecord:
    [item] = found(report("", paper(1, title, *lines)))
    return item.record


def recognised(text: str) -> str:
    return recognise(Document("report.txt", lambda: io.BytesIO(text.encode())))[0].name


THREE = [paper(1, "Lifts", "By: Ada Author"), paper(2, "Stairs", "By: Ben"), paper(3, "Bells", "By: Cem")]


@pytest.mark.parametrize(
    "contents",
    [
        "",
        "1. Lifts\n2. Stairs\n3. Bells",
        "  1. Lifts By Ada Author\n  2. Stairs By Ben\n  3. Bells By Cem",
        "1. Lifts\n   Ada Author\n2. Stairs\n   Ben\n3. Bells\n   Cem\n",
    ],
)
def test_a_title_in_the_contents_and_above_its_paper_is_one_paper(contents: str) -> None:
    text = report(contents, *THREE)
    assert recognised(text) == "nep"
    assert titles(text) == ["Lifts", "Stairs", "Bells"]
    assert [item.place for item in found(text)] == [1, 2, 3]


def test_a_report_of_one_paper_names_it_twice_as_well() -> None:
    assert titles(report("1. Lifts", THREE[0])) == ["Lifts"]


def test_what_is_pasted_from_a_report_keeps_its_numbers_and_is_counted_anew() -> None:
    text = f"nep.repec.org\n\n{paper(17, 'Lifts', 'By: Ada')}\n{paper(23, 'Stairs', 'By: Ben')}"
    assert recognised(text) == "nep"
    assert [(item.record.title, item.place, item.digest) for item in found(text)] == [
        ("Lifts", 1, DigestRecord("RePEc NEP")),
        ("Stairs", 2, DigestRecord("RePEc NEP")),
    ]


def test_papers_alone_are_known_by_their_addresses() -> None:
    assert recognised("\n".join(THREE)) == "nep"
    assert {item.digest for item in found("\n".join(THREE))} == {DigestRecord()}


def test_a_wrapped_title_is_one_title() -> None:
    contents = "1. A Long Title about Lifts\n   and What They Lift\n2. Stairs"
    both = [paper(1, "A Long Title about", "Lifts and What They Lift", "By: Ada"), THREE[1]]
    assert titles(report(contents, *both)) == ["A Long Title about Lifts and What They Lift", "Stairs"]


@pytest.mark.parametrize("elsewhere", ["Le co?t de la t?te", "Le coût de la tête"])
def test_titles_meet_where_accents_are_lost_in_one_of_them(elsewhere: str) -> None:
    assert titles(report(f"1. {elsewhere}", paper(1, "Le co?t de la t?te", "By: Ada"))) == ["Le co?t de la t?te"]


@pytest.mark.parametrize("contents", ["", "1. Lifts\n2. Stairs\n3. Bells"])
@pytest.mark.parametrize("label", ["Abstract: Reasons:", "Ada Author\n\nThere are many more reasons than one may see:"])
def test_what_is_counted_within_an_abstract_is_no_paper(contents: str, label: str) -> None:
    counting = paper(1, "Lifts", "", label, "1. the view,", "2. the bell,", "3. the rest.", "", "Date: 2025")
    text = report(contents, counting, *THREE[1:])
    assert titles(text) == ["Lifts", "Stairs", "Bells"]
    assert found(text)[0].record.abstract.endswith("1. the view, 2. the bell, 3. the rest.")


def test_fields_are_read_with_the_lines_that_continue_them() -> None:
    read = record(
        "By:\tAda Author (University of Somewhere, Faculty",
        "of Towers)",
        "Ben Bystander (Institute (Town))",
        "Keywords:\tview, lifts,",
        "\tprices.",
        "JEL:\tR21 D1 Z",
    )
    assert read.authors == ("Ada Author", "Ben Bystander")
    assert read.tags == ("view", "lifts", "prices", "R21", "D1")


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("By: Author, Ada; Bystander, Ben (There)",), ("Ada Author", "Ben Bystander")),
        (("By: Author Ada,; Bystander Ben,;", "   Companion Cem"), ("Author Ada", "Bystander Ben", "Companion Cem")),
        (("By: Ada Author, Ben Bystander, and Cem Companion",), ("Ada Author", "Ben Bystander", "Cem Companion")),
        (("By:", "Ada Author", "Ben Bystander"), ("Ada Author", "Ben Bystander")),
        (
            ("", "Ada Author ()", "Dora D?ctor (There)", "", "Lifts are studied here in some way."),
            ("Ada Author", "Dora D?ctor"),
        ),
        ((), ()),
    ],
)
def test_authors_stand_with_semicolons_or_on_lines_of_their_own(lines: list[str], authors: tuple[str, ...]) -> None:
    assert record(*lines).authors == authors


@pytest.mark.parametrize(
    ("lines", "abstract"),
    [
        (("By: Ada", "Abstract: One line", "  and more.", "", "  A paragraph."), "One line and more.\n\nA paragraph."),
        (("", "Ada Author", "", "One line", "and more.", "", "A paragraph."), "One line and more.\n\nA paragraph."),
        (("By: Ada", "Date: 2025", "An abstract right behind a date."), "An abstract right behind a date."),
        (
            ("", "Nobody wrote this, yet it says something."),
            "Nobody wrote this, yet it says something.",
        ),
        (("By: Ada",), ""),
    ],
)
def test_an_abstract_has_a_label_or_is_what_else_there_is(lines: list[str], abstract: str) -> None:
    assert record(*lines).abstract == abstract


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2005-11-07", "2005-11-07"),
        ("2024–07", "2024-07"),
        ("2024‒07‒22", "2024-07-22"),
        ("2016- Some Wrong Day", "2016"),
        ("March 2004", "2004-03"),
        ("2024-13", "None"),
        ("soon", "None"),
        ("", "None"),
    ],
)
def test_dates_are_as_exact_as_they_are_written(written: str, published: str) -> None:
    assert str(record(f"Date: {written}").published) == published


@pytest.mark.parametrize(
    ("url", "link", "identifiers"),
    [
        (f"{URL}:1&r=twr", f"{URL}:1", ()),
        (
            "https://d.repec.org/n?u=RePEc:arx:papers:2501.00009&r=&r=fmk",
            "https://d.repec.org/n?u=RePEc:arx:papers:2501.00009",
            (Identifier("arxiv", "2501.00009"),),
        ),
        ("https://doi.org/10.1000/AB", "https://doi.org/10.1000/AB", (Identifier("doi", "10.1000/ab"),)),
    ],
)
def test_the_address_is_kept_without_the_report_it_stood_in(
    url: str, link: str, identifiers: tuple[Identifier, ...]
) -> None:
    [item] = found(f"nep.repec.org\n\n1. Towers\nBy: Ada\nURL: {url}\n")
    assert item.record.links == (Link("page", link),)
    assert item.record.identifiers == identifiers


MAILED = f"""From: ernad at nep.example (Ada Author)
Date: Tue Sep  6 12:33:01 2005
Subject: {{}}
Message-ID: <x@example.org>

{RULE}
NEP: New Economics Papers
Towers
{RULE}

In this issue we have:
{RULE}

1. Lifts

{RULE}

{THREE[0]}"""


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (report("", *THREE), DigestRecord("RePEc nep-twr", PartialDate(2025, 3, 3))),
        (MAILED.format("[nep-twr] 2005-09-02, 1 papers"), DigestRecord("RePEc nep-twr", PartialDate(2005, 9, 2))),
        (MAILED.format("Towers"), DigestRecord("RePEc NEP", PartialDate(2005, 9, 6))),
        (
            MAILED.format("[nep-twr] soon").replace("In this", "Issue date: 2005-09-03\n\nIn this"),
            DigestRecord("RePEc nep-twr", PartialDate(2005, 9, 3)),
        ),
    ],
)
def test_the_digest_is_the_report_on_the_day_of_its_issue(text: str, digest: DigestRecord) -> None:
    assert recognised(text) == "nep"
    assert {item.digest for item in found(text)} == {digest}


def test_a_quoted_report_is_read_as_what_was_sent() -> None:
    text = report("1. Lifts\n2. Stairs\n3. Bells", *THREE)
    quoted = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    assert recognised(quoted) == "nep"
    assert [item.record for item in found(quoted)] == [item.record for item in found(text)]


ROW = '<tr><td class="fina">{}:</td>\n<td class="fiva">{}</td></tr>'
PAGE = f"""<!DOCTYPE html>
<html><head><title>nep-twr 2025-03-03 papers</title></head><body>
<h1>nep-twr <b>New Economics Papers</b></h1> on Towers<br>Issue of 2025&#8210;03&#8210;03
<ol><li><a href="#p1">Lifts</a> By Ada</li><li><a href="#p2">Stairs</a> By Ben</li></ol>
<ol><li><div id="p1"><a href="https://econpapers.repec.org/x">Lifts &amp; What
They Lift</a></div>
<table>{ROW.format("By", '<a href="x">Ada Author</a>;<a>Ben B</a>')}
{ROW.format("Abstract", "Two<br>lines of <i>it</i>.")}
{ROW.format("URL", f'<a href="{URL}:1&amp;r=twr">{URL}:1</a>')}</table></li>
<li><table>{ROW.format("By", "Cem")}{ROW.format("Date", "2025")}</table></li>
<li><div>Stairs</div><table>{ROW.format("By", "Dora")}{ROW.format("Date", "2025&#8211;02")}</table></li></ol>
<table><tr><td>Nothing</td></tr></table>
</body></html>"""


def test_the_page_itself_is_read_as_its_text() -> None:
    assert recognised(PAGE) == "nep"
    lifts, told, stairs = items(PAGE)
    assert isinstance(lifts, Found)
    assert isinstance(told, Unreadable)
    assert isinstance(stairs, Found)
    assert (lifts.record.title, lifts.record.authors) == ("Lifts & What They Lift", ("Ada Author", "Ben B"))
    assert lifts.record.abstract == r"Two lines of \emph{it}."
    assert lifts.record.links == (Link("page", f"{URL}:1"),)
    assert told.text == "2.\nBy: Cem\nDate: 2025"
    assert (stairs.record.title, stairs.record.published, stairs.place) == ("Stairs", PartialDate(2025, 2), 3)
    assert {item.digest for item in (lifts, told, stairs)} == {DigestRecord("RePEc nep-twr", PartialDate(2025, 3, 3))}
    assert "Lifts" in PAGE.split("\n")[lifts.line - 1]
    assert "Stairs" in PAGE.split("\n")[stairs.line - 1]


@pytest.mark.parametrize("char", ["<", "<table>", "<div>", "<tr>By:", "&", "<td>x</td>"])
def test_any_page_is_read_or_refused_at_once(char: str) -> None:
    began = time.process_time()
    with suppress(UnreadableFile):
        items(PAGE.replace("<table>", f"{char * (200_000 // len(char))}<table>"))
    assert time.process_time() - began < 5


def test_what_stands_in_the_contents_only_is_read_as_far_as_it_goes_or_told_of() -> None:
    first, second, third = items(report("1. Lifts\n2. Stairs By Ben Bystander; Cem\n3. Bells", THREE[0]))
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (second.record.title, second.record.authors) == ("Stairs", ("Ben Bystander", "Cem"))
    assert isinstance(third, Unreadable)
    assert (third.text, third.place) == ("3. Bells", 3)
    assert third.reason == "a title, and nothing of its paper below it"


def test_the_contents_of_a_report_alone_name_its_papers() -> None:
    assert titles(report("1. Lifts By Ada\n2. Learning By Doing By Ben")) == ["Lifts", "Learning By Doing"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("2. Stairs\n", "a title, and nothing of its paper below it"),
        ("2.\nBy: Ben\nDate: 2025\n", "a number, and no title behind it"),
        (
            "2. Stairs\nBy: Ben\nDate: 2025\n\nOthers\nBy: Dora\n",
            "two papers in one: the number of the second is missing",
        ),
        (paper(2, r"\emph{}", "By: Ben"), "the title is empty"),
    ],
)
def test_what_cannot_be_read_is_told_of_in_its_place(broken: str, reason: str) -> None:
    before, told, after = items(report("", THREE[0], broken, THREE[2]))
    assert isinstance(told, Unreadable)
    assert (told.text, told.reason, told.place) == (broken.strip(), reason, 2)
    assert isinstance(before, Found)
    assert isinstance(after, Found)
    assert (after.place, told.digest) == (3, after.digest)


@pytest.mark.parametrize("char", ["1. a\n", "(", " ", "\n", "URL: x\n", "1. a\n2. b\n", "By: a;\n", "-", "x - ", "a; "])
def test_endless_repetition_is_read_at_once(char: str) -> None:
    text = char * (50_000 if "\n" in char else 1_000_000 // len(char))
    began = time.process_time()
    items(report("1. Lifts\n2. Stairs", THREE[0], text, THREE[1]))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("start", ["By", "By:", "1.", "9.", "URL:", "Date:", "", "JEL: A1", "This nep-twr", "("])
def test_a_line_of_spaces_is_read_at_once(start: str) -> None:
    began = time.process_time()
    items(f"{start}{' ' * 100_000}\n" + report("1. Lifts", THREE[0], f"{start}{' ' * 500_000}and more\n", THREE[1]))
    assert time.process_time() - began < 5


def test_a_file_that_is_no_report_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no report of NEP"):
        items("Dear all,\n\nnothing to read today.\n")


def test_a_report_that_is_too_long_to_be_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nep, "LONGEST_TEXT", 1_000)
    with pytest.raises(UnreadableFile, match="too long for a report: more than 1,000 characters"):
        items("1. a\n" + "words\n" * 200)
