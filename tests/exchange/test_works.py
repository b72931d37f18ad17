"""Papers through joins and splits: keys and marks stay, and all that is derived is in step."""

import pytest

from papers.models import Entry, FormerKey, Paper, PaperTag, ReaderState, Tag, User
from tests import upkeep, world

pytestmark = pytest.mark.django_db


def take(*lines: world.Line) -> None:
    """Takes in lines of digests of their own, one after the other."""
    for number, line in enumerate(lines, Entry.objects.count()):
        report = world.ingest_lines([{"source": f"List {number}", "digest_date": "2025-03-11", **line}])
        assert report.error is None
        upkeep.assert_in_step()


def only_paper() -> Paper:
    return Paper.objects.get()


def mark(reader: User, paper: Paper, **marks: object) -> ReaderState:
    return ReaderState.objects.create(reader=reader, paper=paper, **marks)


def test_a_title_that_gains_an_id_keeps_its_key_and_marks(alice: User) -> None:
    take({"title": "On Attention"})
    key = only_paper().key
    mark(alice, only_paper(), starred=True)
    take({"title": "On Attention", "arxiv_id": "2503.00001", "abstract": "We attend."})
    assert (only_paper().key, only_paper().abstract) == (key, "We attend.")
    assert ReaderState.objects.get().paper == only_paper()


def test_an_id_that_gains_a_title_keeps_its_key() -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"})
    key = only_paper().key
    take({"title": "On Attention"})
    assert only_paper().key == key


def test_of_papers_that_turn_out_to_be_one_the_oldest_stays_and_the_others_lead_there() -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "Attending", "doi": "10.1000/x"})
    first, second = Paper.objects.order_by("pk")
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    assert only_paper() == first
    assert only_paper().key == first.key
    assert FormerKey.objects.get().key == second.key
    assert FormerKey.objects.get().paper == first


def test_former_keys_lead_on_through_the_next_merge() -> None:
    pmid = "https://pubmed.ncbi.nlm.nih.gov/7"
    take({"title": "Attend", "url": pmid}, {"title": "Attending", "doi": "10.1000/x"})
    take({"title": "On Attention", "arxiv_id": "2503.00001"})
    oldest, *others = Paper.objects.order_by("pk").values_list("key", flat=True)
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    take({"title": "On Attention", "arxiv_id": "2503.00001", "url": pmid})
    assert only_paper().key == oldest
    assert set(FormerKey.objects.values_list("key", "paper__key")) == {(key, oldest) for key in others}


def test_marks_follow_a_merge_and_the_farther_of_two_stays(alice: User, bob: User) -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "Attending", "doi": "10.1000/x"})
    first, second = Paper.objects.order_by("pk")
    mark(alice, first, status="reading", dismissed=True)
    mark(alice, second, status="read", starred=True)
    mark(bob, second, status="unread", dismissed=True)
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    assert set(ReaderState.objects.values_list("reader", "paper", "status", "starred", "dismissed")) == {
        (alice.pk, first.pk, "read", True, False),
        (bob.pk, first.pk, "unread", False, True),
    }


def test_where_two_notes_meet_both_stay_and_the_higher_rating(alice: User, bob: User) -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "Attending", "doi": "10.1000/x"})
    first, second = Paper.objects.order_by("pk")
    mark(alice, first, note="Mine.", rating=2)
    mark(alice, second, note="And mine.", rating=5)
    mark(bob, first, note="His.")
    mark(bob, second, note="His.", rating=1)
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    assert set(ReaderState.objects.values_list("reader", "note", "rating")) == {
        (alice.pk, "Mine.\n\nAnd mine.", 5),
        (bob.pk, "His.", 1),
    }


def test_what_people_tagged_follows_a_merge() -> None:
    take(
        {"title": "On Attention", "arxiv_id": "2503.00001", "tags": ["vision", "nlp"]},
        {"title": "Attending", "doi": "10.1000/x", "tags": ["nlp", "maths"]},
    )
    first, second = Paper.objects.order_by("pk")
    for name in ("must read", "vision"):
        tag, _ = Tag.objects.get_or_create(name=name)
        PaperTag.objects.create(paper=second, tag=tag)
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    assert set(PaperTag.objects.values_list("tag__name", "origin", "paper")) == {
        ("maths", "ingest", first.pk),
        ("must read", "person", first.pk),
        ("nlp", "ingest", first.pk),
        ("vision", "ingest", first.pk),
        ("vision", "person", first.pk),
    }


