"""Which records are of one work: each rule, and that nothing but the records counts."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.dates import PartialDate
from papers.exchange.recognise import _Work, clues_of, recognise
from papers.formats.record import PaperRecord, identified
from papers.ids import Identifier

TITLE = "Attention Is All You Need"


def paper(*ids: str, title: str = TITLE, authors: Sequence[str] = (), year: int | None = None) -> PaperRecord:
    published = PartialDate(year) if year else None
    return PaperRecord(title=title, authors=tuple(authors), published=published, **identified(*ids))


def partition(records: Sequence[PaperRecord]) -> set[frozenset[int]]:
    works = recognise([clues_of(record) for record in records])
    return {frozenset(tie.record for tie in work) for work in works}


def are_one(*records: PaperRecord) -> bool:
    return len(partition(records)) == 1


def are_apart(*records: PaperRecord) -> bool:
    return len(partition(records)) == len(records)


def test_one_arxiv_id_is_one_work_whatever_its_version_and_spelling() -> None:
    assert are_one(
        paper("1706.03762v1", title="Attention"),
        paper("https://arxiv.org/pdf/1706.03762v7.pdf", title="All You Need"),
        paper("10.48550/arXiv.1706.03762", title="A Third Title", authors=["Somebody Else"], year=1990),
    )


def test_an_arxiv_id_with_a_subject_class_is_the_same_without() -> None:
    assert are_one(paper("math.AG/0601001", title="Stacks"), paper("math/0601001", title="More on Stacks"))


def test_without_a_common_arxiv_id_one_doi_is_one_work() -> None:
    assert are_one(paper("1706.03762", "10.1000/XYZ", title="A"), paper("https://doi.org/10.1000/xyz", title="B"))


def test_any_other_identifier_makes_one_work_too() -> None:
    forum, pdf = "https://openreview.net/forum?id=abc", "https://openreview.net/pdf?id=abc"
    assert are_one(paper(forum, title="A"), paper(pdf, title="B"))


def test_a_record_with_two_identifiers_joins_those_with_one_of_them() -> None:
    assert are_one(paper("1706.03762", title="A"), paper("10.1000/x", title="B"), paper("1706.03762", "10.1000/x"))


def test_a_doi_does_not_join_what_arxiv_tells_apart() -> None:
    assert are_apart(paper("1706.00001", "10.1000/proceedings"), paper("1706.00002", "10.1000/proceedings"))


def test_a_record_with_nothing_but_an_ambiguous_doi_stays_alone() -> None:
    assert are_apart(
        paper("1706.00001", "10.1000/proceedings", title="A"),
        paper("1706.00002", "10.1000/proceedings", title="B"),
        paper("10.1000/proceedings", title="C"),
    )


def test_what_has_only_the_ambiguous_doi_is_one_among_itself() -> None:
    assert partition(
        [
            paper("1706.00001", "10.1000/proceedings", title="A"),
            paper("1706.00002", "10.1000/proceedings", title="B"),
            paper("10.1000/proceedings", title="C"),
            paper("10.1000/proceedings", title="D"),
        ]
    ) == {frozenset({0}), frozenset({1}), frozenset({2, 3})}


def test_another_identifier_does_not_join_what_dois_tell_apart() -> None:
    pmid = "https://pubmed.ncbi.nlm.nih.gov/7"
    assert are_apart(paper("10.1000/a", pmid, title="A"), paper("10.1000/b", pmid, title="B"))


@pytest.mark.parametrize(
    "title", ["ATTENTION IS ALL YOU NEED", "Attention is all you need.", "Atténtion — is all, you need"]
)
def test_a_title_is_the_same_however_it_is_spelled(title: str) -> None:
    assert are_one(paper(title=TITLE), paper(title=title))


def test_one_name_in_tex_and_in_letters_is_one_title() -> None:
    assert are_one(paper(title=r"T\"ULU 3: Pushing Frontiers"), paper(title="TÜLU 3: Pushing Frontiers"))


def test_a_title_joins_a_work_with_an_identifier() -> None:
    assert are_one(paper(), paper("1706.03762", authors=["Ashish Vaswani"], year=2017))


def test_titles_with_two_arxiv_ids_are_two_works() -> None:
    assert are_apart(paper("1706.03762"), paper("1706.03763"))


def test_titles_with_two_dois_are_two_works() -> None:
    assert are_apart(paper("10.1000/a"), paper("10.1000/b"))


def test_a_preprint_and_its_publication_are_one_by_title() -> None:
    assert are_one(
        paper("1706.03762", authors=["A. Vaswani"]), paper("10.1000/x", authors=["Ashish Vaswani"], year=2018)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ashish Vaswani", "A. Vaswani"),
        ("Vaswani, Ashish", "Ashish Vaswani"),
        ("Vaswani AB", "Ashish Vaswani"),
        ("Jean-Pierre Serre", "J.-P. Serre"),
        (r"Paul Erd\H{o}s", "P Erdős"),
    ],
)
def test_first_authors_are_compatible_where_one_name_may_be_short_for_the_other(one: str, other: str) -> None:
    assert are_one(paper(authors=[one]), paper(authors=[other, "Somebody Else"]))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ashish Vaswani", "Noam Shazeer"), ("A. Vaswani", "A. Shazeer"), ("Ashish Vaswani", "Ashish Shazeer")],
)
def test_one_title_with_different_first_authors_is_two_works(one: str, other: str) -> None:
    assert are_apart(paper(authors=[one]), paper(authors=[other]))


@pytest.mark.parametrize(("year", "together"), [(2019, True), (2020, False), (2015, True), (2014, False)])
def test_years_are_compatible_up_to_two_apart(year: int, together: bool) -> None:
    assert are_one(paper("1706.03762"), paper(year=year)) is together


def test_a_title_that_fits_two_works_stays_alone() -> None:
    assert are_apart(paper("1706.03762"), paper("1801.00001"), paper())


def test_titles_that_fit_the_same_two_works_are_one_among_themselves() -> None:
    assert partition([paper("1706.03762"), paper("1801.00001"), paper(), paper()]) == {
        frozenset({0}),
        frozenset({1}),
        frozenset({2, 3}),
    }


def test_a_title_that_fits_one_of_two_works_by_its_author_joins_that() -> None:
    one, other = paper("1706.03762", authors=["A. Vaswani"]), paper("1801.00001", authors=["B. Zoph"])
    assert partition([one, other, paper(authors=["Barret Zoph"])]) == {frozenset({0}), frozenset({1, 2})}


@pytest.mark.parametrize("title", ["Editorial", "EDITORIAL.", "Book Review", "A Study", "Qwen-VL"])
def test_short_and_common_titles_alone_say_nothing(title: str) -> None:
    assert are_apart(paper(title=title), paper(title=title))


def test_a_common_title_with_one_author_and_year_is_one_work() -> None:
    editorial = paper(title="Editorial", authors=["Ada Lovelace"], year=2020)
    assert are_one(editorial, editorial)
    assert are_apart(editorial, paper(title="Editorial", authors=["Ben Kay"], year=2020))


@pytest.mark.parametrize(
    "record",
    [
        lambda n: paper(title="Editorial", authors=[f"Given{n} Name{n}"]),
        lambda n: paper(f"10.1000/{n}", title="Introduction to the Issue"),
    ],
    ids=["authors", "DOIs"],
)
def test_of_many_works_with_one_title_few_are_compared(
    record: Callable[[int], PaperRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    may_be = _Work.may_be

    def counted(one: _Work, other: _Work) -> bool:
        nonlocal compared
        compared += 1
        return may_be(one, other)

    monkeypatch.setattr(_Work, "may_be", counted)
    records = [record(n) for n in range(300)]
    assert are_apart(*records)
    assert compared == 0


def test_no_title_is_no_title_in_common() -> None:
    assert are_apart(paper("1706.00001", title="!"), paper("1706.00002", title="?"))


def test_each_tie_says_what_tied_it() -> None:
    records = [paper("1706.03762"), paper("1706.03762", title="B"), paper(), paper(title="Something Else Entirely")]
    evidence = {tie.record: tie.evidence for work in recognise(list(map(clues_of, records))) for tie in work}
    assert evidence == {0: "arxiv:1706.03762", 1: "arxiv:1706.03762", 2: "title", 3: ""}


def records() -> st.SearchStrategy[PaperRecord]:
    """Of a small world, so that everything clashes with everything."""
    ids = [
        Identifier(scheme, value)
        for scheme, values in {
            "arxiv": ["1706.00001", "1906.00002", "1706.00003"],
            "doi": ["10.1/a", "10.1/b"],
            "pmid": ["1", "2"],
            "acl": ["x"],
        }.items()
        for value in values
    ]
    optional: dict[str, st.SearchStrategy[Any]] = {
        "identifiers": st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple),
        "authors": st.sampled_from([("Ada Lovelace",), ("A. Lovelace",), ("Ben Kay",), ("Ada Kay",), ("李",)]),
        "published": st.sampled_from([PartialDate(year) for year in (2017, 2018, 2019, 2022)]),
    }
    titles = st.sampled_from(["On Attention", "on attention", "Residual Learning", "Editorial", "?"])
    values: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({"title": titles}, optional=optional)
    return values.map(lambda values: PaperRecord(**values))


@given(data=st.data(), found=st.lists(records(), max_size=10))
def test_the_order_of_the_records_does_not_matter(data: st.DataObject, found: list[PaperRecord]) -> None:
    order = data.draw(st.permutations(range(len(found))))
    shuffled = partition([found[index] for index in order])
    assert {frozenset(order[index] for index in work) for work in shuffled} == partition(found)


@given(found=st.lists(records(), max_size=8))
def test_what_is_said_twice_says_nothing_more(found: list[PaperRecord]) -> None:
    once = {frozenset(work & set(range(len(found)))) for work in partition([*found, *found])}
    assert once - {frozenset()} == partition(found)
