"""A paper's fields: the richest that its records say, whichever came first."""

import datetime as dt
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.dates import PartialDate
from papers.exchange.resolve import Claim, PaperFields, resolve
from papers.formats.record import Link, PaperRecord, identified
from papers.ids import Identifier

MARCH = dt.date(2025, 3, 11)


def claim(trust: int = 50, named_on: dt.date = MARCH, **fields: Any) -> Claim:
    return Claim(PaperRecord(**{"title": "On Attention", **fields}), trust, named_on)


def fields_of(*claims: Claim, **curated: Any) -> PaperFields:
    """What these claims say together, which is the same in any order."""
    first, *others = (resolve(order, curated) for order in permutations(claims))
    assert all(other == first for other in others)
    return first


def test_a_single_record_is_the_paper() -> None:
    fields = fields_of(
        claim(
            abstract=r"We \textbf{attend}.",
            authors=("Ada Lovelace", "Ben Kay"),
            identifiers=(Identifier("doi", "10.1000/x"), Identifier("arxiv", "2503.00001")),
            arxiv_version=2,
            published=PartialDate(2025, 3, 10),
            venue="ICML",
            tags=("vision", "NLP"),
            links=(Link("code", "https://example.org"),),
        )
    )
    assert fields == PaperFields(
        title="On Attention",
        other_titles=(),
        abstract=r"We \textbf{attend}.",
        abstract_kind="abstract",
        authors=("Ada Lovelace", "Ben Kay"),
        identifiers=(Identifier("arxiv", "2503.00001"), Identifier("doi", "10.1000/x")),
        arxiv_version=2,
        published=PartialDate(2025, 3, 10),
        named_on=MARCH,
        venue="ICML",
        tags=("NLP", "vision"),
        links=(Link("code", "https://example.org"),),
    )


def test_an_abstract_wins_over_a_note_and_a_note_over_a_snippet() -> None:
    snippet, note, abstract = claim(snippet="We att"), claim(note="A must."), claim(abstract="We attend.")
    assert fields_of(claim(), snippet)[2:4] == ("We att", "snippet")
    assert fields_of(snippet, note)[2:4] == ("A must.", "note")
    assert fields_of(snippet, note, abstract)[2:4] == ("We attend.", "abstract")


def test_an_abstract_of_a_distrusted_source_still_wins_over_a_note_of_a_trusted_one() -> None:
    assert fields_of(claim(trust=99, note="A must."), claim(trust=1, abstract="We attend.")).abstract == "We attend."


def test_a_blank_abstract_is_none() -> None:
    assert fields_of(claim(abstract=" \n"), claim(note="A must."))[2:4] == ("A must.", "note")
    assert fields_of(claim(abstract=" "))[2:4] == ("", "")


def test_a_text_that_was_cut_off_is_completed_by_one_that_goes_on() -> None:
    cut, whole = claim(trust=90, abstract="We attend to…"), claim(abstract="We  ATTEND to all of it.")
    assert fields_of(cut, whole).abstract == "We  ATTEND to all of it."


def test_a_longer_text_that_says_something_else_completes_nothing() -> None:
    trusted, other = claim(trust=90, abstract="We attend."), claim(abstract="They rest, and rest, and rest.")
    assert fields_of(trusted, other).abstract == "We attend."


def test_full_names_win_over_initials() -> None:
    initials, full = claim(trust=90, authors=("A. Lovelace", "B Kay")), claim(authors=("Ada Lovelace", "Ben Kay"))
    assert fields_of(initials, full).authors == ("Ada Lovelace", "Ben Kay")


def test_a_middle_initial_is_no_abbreviation() -> None:
    initials, full = claim(trust=90, authors=("A. Lovelace", "B. Kay")), claim(authors=("Ada M. Lovelace", "Ben Kay"))
    assert fields_of(initials, full).authors == ("Ada M. Lovelace", "Ben Kay")


def test_names_written_surname_first_can_be_abbreviated_too() -> None:
    initials, full = claim(trust=90, authors=("Lovelace, A.", "Kay B")), claim(authors=("Lovelace, Ada", "Kay, Ben"))
    assert fields_of(initials, full).authors == ("Lovelace, Ada", "Kay, Ben")


