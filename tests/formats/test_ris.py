"""RIS as databases and reference managers write it, each in its own way."""

import pytest

from papers.formats import readers, recognise
from papers.formats.record import Found, PaperRecord, Unreadable

from .test_contract import document


def items(text: str) -> list[Found | Unreadable]:
    return list(readers()["ris"].read(document(text.encode())))


def of(*lines: str) -> PaperRecord:
    [item] = items("\n".join(["TY  - JOUR", "TI  - On Tests", *lines, "ER  - "]))
    assert isinstance(item, Found)
    return item.record


def titles(text: str) -> list[str]:
    return [item.record.title if isinstance(item, Found) else item.reason for item in items(text)]


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - On Tests\nER  - \n",
        "TY  - JOUR\nTI  - On Tests\nER  -",
        "TY  - JOUR\nTI  - On Tests",
        "TY  - JOUR\r\nTI  - On Tests\r\nER  - \r\n",
        "\ufeffTY  - JOUR\nT1  - On Tests\nER  - end\n",
        " \ufeff\n\nTY  - JOUR \nTI  - On Tests\nER  - \nmore text\n\n",
        "Provider: Tests\nContent: text/plain\n\nTY  - BOOK\nBT  - On Tests\nER  - ",
        "TY  - CHAP\nCT  - On Tests\nBT  - A Book\nER  - ",
        "TY  - JOUR\nTI\t- On Tests\nER\t- ",
        "TY - JOUR\nTI - On Tests\nER - ",
        "  TY  - JOUR\n  TI  - On\n  Tests\n  ER  - ",
        "TY  - JOUR\nTY  - BOOK\nTI  - On Tests\nER  - \nER  - ",
        "TI  - On Tests\nAU  - Author, Ada\nER  - ",
    ],
)
def test_a_record_is_found_however_its_lines_are_written(text: str) -> None:
    reader, _ = recognise(document(text.encode()))
    assert reader.name == "ris"
    assert [" ".join(title.split()) for title in titles(text)] == ["On Tests"]


def test_a_type_begins_a_record_whether_the_last_one_has_ended_or_not() -> None:
    assert titles("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n\nER  - \n\nTY  - BOOK\nT1  - Three") == [
        "One",
        "Two",
        "Three",
    ]


def test_the_short_name_of_a_journal_that_ovid_writes_below_a_record_is_none() -> None:
    found = items(
        "1.\nTY  - JOUR\nTI  - One\nER  -\nNL  - J Tests\n\nLink: x\n\n2.\nTY  - JOUR\nTI  - Two\nER  -\nNL  - J"
    )
    assert [(item.record.title, item.place) for item in found if isinstance(item, Found)] == [("One", 1), ("Two", 2)]
    assert len(found) == 2


def test_lines_within_a_value_that_look_like_tags_belong_to_it() -> None:
    record = of("AB  - Two kinds:", "T2 - weighted images", "", "A second paragraph.", "JO  - Journal of Tests")
    assert record.abstract == "Two kinds:\nT2 - weighted images\n\nA second paragraph."
    assert record.venue == "Journal of Tests"


@pytest.mark.parametrize(
    ("lines", "abstract"),
    [
        (["AB  - Of tests."], "Of tests."),
        (["N2  - Of tests."], "Of tests."),
        (["N2  - A note.", "AB  - Of tests."], "Of tests."),
        (["AB  - ", "N2  - Of tests."], "Of tests."),
        (["AB  - H<sub>2</sub>O &amp; tests."], "H$_{2}$O & tests."),
        (["N1  - Cited by 4"], ""),
    ],
)
def test_the_abstract_is_in_ab_or_n2(lines: list[str], abstract: str) -> None:
    assert of(*lines).abstract == abstract


