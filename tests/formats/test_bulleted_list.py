"""Bulleted lists: an item for each paper, in the many ways in which programs and people write them."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable

URL = "https://arxiv.org/abs/2503.01234"


def document(text: str) -> Document:
    return Document("list.md", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["bulleted-list"].read(document(text)))


def paper(text: str) -> PaperRecord:
    [item] = read(text)
    assert isinstance(item, Found), item
    return item.record


@pytest.mark.parametrize(
    "text",
    [
        f"- 2025-03-09, **A Kettle**, Ada Author et.al., Paper: [{URL}]({URL})",
        f"- **A Kettle**  \n  Ada Author et al.  \n  {URL}\n",
        f"- **A Kettle**\n  - Ada Author et al. | [2503.01234]({URL})\n",
        f"- **Title:** [A Kettle]({URL})\n  - **Authors:** Ada Author\n",
        f"* [A Kettle]({URL}), *Ada Author and others*",
        f"1. **[A Kettle]({URL})**\n   - Authors: Ada Author",
        f"- A Kettle. [[paper]({URL})]\n  - Authors: Ada Author",
    ],
)
def test_an_item_has_its_title_first_and_then_authors_and_links(text: str) -> None:
    record = paper(text)
    assert record.title == "A Kettle"
    assert record.authors[0] == "Ada Author"
    assert list(map(str, record.identifiers)) == ["arxiv:2503.01234"]


def test_a_date_and_subjects_beside_the_link_are_known() -> None:
    record = paper(f"- **A Kettle**  \n  A. Author, B. Author  \n  _2025-03-09_ · {URL}v1 · `cs.RO`  \n")
    assert (record.published, record.tags, record.arxiv_version) == (PartialDate(2025, 3, 9), ("cs.RO",), 1)
    assert record.note == ""


@pytest.mark.parametrize(
    "abstract",
    [
        "  <details><summary>Abstract</summary>\n\n  It boils.\n\n  </details>\n",
        "  - <details><summary>Abstract</summary>It boils.</details>\n",
        "  - <details>\n    <summary>Abstract</summary>\n\n    It boils.\n\n  </details>\n",
        "  - **Abstract:** It boils.\n",
        "  - **Abstract**: It boils.\n",
    ],
)
def test_an_abstract_is_known_by_its_label_also_where_it_is_folded(abstract: str) -> None:
    record = paper(f"- **[A Kettle]({URL})**\n{abstract}")
    assert (record.abstract, record.note) == ("It boils.", "")


def test_what_else_is_said_is_a_note_with_its_links() -> None:
    record = paper(f"- [A Kettle]({URL}) - why it matters, with [a post](https://a.example).")
    assert record.note == r"why it matters, with \href{https://a.example}{a post}."
    assert record.links == (Link("page", "https://a.example"),)


def test_topics_are_tags_and_the_first_heading_names_the_list() -> None:
    head = "# Tea time\n\n_Updated: 2025-03-11 07:06 UTC_\n\n- [Kettles](#kettles)\n\n"
    items = read(f"{head}## Kettles\n\n- [A Kettle]({URL})\n- [A Pot]({URL})\n")
    assert [(item.place, item.digest) for item in items] == [
        (1, DigestRecord("Tea time", PartialDate(2025, 3, 11))),
        (2, DigestRecord("Tea time", PartialDate(2025, 3, 11))),
    ]
    assert all(isinstance(item, Found) and item.record.tags == ("Kettles",) for item in items)


def test_an_item_without_a_link_is_told_of_with_its_topic() -> None:
    _, gone = read(f"## Kettles\n- [A Kettle]({URL})\n- It was lost.\n  In the wash.\n")
    assert isinstance(gone, Unreadable)
    assert (gone.text, gone.line) == ("## Kettles\n- It was lost.\n  In the wash.", 3)


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        (f"- [A Kettle, at Last]({URL})\n- [A Pot, at Last](https://arxiv.org/abs/2503.00002)\n", True),
        (f"## A Kettle\n\n- [arXiv]({URL})\n- [PDF](https://arxiv.org/pdf/2503.01234)\n", False),
        (f"## A Kettle\n - **Arxiv link:** {URL}\n - **Pdf link:** {URL}\n", False),
        ("- Buy the tea leaves\n- Boil the kettle\n", False),
        ("- [A shop for tea](https://a.example)\n- [Another shop](https://b.example)\n", False),
    ],
)
def test_it_is_known_by_items_that_name_works(text: str, is_known: bool) -> None:
    known = readers()["bulleted-list"].recognise(document(text))
    assert bool(known) is is_known
    if is_known:
        assert recognise(document(text))[0].name == "bulleted-list"