def test_fewer_abbreviated_names_win_over_more() -> None:
    more, fewer = claim(trust=90, authors=("A. Lovelace", "B. Kay")), claim(authors=("Ada Lovelace", "B. Kay"))
    assert fields_of(more, fewer).authors == ("Ada Lovelace", "B. Kay")


def test_a_cut_list_of_authors_is_completed() -> None:
    cut, whole = claim(trust=90, authors=("Ada Lovelace",)), claim(authors=("Ada LOVELACE", "Ben Kay"))
    assert fields_of(cut, whole).authors == ("Ada LOVELACE", "Ben Kay")


def test_an_empty_list_of_authors_is_filled() -> None:
    assert fields_of(claim(trust=90), claim(authors=("Ada Lovelace",))).authors == ("Ada Lovelace",)


def test_blank_names_are_nobody() -> None:
    assert fields_of(claim(authors=("", "Ada Lovelace", " "))).authors == ("Ada Lovelace",)
    assert fields_of(claim(authors=("",)), claim(authors=("Ada Lovelace",))).authors == ("Ada Lovelace",)


def test_the_more_trusted_source_is_believed() -> None:
    fields = fields_of(
        claim(trust=60, title="On Attention!", venue="ICML", published=PartialDate(2024), abstract="We attend."),
        claim(trust=50, title="ON ATTENTION", venue="Nature", published=PartialDate(2025, 1, 1), abstract="They rest."),
    )
    assert (fields.title, fields.venue, fields.published) == ("On Attention!", "ICML", PartialDate(2024))
    assert fields.abstract == "We attend."


def test_of_equal_trust_the_later_version_is_believed() -> None:
    early = claim(title="Attention", named_on=dt.date(2025, 1, 1), **identified("2503.00001v1"))
    late = claim(title="On Attention", **identified("2503.00001v3"))
    fields = fields_of(early, late)
    assert (fields.title, fields.arxiv_version) == ("On Attention", 3)


def test_then_whoever_says_more_is_believed() -> None:
    bare = claim(title="ATTENTION", named_on=dt.date(2025, 1, 1))
    assert fields_of(bare, claim(title="Attention", authors=("Ada Lovelace",))).title == "Attention"


def test_then_whoever_said_it_first_is_believed() -> None:
    assert fields_of(claim(title="B", named_on=dt.date(2025, 1, 1)), claim(title="A")).title == "B"


def test_a_blank_title_is_none() -> None:
    assert fields_of(claim(trust=90, title=" "), claim(title="On Attention")).title == "On Attention"


def test_other_titles_are_kept_once_however_they_are_spelled() -> None:
    fields = fields_of(
        claim(trust=90, title=r"T\"ULU 3"),
        claim(title="TÜLU 3"),
        claim(title="Tulu 3: Pushing Frontiers", other_titles=("tulu 3 – pushing frontiers", "Open Post-Training")),
    )
    assert fields.title == r"T\"ULU 3"
    assert fields.other_titles == ("Open Post-Training", "Tulu 3: Pushing Frontiers")


def test_identifiers_tags_and_links_are_all_there_are() -> None:
    fields = fields_of(
        claim(tags=("NLP", "vision"), links=(Link("code", "https://a.b"),), **identified("2503.00001", "10.1000/x")),
        claim(tags=("nlp", "Vision  ", "!"), links=(Link("code", "https://c.d"),), **identified("10.1000/x")),
    )
    assert fields.identifiers == (Identifier("arxiv", "2503.00001"), Identifier("doi", "10.1000/x"))
    assert fields.tags == ("NLP", "Vision")
    assert set(fields.links) == {Link("code", "https://a.b"), Link("code", "https://c.d")}


def test_the_more_precise_date_wins() -> None:
    year, month, day = (claim(published=PartialDate.parse(text)) for text in ("2024", "2024-05", "2024-05-07"))
    assert fields_of(year, month).published == PartialDate(2024, 5)
    assert fields_of(year, month, day).published == PartialDate(2024, 5, 7)


def test_of_two_dates_as_precise_the_earlier_wins() -> None:
    assert fields_of(claim(published=PartialDate(2025)), claim(published=PartialDate(2024))).published == (
        2024,
        None,
        None,
    )


