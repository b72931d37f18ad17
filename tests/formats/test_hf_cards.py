"""A Hugging Face papers page saved with its headings or links, as different programs save it."""

import pytest

from papers.dates import DayOfYear, PartialDate
from papers.formats.record import Found, Link, PaperRecord, Unreadable

from .test_hf_page import HEADER, LONG, PAIRS, blocks, letters, page, pairs, read, recognised

LOGIN = "https://huggingface.co/login?next=%2Fpapers%2F"
PAPERS = "https://huggingface.co/papers"
TOP = """new

Get trending papers in your email inbox once a day!

Get trending papers in your email inbox!

[Subscribe](https://huggingface.co/login?next=%2Fpapers)

# Daily Papers

## by [![](https://cdn.example/by.png)AK](https://huggingface.co/akhaliq) and the research community

- Daily
- Weekly

[Trending Papers](https://huggingface.co/papers/trending)

Oct 2
"""
#: The same two papers as different programs save them.
AS_HEADINGS = f"""{TOP}
[101]({LOGIN}2503.00001)

### [Kettles That\\  Boil]({PAPERS}/2503.00001)

[We boil water \\[1\\], at length\\\\
and (at times) twice.]({PAPERS}/2503.00001)

[![logo](https://cdn.example/a.png)Tea Inc.](https://huggingface.co/tea)

·

May 29, 2025[6]({PAPERS}/2503.00001#community)

[-]({LOGIN}2503.00002)

### [Sparse Umbrellas]({PAPERS}/2503.00002)

[We lose them.]({PAPERS}/2503.00002)

[- ![](https://cdn.example/b.png)\\\\
- ![](https://cdn.example/c.svg)\\\\
- 3 authors]({PAPERS}/2503.00002)

·

Feb 27
"""
AS_LINES = f"""# Daily Papers - Hugging Face

 Hugging Face

https://huggingface.co/

Models

https://huggingface.co/models

Get trending papers in your email inbox!

Subscribe

https://huggingface.co/login?next=%2Fpapers

by

AK

https://huggingface.co/akhaliq

 and the research community

{PAPERS}/date/2025-10-01

Oct 2

 [-] 1

{LOGIN}2503.00001

Kettles That Boil

{PAPERS}/2503.00001

We boil water [1], at length and (at times) twice.

{PAPERS}/2503.00001

{PAPERS}/2503.00001

 Tea Inc.

https://huggingface.co/tea

·

May 29, 2025 \n
6

{PAPERS}/2503.00001#community

 [-] -

{LOGIN}2503.00002

Sparse Umbrellas

{PAPERS}/2503.00002

We lose them.

{PAPERS}/2503.00002

[

2 authors]({PAPERS}/2503.00002)

·

Feb 27

Previous

{PAPERS}/date/2025-10-01

System theme
"""
AS_REFERENCES = f"""[[Hugging Face's logo] Hugging Face][1]
* [ Models ][2]
new

Get trending papers in your email inbox!

# Daily Papers

## by[AK][3] and the research community
* Daily
* Weekly

Oct 2
[
101
][4]

### [Kettles That Boil][5]

[

We boil water [1], at length
and (at times) twice.

][5]
[[tea] Tea Inc.][6]
·
May 29, 2025 [ 6][7]
[
-
][8]

### [Sparse Umbrellas][9]

[

We lose them.

][9]
[
* 3 authors
][9]
·
Feb 27

[4]: {LOGIN}2503.00001
[5]: {PAPERS}/2503.00001
[6]: https://huggingface.co/tea
[9]: {PAPERS}/2503.00002
"""
SHAPES = pytest.mark.parametrize(
    "text", [AS_HEADINGS, AS_LINES, AS_REFERENCES], ids=["headings", "lines", "references"]
)


def records(text: str) -> list[PaperRecord]:
    items = read(text)
    assert all(isinstance(item, Found) for item in items), items
    return [item.record for item in items if isinstance(item, Found)]


@SHAPES
def test_a_page_saved_with_its_links_is_read_by_them(text: str) -> None:
    assert recognised(text) == "hf-page"
    kettles, umbrellas = records(text)
    assert (kettles.title, kettles.abstract) == (
        "Kettles That Boil",
        "We boil water [1], at length and (at times) twice.",
    )
    assert (umbrellas.title, umbrellas.abstract) == ("Sparse Umbrellas", "We lose them.")
    assert [str(*record.identifiers) for record in (kettles, umbrellas)] == ["arxiv:2503.00001", "arxiv:2503.00002"]
    assert {item.digest.date for item in read(text) if isinstance(item, Found)} == {DayOfYear(10, 2)}


@SHAPES
def test_the_day_on_a_card_is_its_paper_s_where_it_has_a_year(text: str) -> None:
    assert [record.published for record in records(text)] == [PartialDate(2025, 5, 29), None]