@pytest.mark.parametrize(
    ("lines", "identifiers"),
    [
        (["DO  - 10.1000/A"], ["doi:10.1000/a"]),
        (["DO  - doi:10.1000/A"], ["doi:10.1000/a"]),
        (["DO  - https://doi.org/10.1000/a; 10.1000/b"], ["doi:10.1000/a", "doi:10.1000/b"]),
        (["M3  - doi: 10.1000/a"], ["doi:10.1000/a"]),
        (["M3  - 10.1000/A"], ["doi:10.1000/a"]),
        (["N1  - 10.1000/b is what this replies to"], []),
        (["L3  - doi: 10.1000/a", "M3  - Article"], ["doi:10.1000/a"]),
        (["N1  - doi: 10.1000/a"], ["doi:10.1000/a"]),
        (["N1  - Reply to 10.1000/b"], []),
        (["UR  - http://dx.doi.org/10.1000/a"], ["doi:10.1000/a"]),
        (["L2  - https://pubmed.ncbi.nlm.nih.gov/12345678/"], ["pmid:12345678"]),
        (["AN  - 12345678", "DP  - PubMed"], ["pmid:12345678"]),
        (["AN  - 12345678", "DB  - Other"], []),
        (["JO  - arXiv preprint arXiv:2503.00001"], ["arxiv:2503.00001"]),
        (["UR  - https://arxiv.org/abs/arXiv:2503.00001"], ["arxiv:2503.00001"]),
        (["N1  - arXiv:2503.00001 [cs]"], ["arxiv:2503.00001"]),
    ],
)
def test_what_identifies_a_paper_is_found_wherever_programs_put_it(lines: list[str], identifiers: list[str]) -> None:
    assert sorted(map(str, of(*lines).identifiers)) == identifiers


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2025"], "2025"),
        (["PY  - 2025///"], "2025"),
        (["Y1  - 2025/03/11/"], "2025-03-11"),
        (["Y1  - 2025/03//"], "2025-03"),
        (["PY  - 2025/00/00/"], "2025"),
        (["Y1  - 2025/october"], "2025-10"),
        (["PY  - 2025", "DA  - 2025/03/11"], "2025-03-11"),
        (["PY  - 2025", "DA  - 20250311"], "2025-03-11"),
        (["PY  - 2024", "DA  - 2025/03/11"], "2024"),
        (["DA  - 2025-03-11T00:00:00"], "2025-03-11"),
        (["PY  - 2025", "Y2  - 2026/01/01"], "2025"),
        (["PY  - Mar 2025"], "2025-03"),
        (["PY  - 10 15"], "None"),
        (["PY  - YEAR/MONTH/DAY/"], "None"),
        (["PY  - ///"], "None"),
        (["PY  - 2025/02/30"], "2025-02"),
    ],
)
def test_dates_are_as_exact_as_they_are_said_and_faulty_ones_are_none(lines: list[str], date: str) -> None:
    assert str(of(*lines).published) == date


@pytest.mark.parametrize(
    ("lines", "venue"),
    [
        (["JO  - J. Tests", "JF  - Journal of Tests"], "Journal of Tests"),
        (["T2  - Journal of Tests", "J2  - J. Tests"], "Journal of Tests"),
        (["BT  - Book of Tests"], "Book of Tests"),
        (["JF  - On Tests", "T2  - Journal of Tests"], "Journal of Tests"),
        (["PB  - A Publisher"], ""),
    ],
)
def test_the_venue_is_the_journal_by_its_full_name_or_the_book(lines: list[str], venue: str) -> None:
    assert of(*lines).venue == venue


def test_authors_keywords_and_links() -> None:
    record = of(
        *("AU  - Author, Ada", "A1  - Bystander,B. C. ", "AU  - Companion, Cy, Jr.", "A2  - Editor, Ed"),
        *("KW  - tests", "KW  - files, and others", "KW  - tests"),
        *("UR  - https://example.org/a", "L1  - https://example.org/a.pdf", "L1  - internal-pdf://a.pdf"),
    )
    assert record.authors == ("Ada Author", "B. C. Bystander", "Cy Companion Jr.")
    assert record.tags == ("tests", "files, and others")
    assert [tuple(link) for link in record.links] == [
        ("page", "https://example.org/a"),
        ("pdf", "https://example.org/a.pdf"),
    ]


@pytest.mark.parametrize(
    "line", ["KW  - one; two", "KW  - one, two", "KW  - one\ntwo", "KW  - *one\nKW  - two/history/*methods"]
)
def test_keywords_in_one_line_are_told_apart(line: str) -> None:
    assert of(line).tags == ("one", "two")


def test_authors_in_one_line_are_told_apart() -> None:
    assert of("AU  - Author, Ada and Bystander, Ben").authors == ("Ada Author", "Ben Bystander")


def test_a_record_without_a_title_is_told_of_with_its_text() -> None:
    broken, sound = items("TY  - JOUR\nT2  - A Journal\nDO  - 10.1000/a\nER  - \nTY  - JOUR\nTI  - Sound\nER  - ")
    assert isinstance(broken, Unreadable)
    assert broken.reason == "a record without a title (TI, T1, CT or BT)"
    assert broken.text == "TY  - JOUR\nT2  - A Journal\nDO  - 10.1000/a\nER  -"
    assert isinstance(sound, Found)
    assert (sound.record.title, sound.place, sound.line) == ("Sound", 2, 5)


def test_a_record_without_end_takes_bounded_memory() -> None:
    [item] = items("TY  - JOUR\nTI  - One\nAB  - " + "words and\n" * 200_000)
    assert isinstance(item, Unreadable)
    assert item.reason == "a record of more than 1,000,000 characters"
    assert len(item.text) <= 100_000


@pytest.mark.parametrize(
    "piece", ["TY  - \n", "TY", "ER  - \n", "a, ", "a and ", "<i>a</i>", "https://", "arxiv ", "x "]
)
def test_one_thing_over_and_over_does_not_hang(piece: str) -> None:
    many = piece * 30_000
    assert all(isinstance(item, Unreadable) for item in items(many))
    assert items(f"TY  - JOUR\nTI  - {many}\nAU  - {many}\nUR  - {many}\nN1  - {many}\nPY  - {many}\nER  - ")