def test_without_a_date_the_month_of_the_arxiv_id_is_the_paper_s() -> None:
    assert fields_of(claim(**identified("2503.00001"))).published == PartialDate(2025, 3)
    assert fields_of(claim(**identified("hep-th/9901001"))).published == PartialDate(1999, 1)
    assert fields_of(claim()).published is None


def test_a_venue_wins_over_the_archive() -> None:
    assert fields_of(claim(trust=90, venue="arXiv preprint"), claim(venue="ICML")).venue == "ICML"
    assert fields_of(claim(venue="arXiv preprint"), claim()).venue == "arXiv preprint"


def test_it_is_named_on_the_day_of_the_first_digest() -> None:
    assert fields_of(claim(), claim(named_on=dt.date(2024, 1, 1), title="b")).named_on == dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (None, "2025-03-11"),  # only the digest has a day
        ("2025-03-10", "2025-03-10"),
        ("2025-03", "2025-03-11"),  # the digest's day lies in the month
        ("2025", "2025-03-11"),
        ("2024", "2024-12-31"),  # it does not: the nearest day that does
        ("2026", "2026-01-01"),
        ("2025-02", "2025-02-28"),
    ],
)
def test_it_is_sorted_under_its_own_date_as_near_as_it_may_be_to_its_digest(published: str | None, day: str) -> None:
    fields = fields_of(claim(published=published and PartialDate.parse(published)))
    assert fields.day.isoformat() == day


def test_what_a_curator_set_wins_over_all() -> None:
    found = claim(trust=100, title="Attn", abstract="We.", authors=("A. L.",), published=PartialDate(2025), venue="X")
    curated = {
        "title": "On Attention",
        "abstract": "We attend.",
        "abstract_kind": "note",
        "authors": ["Ada Lovelace"],
        "published": "2025-03-01",
        "venue": "ICML",
    }
    fields = fields_of(found, **curated)
    assert {name: getattr(fields, name) for name in curated} == {
        **curated,
        "authors": ("Ada Lovelace",),
        "published": PartialDate(2025, 3, 1),
    }


def test_a_curator_may_say_that_there_is_no_date() -> None:
    assert fields_of(claim(published=PartialDate(2025)), published="").published is None


def test_the_title_that_a_curator_corrected_is_another_title() -> None:
    assert fields_of(claim(title="On Atention"), title="On Attention").other_titles == ("On Atention",)


def claims() -> st.SearchStrategy[list[Claim]]:
    some = st.sampled_from
    optional: dict[str, st.SearchStrategy[Any]] = {
        "abstract": some(["We attend.", "we ATTEND", "We attend. We win.", "They rest.", " "]),
        "note": some(["A must.", "a must", "Good."]),
        "snippet": some(["We", "We att…"]),
        "authors": some([("Ada Lovelace",), ("ADA Lovelace", "Ben Kay"), ("A. Lovelace", "B. Kay", "C. Young"), ("",)]),
        "identifiers": some([(Identifier("arxiv", f"250{n}.00001"), Identifier("doi", f"10.1/{n}")) for n in (1, 2)]),
        "arxiv_version": st.integers(1, 3),
        "published": some(["2024", "2025-03", "2025-03-11", "2024-01-01"]).map(PartialDate.parse),
        "venue": some(["ICML", "icml", "arXiv"]),
        "tags": some([("a", "B"), ("A", "b"), ("b",)]),
        "links": some([(Link("code", "x"), Link("page", "y")), (Link("page", "y"), Link("code", "z"))]),
        "other_titles": some([("Attending", "on attention"), ("ATTENDING",)]),
    }
    titles = some(["On Attention", "on attention", "ON ATTENTION!", "Attn", " "])
    values: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({"title": titles}, optional=optional)
    record = values.map(lambda values: PaperRecord(**values))
    days = some([MARCH, dt.date(2024, 1, 1)])
    return st.lists(st.builds(Claim, record, some([50, 60]), days), min_size=1, max_size=6)


@given(data=st.data(), said=claims())
def test_neither_order_nor_repetition_matters(data: st.DataObject, said: Sequence[Claim]) -> None:
    again = data.draw(st.permutations([*said, *said[: len(said) // 2]]))
    assert resolve(again, {}) == resolve(said, {})
