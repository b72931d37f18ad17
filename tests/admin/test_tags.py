"""Tags and rules on the desk: changed in one form, merged from the list, and seen before they are saved."""

from typing import Any

import pytest
from django.test import Client

from papers.exchange import errands
from papers.models import Change, Errand, Rule, Tag
from tests import upkeep, world
from tests.page import Page

LIST = "/admin/papers/tag/"
RULES = "/admin/papers/rule/"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines(world.line(n, tags=tags) for n, tags in enumerate((["cnn"], ["convnets"], ["vision"]), 1))


def tag(slug: str) -> Tag:
    return Tag.objects.get(slug=slug)


def address(slug: str) -> str:
    return f"{LIST}{tag(slug).pk}/change/"


def write(desk: Client, slug: str, **written: str) -> Any:
    sent = {"name": tag(slug).name, "other_names": "", "parent": "", "description": "", **written}
    return desk.post(address(slug), sent, follow=True)


def rule(desk: Client, where: str = f"{RULES}add/", **written: str) -> Page:
    """The page that comes when this was sent as a browser would send it."""
    return Page(desk.post(where, {"question": "problem", "tagged": "Hard", "is_on": "on", **written}, follow=True))


def test_one_form_sets_all_of_a_tag_and_writes_it_down(desk: Client) -> None:
    write(desk, "cnn", other_names="ConvNet\r\n\r\nconvolutional net", parent="VISION", description="Filters.")
    cnn = tag("cnn")
    assert (cnn.parent, cnn.description) == (tag("vision"), "Filters.")
    assert {alias.name for alias in cnn.aliases.all()} == {"ConvNet", "convolutional net"}
    assert Change.objects.get().said == "Set description, other names, parent of “cnn”"
    page = Page(desk.get(address("cnn")))
    assert page.one("input", name="parent")["value"] == "vision"


def test_what_is_sent_unchanged_changes_nothing(desk: Client) -> None:
    before = upkeep.snapshot(Tag, Change)
    write(desk, "cnn")
    assert upkeep.snapshot(Tag, Change) == before


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"name": "Vision"}, "There is a tag “vision” of that name already"),
        ({"name": "!!"}, "there is no letter in it"),
        ({"other_names": "x\r\nvision"}, "There is a tag “vision” of that name already"),
        ({"parent": "nowhere"}, "There is no tag called “nowhere”."),
        ({"parent": "cnn"}, "A tag cannot stand under itself."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(desk: Client, written: dict[str, str], said: str) -> None:
    assert said in Page(write(desk, "cnn", **written)).text
    assert not Change.objects.exists()


def test_another_name_leads_to_its_tag_and_is_changed_there(desk: Client) -> None:
    write(desk, "cnn", name="Convolution")
    page = Page(desk.get(address("cnn")))
    assert "Convolution" in page.text
    assert not page.all("input", name="_save")
    assert "cnn" in Page(desk.get(f"{LIST}?only=aliases")).text


def test_tags_are_merged_from_the_list(desk: Client) -> None:
    sent: dict[str, Any] = {"action": "merge", "_selected_action": [tag("cnn").pk, tag("convnets").pk]}
    page = Page(desk.post(LIST, sent))
    assert page.one("h1").text == "Which one stays?"
    assert len(page.all("input", type="radio")) == 2
    assert not Change.objects.exists()
    answer = desk.post(LIST, {**sent, "kept": tag("cnn").pk}, follow=True)
    assert "into “cnn”." in Page(answer).text
    assert (tag("cnn").size, tag("convnets").alias_of) == (2, tag("cnn"))
    upkeep.assert_in_step()


def test_to_merge_one_is_no_merge(desk: Client) -> None:
    answer = desk.post(LIST, {"action": "merge", "_selected_action": [tag("cnn").pk]}, follow=True)
    assert "Choose two tags or more" in Page(answer).text


def test_what_a_rule_would_do_is_seen_before_it_is_saved(desk: Client) -> None:
    page = rule(desk)
    assert "Nothing is saved yet. It would tag 3 papers" in page.text
    assert not Rule.objects.exists()
    assert not Tag.objects.filter(slug="hard").exists()
    seen = page.one("input", name="seen")["value"]
    assert "It would tag 1 paper" in rule(desk, question="000001", seen=seen).text
    rule(desk, seen=seen)
    assert (Rule.objects.get().question, tag("hard").size) == ("problem", 3)
    upkeep.assert_in_step()


def test_it_says_how_many_papers_would_lose_the_tag(desk: Client) -> None:
    rule(desk, seen=rule(desk).one("input", name="seen")["value"])
    change = f"{RULES}{Rule.objects.get().pk}/change/"
    assert "Of 3 papers that it tags now, 2 would lose the tag" in rule(desk, change, question="000001").text
    assert "3 would lose the tag" in rule(desk, change, tagged="Easy").text
    assert "3 would lose the tag" in rule(desk, change, is_on="").text


def test_a_question_about_a_reader_is_refused(desk: Client) -> None:
    assert "A rule is the same for all readers" in rule(desk, question="is:unread").text


def test_a_deleted_rule_takes_its_tags_away(desk: Client) -> None:
    rule(desk, seen=rule(desk).one("input", name="seen")["value"])
    desk.post(f"{RULES}{Rule.objects.get().pk}/delete/", {"post": "yes"})
    assert (Rule.objects.count(), tag("hard").size) == (0, 0)
    assert [change.kind for change in Change.objects.newest_first()] == ["rule", "rule"]
    upkeep.assert_in_step()


def test_papers_that_lag_behind_are_said_on_the_desk_and_follow_from_there(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands.run_errands, "__defaults__", (-1.0,))
    answer = write(desk, "cnn", name="Convolution")
    assert "Many papers have to follow" in Page(answer).text
    assert "1 of the errands not yet run" in Page(desk.get("/admin/")).text
    monkeypatch.undo()
    sent = {"action": "go_on", "_selected_action": [str(Errand.objects.get().pk)]}
    assert "All papers have followed." in Page(desk.post("/admin/papers/errand/", sent, follow=True)).text
    upkeep.assert_in_step()


def test_rules_that_tag_nothing_want_attention(desk: Client) -> None:
    rule(desk, question="zebra", seen=rule(desk, question="zebra").one("input", name="seen")["value"])
    assert Page(desk.get("/admin/")).link("1 of the rules tag no paper") == f"{RULES}?only=idle"


def test_each_change_is_told_once_with_its_undo(desk: Client) -> None:
    before = upkeep.snapshot(Tag)
    answer = write(desk, "cnn", description="Filters.")
    (told,) = Page(answer).all("li", class_="success")
    assert told.text == "Set description of “cnn”. Undo"
    desk.post(f"/admin/papers/change/{Change.objects.get().pk}/undo/", follow=True)
    assert upkeep.snapshot(Tag) == before
    assert "Nothing was changed." in Page(write(desk, "cnn")).text
