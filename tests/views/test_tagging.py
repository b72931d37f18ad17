"""Tags on the site: put on a paper and taken away, nested, described, hidden, and found by any of their names."""

from django.test import Client
from django.urls import reverse

from papers.exchange.errands import run_errands
from papers.exchange.tagging import put
from papers.exchange.tags import merge, set_tag
from papers.models import Paper, Tag, User
from tests import upkeep
from tests.page import Page

type Shelf = dict[str, Paper]


def tags_of(page: Page) -> list[str]:
    return [link.text for link in page.all("a", class_="tag")]


def removals(page: Page) -> list[str]:
    return [form["action"] for form in page.all("form") if form["action"].endswith("/removal/")]


def tag(slug: str) -> Tag:
    return Tag.objects.get(slug=slug)


def test_a_reader_tags_a_paper_and_takes_that_away(reader: Client, shelf: Shelf) -> None:
    paper = shelf["Time"]
    answer = reader.post(reverse("paper_tags", args=[paper.key]), {"name": " Must  read "}, follow=True)
    page = Page(answer)
    assert "Tagged “Must read”." in page.text
    assert tags_of(page) == ["Must read", "Vision"]
    assert removals(page) == [f"/papers/{paper.key}/tags/must-read/removal/"]
    page = Page(reader.post(removals(page)[0], follow=True))
    assert "“Must read” is taken away." in page.text
    assert tags_of(page) == ["Vision"]
    upkeep.assert_in_step()


def test_a_paper_tagged_by_hand_is_found_by_it(reader: Client, shelf: Shelf) -> None:
    reader.post(reverse("paper_tags", args=[shelf["Time"].key]), {"name": "C++ & more"})
    assert Page(reader.get("/papers/?tag=c%2B%2B-more")).rows == ["Time as Diffusion"]


def test_nobody_takes_away_what_another_says_but_a_curator(client: Client, alice: User, shelf: Shelf) -> None:
    put(shelf["Time"], "Must read", by=alice)
    bob = User.objects.create_user("bob")
    client.force_login(bob)
    page = Page(client.get(shelf["Time"].get_absolute_url()))
    assert removals(page) == []
    where = reverse("paper_tag_removal", args=[shelf["Time"].key, "must-read"])
    assert client.post(where).status_code == 403


def test_a_curator_takes_any_tag_away(client: Client, curator: User, shelf: Shelf) -> None:
    client.force_login(curator)
    page = Page(client.get(shelf["Time"].get_absolute_url()))
    page = Page(client.post(removals(page)[0], follow=True))
    assert tags_of(page) == []
    upkeep.assert_in_step()


def test_who_is_not_signed_in_sees_no_forms_for_tags(client: Client, shelf: Shelf) -> None:
    page = Page(client.get(shelf["Time"].get_absolute_url()))
    assert tags_of(page) == ["Vision"]
    assert not page.all("form", class_="tagging")


def test_a_name_without_a_letter_is_no_tag(reader: Client, shelf: Shelf) -> None:
    for name in ("", "!!", "x" * 201):
        assert reader.post(reverse("paper_tags", args=[shelf["Time"].key]), {"name": name}).status_code == 400


def test_a_tag_that_is_gone_already_is_said_to_be(reader: Client, shelf: Shelf) -> None:
    where = reverse("paper_tag_removal", args=[shelf["Time"].key, "language"])
    assert "It is not tagged “Language” any more." in Page(reader.post(where, follow=True)).text


def test_a_hidden_tag_is_shown_nowhere_and_still_finds_its_papers(client: Client, shelf: Shelf) -> None:
    set_tag(tag("vision"), {"hidden": True})
    for address in ("/papers/", "/tags/", "/tags/?q=vis", shelf["Time"].get_absolute_url()):
        page = Page(client.get(address))
        assert "Vision" not in page.text, address
    asked = client.get("/papers/suggestions/?q=vis", headers={"HX-Request": "true"})
    assert "Vision" not in asked.text
    assert len(Page(client.get("/papers/?tag=vision")).rows) == 2
    set_tag(tag("vision"), {"hidden": False})
    assert "Vision" in Page(client.get("/papers/")).text


def test_tags_stand_under_their_parents_which_are_asked_for_alone(client: Client, shelf: Shelf) -> None:
    set_tag(tag("moving-pictures"), {"parent": tag("vision")})
    page = Page(client.get("/tags/"))
    assert page.one("ul", aria_label="Under Vision").text == "Moving pictures 1 paper"
    assert "Vision 2 papers" not in page.one("ul", aria_label="Under Vision").text
    assert len(page.all("li")) == 3
    assert [item.text for item in Page(client.get("/tags/?q=moving")).all("li")] == ["Moving pictures 1 paper"]
    set_tag(tag("vision"), {"hidden": True})
    assert "Moving pictures" in Page(client.get("/tags/")).text


def test_what_a_tag_means_is_said_where_it_is_browsed(client: Client, shelf: Shelf) -> None:
    set_tag(tag("vision"), {"description": "What <b>eyes</b> do."})
    assert "What <b>eyes</b> do." in Page(client.get("/papers/?tag=vision")).text
    assert "What <b>eyes</b> do." not in client.get("/papers/?tag=vision").text
    assert "eyes" not in client.get("/papers/").text


def test_a_tag_is_found_by_each_of_its_names_and_shown_by_its_own(client: Client, shelf: Shelf) -> None:
    merge(tag("vision"), [tag("language")])
    run_errands()
    page = Page(client.get("/papers/?tag=language"))
    assert len(page.rows) == 3
    assert "tagged Vision" in page.one("h1").text or "Vision" in page.text
    assert [item.text for item in Page(client.get("/tags/?q=lang")).all("li")] == ["Vision 3 papers"]
    assert "Vision" in client.get("/papers/suggestions/?q=lang", headers={"HX-Request": "true"}).text
