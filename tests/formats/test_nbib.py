"""PubMed's own export: records of indented lines, with or without blank lines between."""

import pytest

from papers.formats import readers, recognise
from papers.formats.record import Found, PaperRecord, Unreadable

from .test_contract import document


def items(text: str) -> list[Found | Unreadable]:
    return list(readers()["nbib"].read(document(text.encode())))


def of(*lines: str) -> PaperRecord:
    [item] = items("\n".join(["PMID- 90000001", "TI  - On tests.", *lines]))
    assert isinstance(item, Found)
    return item.record


@pytest.mark.parametrize(
    "text",
    [
        "PMID- 1\nTI  - One.\n\nPMID- 2\nTI  - Two.\n",
        "PMID- 1\nTI  - One.\nPMID- 2\nTI  - Two.",
        "PMID- 1\r\nTI  - One.\r\n\r\n\r\nPMID- 2\r\nTI  - Two.\r\n",
        "\ufeff\nPMID- 1\n\nTI  - One.\n\nPMID- 2\n\nTI  - Two.\n",
        "TI  - One.\nPT  - Journal Article\n\nTI  - Two.\nPT  - Journal Article\n",
        "PMID-1\nTI  - One.\n\nPMID-2\nTI  - Two.\n",
        "PMID- 1\nTI  - One.\nPMC - PMC1\nPST - ppublish\n\nPMC - PMC2\nTI  - Two.\n",
        "PMID- 1\nTI  - One.\nPST - ppublish\n\nPMCR- 2025/01/01\nTI  - Two.\n",
        "PMID- 1\n\nTI  - One.\n\nPMC - PMC1\n\nPMCR- 2025/01/01\n\nPMID- 2\n\nTI  - Two.\n",
    ],
)
def test_records_are_told_apart_by_their_ids_and_by_blank_lines(text: str) -> None:
    reader, _ = recognise(document(text.encode()))
    assert reader.name == "nbib"
    assert [item.record.title for item in items(text) if isinstance(item, Found)] == ["One.", "Two."]


def test_wrapped_lines_are_put_together() -> None:
    record = of("AB  - An abstract, which goes on", "      here.", "JT  - A journal of", "      tests")
    assert " ".join(record.abstract.split()) == "An abstract, which goes on here."
    assert record.venue == "A journal of tests"


def test_full_names_stand_for_short_ones_and_groups_come_last() -> None:
    assert of("FAU - Author, Ada B", "AU  - Author AB", "CN  - Testers, United", "FAU - Solo").authors == (
        "Ada B Author",
        "Solo",
        "Testers, United",
    )
    assert of("AU  - Author AB").authors == ("Author AB",)


@pytest.mark.parametrize(
    ("lines", "identifiers"),
    [
        ([], ["pmid:90000001"]),
        (["LID - 10.1000/A [doi]", "AID - 10.1000/a [doi]"], ["doi:10.1000/a", "pmid:90000001"]),
        (["AID - S0000-0000(25)00001-1 [pii]"], ["pmid:90000001"]),
        (["LID - arXiv:2503.00001v2"], ["arxiv:2503.00001", "pmid:90000001"]),
    ],
)
def test_a_paper_is_known_by_its_pmid_and_its_doi(lines: list[str], identifiers: list[str]) -> None:
    assert sorted(map(str, of(*lines).identifiers)) == identifiers


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["DP  - 2025 Mar 11"], "2025-03-11"),
        (["DP  - 2025 Mar-Apr"], "2025-03"),
        (["DP  - 2025 Spring"], "2025"),
        (["DP  - 2025 Dec 30-2026 Jan 5"], "2025-12-30"),
        (["DP  - 2025", "DEP - 20250311"], "2025-03-11"),
        (["DP  - 2025", "DEP - 20241230"], "2025"),
        (["DA  - 20250311"], "None"),
    ],
)
def test_dates_are_those_of_the_publication(lines: list[str], date: str) -> None:
    assert str(of(*lines).published) == date


def test_headings_and_keywords_become_tags_without_their_qualifiers() -> None:
    assert of("OT  - tests", "MH  - Files, Small/*methods/history", "MH  - *Files, Small").tags == (
        "tests",
        "Files, Small",
    )


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["TI  - [Not Available].", "TT  - Ein Titel."], "Ein Titel."),
        (["TT  - Ein Titel."], "Ein Titel."),
        (["TI  - [A title in English].", "TT  - Ein Titel."], "[A title in English]."),
        (["BTI - A book."], "A book."),
    ],
)
def test_a_title_may_be_there_in_the_paper_s_language_only(lines: list[str], title: str) -> None:
    [item] = items("\n".join(["PMID- 1", *lines]))
    assert isinstance(item, Found)
    assert item.record.title == title


@pytest.mark.parametrize("lines", [[], ["TI  - "], ["TI  - [Not Available]."]])
def test_a_record_without_a_title_is_told_of_with_its_text(lines: list[str]) -> None:
    broken, sound = items("\n".join(["PMID- 1", *lines, "DP  - 2025", "", "PMID- 2", "TI  - Sound."]))
    assert isinstance(broken, Unreadable)
    assert broken.reason == "a record without a title (TI)"
    assert broken.text == "\n".join(["PMID- 1", *lines, "DP  - 2025"])
    assert isinstance(sound, Found)
    assert sound.place == 2


@pytest.mark.parametrize("text", ["TY  - JOUR\nTI  - One\nPT  - x\nER  - \n", "TI - One\nAU - Two\n", "PMID 1234"])
def test_other_tagged_lines_are_not_taken_for_it(text: str) -> None:
    reader = readers()["nbib"]
    assert reader.recognise(document(text.encode())) < readers()["ris"].recognise(document(text.encode())) or not (
        reader.recognise(document(text.encode()))
    )


def test_a_record_of_one_endless_line_is_told_of_by_its_beginning() -> None:
    [item] = items("PMID- 1" + "0" * 2_000_000)
    assert isinstance(item, Unreadable)
    assert item.text.startswith("PMID- 10")
    assert len(item.text) <= 100_000