def test_what_curators_set_follows_a_merge() -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "Attending", "doi": "10.1000/x"})
    first, second = Paper.objects.order_by("pk")
    Paper.objects.filter(pk=first.pk).update(curated={"title": "On Attention!"})
    Paper.objects.filter(pk=second.pk).update(curated={"title": "Attending!", "venue": "ICML"})
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    assert only_paper().curated == {"title": "On Attention!", "venue": "ICML"}
    assert (only_paper().title, only_paper().venue) == ("On Attention!", "ICML")


def test_a_title_that_turns_out_to_fit_two_works_leaves_the_first() -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "On Attention"})
    key = only_paper().key
    take({"title": "On Attention", "arxiv_id": "2503.00002"})
    assert Paper.objects.count() == 3
    assert Paper.objects.get(key=key).identifiers.get().value == "2503.00001"


def test_a_split_paper_s_marks_stay_with_its_identifier(alice: User) -> None:
    take({"title": "On Attention"}, {"title": "On Attention", "arxiv_id": "2503.00001"})
    key = only_paper().key
    mark(alice, only_paper(), starred=True)
    take({"title": "On Attention", "arxiv_id": "2503.00002"})
    assert ReaderState.objects.get().paper.key == key
    assert ReaderState.objects.get().paper.identifiers.get().value == "2503.00001"


def test_what_was_split_can_be_joined_again() -> None:
    take({"title": "On Attention"}, {"title": "On Attention", "arxiv_id": "2503.00001"})
    key = only_paper().key
    take({"title": "On Attention", "arxiv_id": "2503.00002"})
    assert Paper.objects.count() == 3
    take({"title": "On Attention", "arxiv_id": "2503.00001", "url": "https://arxiv.org/abs/2503.00002"})
    assert only_paper().key == key


def test_a_merge_that_is_a_split_at_once_loses_nothing() -> None:
    take(
        {"title": "On Attention", "arxiv_id": "2503.00001"},
        {"title": "Residual Learning", "doi": "10.1000/x"},
        {"title": "Residual Learning"},
    )
    # The third entry was tied by its title to a work that now joins the first, and that fits another as well.
    report = world.ingest_lines(
        [
            {"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"},
            {"title": "Residual Learning", "doi": "10.1000/y"},
        ]
    )
    assert report.error is None
    assert Paper.objects.count() == 3
    upkeep.assert_in_step()


def test_each_entry_says_what_ties_it() -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"})
    assert Entry.objects.get().evidence == ""
    take({"title": "Attending", "arxiv_id": "2503.00001"}, {"title": "On Attention"})
    assert list(Entry.objects.order_by("pk").values_list("evidence", flat=True)) == [
        "arxiv:2503.00001",
        "arxiv:2503.00001",
        "title",
    ]


def test_sizes_and_what_is_listed_follow_joins_and_splits() -> None:
    report = world.ingest_lines(
        [
            {"title": "On Attention", "arxiv_id": "2503.00001", "source": "List", "digest_date": "2025-03-11"},
            {"title": "Attending", "doi": "10.1000/x", "source": "List", "digest_date": "2025-03-11"},
        ]
    )
    digest = Entry.objects.all()[0].digest
    assert report.created == digest.size == 2
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    digest.refresh_from_db()
    assert digest.size == 1
    assert list(digest.entries.order_by("place").values_list("listed", flat=True)) == [True, False]


def test_papers_stand_in_the_order_of_their_dates_and_the_first_to_come_above() -> None:
    take({"title": "Old", "published": "2024-01-01"}, {"title": "New", "published": "2025-03-10"})
    take({"title": "First named"}, {"title": "Named second"}, {"title": "Older", "published": "2023"})
    titles = [paper.title for paper in Paper.objects.in_date_order()]
    assert titles == ["First named", "Named second", "New", "Old", "Older"]
    assert len(set(Paper.objects.values_list("position", flat=True))) == 5
