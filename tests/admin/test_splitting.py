"""A paper split on its page, and put together again."""

import pytest
from django.test import Client

from papers.models import Entry, Paper
from tests import upkeep, world
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db: None) -> Paper:
    world.ingest_lines([world.line(1), world.line(1, title="Wrongly labelled", source="Weekly")])
    return Paper.objects.get()


def test_what_is_ticked_becomes_a_paper_of_its_own_and_comes_back(desk: Client, paper: Paper) -> None:
    address = f"/admin/papers/paper/{paper.pk}/change/"
    wrong = next(entry for entry in Entry.objects.all() if entry.found.title == "Wrongly labelled")
    boxes = Page(desk.get(address)).all("input", name="leaving")
    assert str(wrong.pk) in {box["value"] for box in boxes}
    answer = desk.post(address.replace("change", "split"), {"leaving": str(wrong.pk)}, follow=True)
    assert "Split 1 of 2 records off" in answer.text
    titles = Paper.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["On the Nature of Problem 000001", "Wrongly labelled"]
    actions = {form.attributes.get("action", "") for form in Page(answer).all("form")}
    (undo,) = (action for action in actions if action.endswith("/undo/"))
    desk.post(undo)
    assert Paper.objects.get() == paper
    upkeep.assert_in_step()


@pytest.mark.parametrize("leaving", [[], ["0"], ["x"], ["9" * 30], ["every"]])
def test_what_cannot_be_split_says_why(desk: Client, paper: Paper, leaving: list[str]) -> None:
    if leaving == ["every"]:
        leaving = [str(pk) for pk in Entry.objects.values_list("pk", flat=True)]
    answer = desk.post(f"/admin/papers/paper/{paper.pk}/split/", {"leaving": leaving}, follow=True)
    assert Page(answer).one("li", class_="error").text
    assert Paper.objects.get() == paper


def test_a_paper_with_one_entry_offers_no_split(desk: Client, paper: Paper) -> None:
    Entry.objects.latest("pk").delete()
    assert "Split off" not in desk.get(f"/admin/papers/paper/{paper.pk}/change/").text
