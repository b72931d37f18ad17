"""Papers are put on lists from wherever they stand: one, those of a page, all that a question finds."""

from typing import Any

import pytest
from django.test import Client

from papers.models import ListEntry, Paper, ReadingList, User, list_entries
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]
HTMX = {"HX-Request": "true", "HX-Target": "keys"}


def address(paper: Paper) -> str:
    return f"/papers/{paper.key}/lists/"


def said(response: Any) -> str:
    told = Page(response).one("div", id="toast").text
    for control in (" Close", " See the list", " Undo"):
        told = told.removesuffix(control)
    return told


def on(shared: ReadingList) -> list[str]:
    return [entry.paper.title.split()[0] for entry in shared.entries.shown().in_order("hand")]


def undo(client: Client, response: Any) -> Any:
    page = Page(response)
    (form,) = (form for form in page.all("form") if form.attributes.get("action", "").startswith("/lists/"))
    (sealed,) = page.all("input", name="undo")
    return client.post(form["action"], {"undo": sealed["value"]}, headers={"HX-Request": "true"})


def test_a_paper_is_saved_by_one_press_and_taken_off_again_from_the_toast(
    reader: Client, alice: User, shelf: Shelf
) -> None:
    shared = world.reading_list(alice)
    answer = reader.post(address(shelf["Time"]), {"on": shared.key, "reason": " Read  it. "}, headers=HTMX)
    assert said(answer) == "Put “Time as Diffusion” on “Thursday readers”."
    entry = shared.entries.get()
    assert (entry.paper, entry.suggested_by, entry.reason) == (shelf["Time"], alice, "Read it.")
    assert not Page(answer).all("h2"), "the dialog has nothing more to say"
    assert said(undo(reader, answer)) == "Taken off again."
    assert on(shared) == []


def test_without_scripts_it_is_a_page_that_leads_back(reader: Client, alice: User, shelf: Shelf) -> None:
    world.reading_list(alice)
    page = Page(reader.get("/papers/"))
    (link,) = [each["href"] for each in page.all("a", id=f"row-{shelf['Time'].key}-lists")]
    page = Page(reader.get(link))
    sent = {each["name"]: each["value"] for each in reversed(page.all("input", type="hidden"))}
    button = page.one("button", name="on")
    response = reader.post(address(shelf["Time"]), {**sent, "on": button["value"]})
    assert response["Location"] == "/papers/"
    assert said(reader.get("/papers/")) == "Put “Time as Diffusion” on “Thursday readers”."


def test_the_first_list_is_made_and_filled_at_once(reader: Client, alice: User, shelf: Shelf) -> None:
    assert "Name your first list" in reader.get(address(shelf["Time"])).text
    answer = reader.post(address(shelf["Time"]), {"name": " Mine ", "reason": "Why not."}, headers=HTMX)
    assert said(answer) == "Put “Time as Diffusion” on “Mine”."
    made = ReadingList.objects.get()
    assert (made.owner, on(made)) == (alice, ["Time"])
    for name, why in (("Mine", "already"), ("", "required"), ("!!", "letter or a figure")):
        answer = reader.post(address(shelf["Time"]), {"name": name}, headers=HTMX)
        assert why in answer.text
        assert Page(answer).all("h2", id="keys-title")
    assert ReadingList.objects.count() == 1


def test_enter_after_the_reason_saves_to_the_list_that_it_names(reader: Client, alice: User, shelf: Shelf) -> None:
    for name in ("Alpha", "Beta"):
        world.reading_list(alice, name)
    reader.post(address(shelf["Time"]), {"on": ReadingList.objects.get(name="Alpha").key})
    for paper, first in (("Attention", "Alpha"), ("Time", "Beta")):
        page = Page(reader.get(address(shelf[paper])))
        assert page.one("div", id="id_reason_helptext").text.endswith(f"Enter saves to “{first}”.")
        default = next(each for each in page.all("button") if each.attributes.get("name") in ("first", "on", "off"))
        assert default["value"] == ReadingList.objects.get(name=first).key
        reader.post(address(shelf[paper]), {"first": default["value"], "name": "", "reason": "Because."})
        assert ReadingList.objects.get(name=first).entries.get(paper=shelf[paper]).reason == "Because."


def test_the_reason_goes_along_to_a_new_list_as_well(reader: Client, alice: User, shelf: Shelf) -> None:
    first = world.reading_list(alice)
    said = {"first": first.key, "name": "Another", "reason": "Because."}
    reader.post(address(shelf["Time"]), said)
    assert ReadingList.objects.get(name="Another").entries.get().reason == "Because."
    reader.post(address(shelf["Time"]), {**said, "on": first.key})
    assert first.entries.get().reason == "Because.", "which button was pressed says where"


def test_a_toast_leads_to_the_list_that_was_just_made(reader: Client, shelf: Shelf) -> None:
    answer = reader.post(address(shelf["Time"]), {"name": "Mine"}, headers=HTMX)
    assert Page(answer).link("See the list") == ReadingList.objects.get().get_absolute_url()


def test_those_lists_are_offered_that_one_may_fill_the_last_filled_first(
    reader: Client, alice: User, bob: User, shelf: Shelf
) -> None:
    world.reading_list(bob, "Viewed", viewer=alice)
    world.reading_list(bob, "Offered", pending=alice)
    world.reading_list(bob, "Secret")
    world.reading_list(alice, "Finished").archive()
    for name in ("Alpha", "Beta", "Gamma"):
        world.reading_list(alice, name)
    world.reading_list(bob, "Delta", contributor=alice)
    reader.post(address(shelf["Time"]), {"on": ReadingList.objects.get(name="Gamma").key})
    page = Page(reader.get(address(shelf["Attention"])))
    assert [each.text for each in page.all("button", name="on")] == [
        "Gamma Save",
        "Alpha Save",
        "Beta Save",
        "Delta Bob Save",
    ]
    assert "autofocus" in page.all("button", name="on")[0].attributes