@SHAPES
def test_each_card_of_a_page_is_a_piece_that_is_read_alone(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = records(text)
    with monkeypatch.context() as patched:
        patched.setattr("papers.formats.record.LONGEST_PAPER", 0)
        pieces = [item for item in read(text) if isinstance(item, Unreadable)]
    assert [record for piece in pieces for record in records(piece.text)] == whole


@SHAPES
def test_without_the_page_s_own_words_its_votes_tell_what_it_is(text: str) -> None:
    below = text[text.index("Oct 2") :]
    assert recognised(below) == "hf-page" or "login" not in below


def test_without_the_list_of_addresses_at_the_end_the_titles_are_still_titles() -> None:
    text = AS_REFERENCES[: AS_REFERENCES.index("[4]:")]
    assert [(record.title, record.identifiers) for record in records(text)] == [
        ("Kettles That Boil", ()),
        ("Sparse Umbrellas", ()),
    ]


TRENDING = """Get trending papers in your email inbox!

## Trending Papers

## by AK and the research community

Submitted by

[image]

ada

### {title}

{abstract}

- 8 authors

· Published on Oct 4, 2026

[Upvote

117](https://huggingface.co/login?next=%2Fpapers%2F2503.00001)

[GitHub 11.3k](https://github.com/a/kettles) [arXiv Page](https://arxiv.org/abs/2503.00001)

Submitted by

[image]

ada

### {title}

{abstract}
- 8 authors
[LINK: GitHub 11.3k](https://github.com/a/kettles)

### Sparse Umbrellas

We lose them.
[LINK: GitHub 476](https://github.com/a/b)

### Sparse Umbrellas

We lose them.
[LINK: GitHub 476](https://github.com/a/b)

--------------------
"""


@pytest.mark.parametrize(
    "title",
    [
        "Kettles That Boil",
        "Kettles That\n  Boil",
        f"[Kettles That Boil]({PAPERS}/2503.00001)",
        f"[Kettles That\nBoil]({PAPERS}/2503.00001)",
    ],
)
@pytest.mark.parametrize("abstract", ["We boil.", "We\nboil.", LONG.strip()])
def test_the_trending_page_says_each_paper_twice_and_it_is_one_entry(title: str, abstract: str) -> None:
    kettles, umbrellas = records(TRENDING.format(title=title, abstract=abstract))
    assert (kettles.title, kettles.abstract) == ("Kettles That Boil", " ".join(abstract.split()))
    assert kettles.published == PartialDate(2026, 10, 4)
    assert kettles.links == (Link("code", "https://github.com/a/kettles"),)
    assert (umbrellas.title, umbrellas.abstract) == ("Sparse Umbrellas", "We lose them.")
    assert umbrellas.links == (Link("code", "https://github.com/a/b"),)
    assert not any(item.digest.date for item in read(TRENDING) if isinstance(item, Found))


def test_said_twice_without_headings_or_links_it_is_one_entry_too() -> None:
    card = ["Submitted by", "ada", *PAIRS[0], "Tea Inc.", "·", "Published on Oct 4, 2026", "Upvote 117", "GitHub 1.2k"]
    assert pairs(page([*HEADER[:4], *card, *card, *PAIRS[1]])) == PAIRS[:2]


def test_a_page_of_titles_alone_has_papers_without_abstracts() -> None:
    text = "".join(
        f"[12]({LOGIN}{n})\n\n### [Title {n}]({PAPERS}/{n})\n\n- 3 authors\n\n" for n in ("2503.00001", "2503.00002")
    )
    assert [(record.title, record.abstract) for record in records(text)] == [
        ("Title 2503.00001", ""),
        ("Title 2503.00002", ""),
    ]


def test_an_abstract_behind_another_card_s_end_is_told_of() -> None:
    text = f"### [A]({PAPERS}/2503.00001)\n\nWe.\n\n- 3 authors\n\n{LONG}\n\n### [B]({PAPERS}/2503.00002)\n\nThey."
    first, lost, second = read(text)
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert isinstance(lost, Unreadable)
    assert (lost.text, lost.line, lost.reason) == (LONG.strip(), 7, "an abstract without a title before it")


@pytest.mark.parametrize(
    "abstract",
    [
        f"{LONG}It is at\nhttps://huggingface.co/spaces/a/b\nfor all.",
        f"{LONG}It is at\nhttps://a.example/b",
        "Short, and at\nhttps://huggingface.co/a",
        f"[We use [this](https://a.example) and [that](https://b.example).]({PAPERS}/2503.00001)",
        f"[- We begin with a dash, as [1] did.]({PAPERS}/2503.00001)",
    ],
)
def test_links_within_an_abstract_are_part_of_it(abstract: str) -> None:
    [record] = records(f"### [Kettles]({PAPERS}/2503.00001)\n\n{abstract}\n\n- [image]\n\n- 3 authors\n")
    words = abstract.replace("(https://a.example)", "").replace("(https://b.example)", "").partition(f"]({PAPERS}")[0]
    assert letters(record.abstract) == letters(words)
    assert record.title == "Kettles"


def test_an_address_below_an_abstract_that_is_not_the_paper_s_page_takes_nothing_away() -> None:
    [record] = records(f"### Kettles\n\n{LONG}\n\nhttps://huggingface.co/spaces/a/b\n\n- 3 authors\n")
    assert record.abstract == LONG.strip()


def test_a_heading_without_an_abstract_or_a_link_is_told_of() -> None:
    lost, found = read("### Kettles\n\n- 3 authors\n\n### Umbrellas\n\nWe lose them.")
    assert isinstance(lost, Unreadable)
    assert lost.reason == "a title without its abstract"
    assert isinstance(found, Found)


def test_an_address_among_the_abstracts_does_not_change_how_the_page_is_read() -> None:
    entries = [*PAIRS[:3], ("See Also", LONG.strip()), (f"The Page {PAPERS}", LONG.strip()), *PAIRS[3:]]
    assert pairs(page([*blocks(entries), f"{PAPERS}/2503.00001", LONG.strip()]))[: len(entries)] == entries
