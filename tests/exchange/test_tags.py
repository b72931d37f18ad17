"""Tags renamed, merged and nested: papers follow, digests may say what they like, and all of it is taken back."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange.errands import run_errands
from papers.exchange.recompute import recompute
from papers.exchange.refusal import Refused
from papers.exchange.tags import merge, set_tag
from papers.exchange.taking_back import take_back
from papers.models import Change, Errand, Paper, PaperTag, Tag, User
from papers.query import PaperQuery
from tests import upkeep, world
from tests.examples import examples

pytestmark = pytest.mark.django_db


def papers_with(*tags: Sequence[str]) -> None:
    """Takes in a paper for each of these lists of tags, the first being number 1."""
    known = Paper.objects.count()
    world.ingest_lines(world.line(known + n, tags=list(each)) for n, each in enumerate(tags, 1))


def tag(slug: str) -> Tag:
    return Tag.objects.get(slug=slug)


def found(slug: str) -> list[int]:
    """The numbers of the papers that are found by a tag."""
    papers = PaperQuery.from_params({"tag": [slug]}).ask(Paper.objects.all())
    return sorted(int(paper.title[-3:]) for paper in papers)


def sizes() -> dict[str, int]:
    return dict(Tag.objects.exclude(size=0).values_list("name", "size"))


def everything() -> str:
    return upkeep.snapshot(Tag, PaperTag, Paper)


def settled() -> None:
    assert run_errands()
    upkeep.assert_in_step()


def test_arxiv_s_second_names_of_categories_are_aliases_from_the_start() -> None:
    papers_with(["cs.NA"], ["math.NA", "cs.na"], ["stat.TH"])
    assert sizes() == {"math.NA": 2, "math.ST": 1}
    assert found("cs.na") == found("math.na") == [1, 2]
    assert found("stat.th") == [3]
    upkeep.assert_in_step()


def test_an_alias_that_no_digest_has_said_yet_is_understood() -> None:
    papers_with(["math.NA"])
    assert found("cs.na") == [1]


@examples(30)
@given(st.lists(st.lists(st.sampled_from(["cs.NA", "math.na", "Math.NA", "CS.SY", "eess.sy"])), min_size=1, max_size=4))
def test_aliases_give_the_same_tags_whatever_came_first(lists: list[list[str]]) -> None:
    from django.db import transaction

    seen = []
    for order in (lists, lists[::-1]):
        with transaction.atomic():
            for number, names in enumerate(order):
                world.ingest_lines([world.line(1, tags=names, source=f"List {lists.index(names)}")], f"{number}.jsonl")
            upkeep.assert_in_step()
            seen.append((sizes(), sorted(Tag.objects.values_list("name", "alias_of__name"))))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


def test_a_name_that_a_curator_gave_stays_whatever_digests_spell() -> None:
    papers_with(["vision"])
    set_tag(tag("vision"), {"name": "VISION"})
    papers_with(["Vision"], ["vISION"])
    assert tag("vision").name == "VISION"
    recompute()
    assert sizes() == {"VISION": 3}


def test_after_another_name_the_old_one_still_leads_to_the_tag() -> None:
    papers_with(["cnn"], ["other"])
    set_tag(tag("cnn"), {"description": "Filters that slide.", "name": "Convolutional networks"})
    settled()
    papers_with(["CNN"])
    assert found("cnn") == found("convolutional-networks") == [1, 3]
    assert sizes() == {"Convolutional networks": 2, "other": 1}
    assert tag("convolutional-networks").description == "Filters that slide."
    upkeep.assert_in_step()


def test_a_tag_renamed_back_and_forth_keeps_one_row_for_each_name() -> None:
    papers_with(["cnn"])
    for name in ("Convnets", "CNN", "convnets"):
        set_tag(Tag.objects.called(name) or tag("cnn"), {"name": name})
        settled()
        assert sizes() == {name: 1}
        assert Tag.objects.get(name=name).alias_of is None
    assert Tag.objects.count() == 2


def test_a_name_that_another_tag_has_is_refused() -> None:
    papers_with(["cnn", "vision"])
    with pytest.raises(Refused, match="merge the two"):
        set_tag(tag("cnn"), {"name": "Vision!"})
    with pytest.raises(Refused, match="no letter"):
        set_tag(tag("cnn"), {"name": "!!"})
    assert not Change.objects.exists()


def test_merged_tags_are_one_and_papers_follow() -> None:
    papers_with(["cnn"], ["convnets", "cnn"], ["ConvNet"], ["other"])
    merge(tag("cnn"), [tag("convnets"), tag("convnet")])
    settled()
    assert sizes() == {"cnn": 3, "other": 1}
    assert found("convnet") == found("cnn") == [1, 2, 3]
    papers_with(["convnets"])
    assert found("cnn") == [1, 2, 3, 5]
    upkeep.assert_in_step()


def test_the_aliases_of_what_is_merged_go_along() -> None:
    papers_with(["a"], ["b"], ["c"])
    merge(tag("b"), [tag("a")])
    merge(tag("c"), [tag("b")])
    settled()
    assert found("a") == [1, 2, 3]
    assert tag("a").alias_of == tag("b").alias_of == tag("c")


def test_what_is_merged_is_exported_by_one_name() -> None:
    papers_with(["a", "b"])
    merge(tag("b"), [tag("a")])
    settled()
    assert world.export()[0]["tags"] == ["b"]


def test_to_merge_one_is_refused() -> None:
    papers_with(["a"])
    with pytest.raises(Refused, match="two tags"):
        merge(tag("a"), [tag("a")])


def test_a_merge_taken_back_and_made_again_gives_just_what_was(curator: User) -> None:
    papers_with(["a"], ["a", "b"], ["b"])
    paper = Paper.objects.latest("pk")
    PaperTag.objects.create(paper=paper, tag=tag("a"), by=curator)
    recompute()
    before = everything()
    merge(tag("b"), [tag("a")], by=curator)
    settled()
    merged = everything()
    assert sizes() == {"b": 3}
    take_back(Change.objects.get(), curator)
    assert everything() == before
    merge(tag("b"), [tag("a")], by=curator)
    settled()
    assert everything() == merged


def test_a_rename_taken_back_gives_just_what_was(curator: User) -> None:
    papers_with(["a"], ["b"])
    set_tag(tag("b"), {"parent": tag("a")})
    before = everything()
    set_tag(tag("a"), {"name": "Alpha"}, by=curator)
    settled()
    assert tag("b").parent == tag("alpha")
    take_back(Change.objects.latest("pk"), curator)
    assert everything() == before


def test_who_uses_a_new_name_meanwhile_keeps_it_when_that_is_taken_back(curator: User) -> None:
    papers_with(["a"])
    set_tag(tag("a"), {"name": "Alpha"}, by=curator)
    papers_with(["alpha"])
    take_back(Change.objects.get(), curator)
    settled()
    assert sizes() == {"a": 1, "Alpha": 1}


def test_what_was_changed_again_since_is_not_taken_back(curator: User) -> None:
    papers_with(["a"], ["b"], ["c"])
    merge(tag("b"), [tag("a")], by=curator)
    merge(tag("c"), [tag("b")], by=curator)
    with pytest.raises(Refused, match="changed again since"):
        take_back(Change.objects.earliest("pk"), curator)
    for change in Change.objects.newest_first():
        take_back(change, curator)
    settled()
    assert sizes() == {"a": 1, "b": 1, "c": 1}


def test_other_names_are_given_and_taken_away() -> None:
    papers_with(["a"])
    set_tag(tag("a"), {"other_names": ["Alpha", "Beta"]})
    papers_with(["alpha"])
    assert sizes() == {"a": 2}
    set_tag(tag("a"), {"other_names": ["Beta"]})
    settled()
    assert sizes() == {"a": 1, "Alpha": 1}


def test_under_a_tag_that_is_under_another_none_can_stand() -> None:
    papers_with(["a", "b", "c"])
    set_tag(tag("b"), {"parent": tag("a")})
    for child, parent in (("c", "b"), ("a", "b"), ("a", "c"), ("a", "a")):
        with pytest.raises(Refused):
            set_tag(tag(child), {"parent": tag(parent)})
    merge(tag("b"), [tag("a")])
    assert tag("b").parent is None
    settled()


def test_many_papers_follow_in_batches_and_go_on_where_they_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.exchange.errands._BATCH", 2)
    papers_with(*[["a"]] * 5, ["b"])
    merge(tag("b"), [tag("a")])
    assert not run_errands(-1)
    assert Errand.objects.exists()
    papers_with(["a"])
    assert tag("b").size == 2
    settled()
    assert sizes() == {"b": 7}