def test_a_list_that_holds_it_says_so_and_lets_go_what_one_may_take_off(
    reader: Client, alice: User, bob: User, shelf: Shelf
) -> None:
    paper = shelf["Time"]
    mine, theirs = world.reading_list(alice, "Mine"), world.reading_list(bob, "Theirs", contributor=alice)
    ListEntry.objects.add(mine, [paper], by=alice)
    ListEntry.objects.add(theirs, [paper], by=bob)
    page = Page(reader.get(address(paper)))
    assert "Mine has it" in page.text
    assert [each["value"] for each in page.all("button", name="off")] == [mine.key]
    assert reader.post(address(paper), {"off": theirs.key}).status_code == 403
    answer = reader.post(address(paper), {"off": mine.key}, headers=HTMX)
    assert said(answer) == "Took “Time as Diffusion” off “Mine”."
    assert said(undo(reader, answer)) == "Taken back."
    assert (on(mine), on(theirs)) == (["Time"], ["Time"])
    answer = reader.post(address(paper), {"on": theirs.key}, headers=HTMX)
    assert said(answer) == "“Time as Diffusion” is on “Theirs” already."


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("pending", 404)])
def test_nobody_saves_where_they_may_not(
    role: str, status: int, reader: Client, alice: User, bob: User, shelf: Shelf
) -> None:
    roles: dict[str, Any] = {role: alice}
    shared = world.reading_list(bob, **roles)
    for sent in ({"on": shared.key}, {"off": shared.key}):
        assert reader.post(address(shelf["Time"]), sent).status_code == status
    assert reader.post("/papers/lists/", {"on": shared.key, "q": "diffusion"}).status_code == status
    assert not ListEntry.objects.exists()


def test_what_is_in_the_archive_is_not_filled(reader: Client, alice: User, shelf: Shelf) -> None:
    shared = world.reading_list(alice)
    shared.archive()
    assert "This list is in the archive" in reader.post(address(shelf["Time"]), {"on": shared.key}).text
    assert on(shared) == []


# Many -----------------------------------------------------------------------------------------------------------


def test_all_that_a_question_finds_is_saved_in_its_order(reader: Client, alice: User, shelf: Shelf) -> None:
    shared = world.reading_list(alice)
    ListEntry.objects.add(shared, [shelf["Diffusion"]], by=alice)
    page = Page(reader.get("/papers/?q=diffusion&sort=oldest"))
    assert {"Save all 2 to…"} == {each.text for each in page.all("button") if each.text.startswith("Save")}
    page = Page(reader.get("/papers/lists/?q=diffusion&sort=oldest", headers=HTMX))
    assert "2 papers" in page.text
    sent = {each["name"]: each["value"] for each in reversed(page.all("input", type="hidden"))}
    answer = reader.post("/papers/lists/", {**sent, "on": shared.key}, headers=HTMX)
    assert said(answer) == "Put 1 paper on “Thursday readers”. 1 was there already."
    assert on(shared) == ["Diffusion", "Time"]
    assert said(undo(reader, answer)) == "Taken off again."
    assert on(shared) == ["Diffusion"]


def test_what_somebody_took_up_since_stays(reader: Client, alice: User, bob: User, shelf: Shelf) -> None:
    shared = world.reading_list(alice, editor=bob)
    answer = reader.post("/papers/lists/", {"q": "diffusion", "on": shared.key}, headers=HTMX)
    shared.entries.get(paper=shelf["Time"]).claim(bob)
    assert said(undo(reader, answer)) == "Taken off again, except for what somebody took up since."
    assert on(shared) == ["Time"]


def test_the_papers_of_a_page_are_saved_all_or_none(reader: Client, alice: User, shelf: Shelf) -> None:
    shared = world.reading_list(alice)
    keys = [shelf[word].key for word in ("Attention", "Time")]
    hidden = shelf["Diffusion"]
    Paper.objects.filter(pk=hidden.pk).update(hidden=True)
    assert reader.post("/papers/lists/", {"paper": [*keys, hidden.key], "on": shared.key}).status_code == 404
    assert on(shared) == []
    assert reader.get("/papers/lists/", {"paper": keys}).status_code == 200
    reader.post("/papers/lists/", {"paper": keys, "on": shared.key})
    assert on(shared) == ["Attention", "Time"]


def test_more_than_can_be_saved_at_once_is_said_before_and_nothing_is_saved(
    reader: Client, alice: User, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("papers.list_forms", "papers.views.saving"):
        monkeypatch.setattr(f"{module}.MOST_AT_ONCE", 2)
    shared = world.reading_list(alice)
    assert "These are more than 2 papers" in reader.get("/papers/lists/").text
    assert "These are more than 2 papers" in reader.post("/papers/lists/", {"on": shared.key}).text
    assert on(shared) == []


def test_a_question_that_was_not_understood_saves_nothing(reader: Client, alice: User, shelf: Shelf) -> None:
    assert reader.get("/papers/lists/?since=someday").status_code == 400


def test_a_full_list_says_so(reader: Client, alice: User, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_entries, "MOST", 2)
    shared = world.reading_list(alice)
    answer = reader.post("/papers/lists/", {"on": shared.key}, headers=HTMX)
    assert "No list holds more than 2 papers, and “Thursday readers” would" in answer.text
    assert on(shared) == []
