"""Papers as blocks of labelled lines between rules."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, PaperRecord, Unreadable

BLOCK = "Title: Kettles\nPDF: https://arxiv.org/pdf/2503.00001\nSummary: They boil.\n"
OTHER = "Title: Umbrellas\nPDF: https://arxiv.org/pdf/2503.00002\nSummary: They are lost.\n"


def document(text: str) -> Document:
    return Document("papers.txt", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["labelled-blocks"].read(document(text)))


def paper(text: str) -> PaperRecord:
    [item] = read(text)
    assert isinstance(item, Found), item
    return item.record


def titles(text: str) -> list[str]:
    return [item.record.title if isinstance(item, Found) else f"! {item.reason}" for item in read(text)]


def test_a_block_is_a_title_an_address_and_the_abstract() -> None:
    record = paper(BLOCK)
    assert (record.title, record.abstract) == ("Kettles", "They boil.")
    assert list(map(str, record.identifiers)) == ["arxiv:2503.00001"]
    assert [item.digest for item in read(BLOCK)] == [DigestRecord()]


@pytest.mark.parametrize("between", ["---\n", "\n---\n\n", "-----\n", "===\n", "***\n", "\n", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_rule_stands_between_or_the_next_title_begins(between: str, end: str) -> None:
    text = f"{BLOCK}{between}{OTHER}{between}".replace("\n", end)
    assert titles(text) == ["Kettles", "Umbrellas"]
    assert recognise(document(text))[0].name == "labelled-blocks"


def test_lines_below_go_on_with_what_is_said_above() -> None:
    record = paper(
        "Title: Kettles\n  That Boil\nPDF: https://arxiv.org/pdf/2503.00001\nSummary:\nThey\nboil.\n\nOften."
    )
    assert (record.title, record.abstract) == ("Kettles\n  That Boil", "They\nboil.\n\nOften.")


def test_a_label_that_was_said_before_is_a_word_of_the_summary() -> None:
    record = paper(f"{BLOCK}PDF: files are small.\nAbstract: art is large.")
    assert record.abstract == "They boil.\nPDF: files are small.\nAbstract: art is large."


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ("Authors: Ada Author, Ben Bystander", {"authors": ("Ada Author", "Ben Bystander")}),
        ("Published: 2025-03-07", {"published": PartialDate(2025, 3, 7)}),
        ("Date: 7 March 2025", {"published": PartialDate(2025, 3, 7)}),
        ("Date: Mar 7", {"published": None}),
        ("Tags: tea, kettles, tea", {"tags": ("tea", "kettles")}),
        ("Upvotes: 32", {"abstract": "They boil."}),
        ("**Abstract**: Bold.", {"abstract": "Bold."}),
        ("ABSTRACT: Loud.", {"abstract": "Loud."}),
    ],
)
def test_other_labels_are_known(lines: str, fields: dict[str, object]) -> None:
    text = f"Title: Kettles\nPDF: https://arxiv.org/pdf/2503.00001\n{lines}\n"
    record = paper(text if "bstract" in str(fields) and "They" not in str(fields) else f"{text}Summary: They boil.")
    assert {name: getattr(record, name) for name in fields} == fields


@pytest.mark.parametrize("label", ["PDF", "URL", "Link", "arXiv"])
def test_it_is_recognised_by_a_title_with_an_address_below_and_a_summary(label: str) -> None:
    assert recognise(document(BLOCK.replace("PDF", label)))[0].name == "labelled-blocks"


@pytest.mark.parametrize(
    "text",
    [
        "Title: Kettles\nAuthors: A. Author\n\\\\\narXiv:2503.00001\n",
        "Title: Kettles\n\nSome words.\n\nPDF: none\n",
        "A title: Kettles\nA link\n",
    ],
)
def test_other_labelled_lines_are_not_taken_for_it(text: str) -> None:
    assert readers()["labelled-blocks"].recognise(document(text)) == 0


def test_what_stands_above_the_papers_is_none_of_them() -> None:
    assert titles(f"Papers of the week\n---\n{BLOCK}---\n{OTHER}") == ["Kettles", "Umbrellas"]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("PDF: https://arxiv.org/pdf/2503.00003\nSummary: Whose?", "a block without a title"),
        ("Title:\nSummary: Whose?", "a block without a title"),
        ("Title: Kettles", "nothing but a title"),
        ("Title: Kettles\nSummary:", "nothing but a title"),
        ("Pasted here by accident.", "lines without a label such as “Title:”"),
    ],
)
def test_what_is_no_paper_is_told_of_and_the_others_are_read(block: str, reason: str) -> None:
    first, lost, second = read(f"{BLOCK}---\n{block}\n---\n{OTHER}")
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert isinstance(lost, Unreadable)
    assert (lost.text, lost.line, lost.place, lost.reason) == (block, 5, 2, reason)
