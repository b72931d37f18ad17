"""`list:` asks for the papers of reading lists, of those alone that the reader may see."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from papers.exchange.hide import hide
from papers.models import ListEntry, Marking, Membership, Paper, ReadingList, User, Visibility
from papers.query import PaperQuery
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]


@pytest.fixture
def shared(shelf: Shelf, alice: User, bob: User) -> ReadingList:
    """Bob's list, which Alice reads, with two of the papers of the shelf."""
    shared = world.reading_list(bob, "Thursday Readers", viewer=alice)
    ListEntry.objects.add(shared, [shelf["Time"], shelf["Diffusion"]], by=bob)
    return shared


def found(client: Client, address: str) -> list[str]:
    return [title.split()[0] for title in Page(client.get(address)).rows]


QUESTIONS = {
    "list=thursday-readers": ["Time", "Diffusion"],
    "list=Thursday+Readers&sort=oldest": ["Diffusion", "Time"],
    "q=list:thursday-readers": ["Time", "Diffusion"],
    "q=list:thursday-readers+graphs": ["Diffusion"],
    "q=diffusion+list:thursday-readers&sort=best": ["Time", "Diffusion"],
    "q=-list:thursday-readers": ["Attention"],
    "q=attention+-list:thursday-readers": ["Attention"],
    "q=diffusion+-list:thursday-readers": [],
    "q=attention+or+list:thursday-readers": ["Attention", "Time", "Diffusion"],
    "q=list:thursday-readers+is:read": ["Time"],
    "list=thursday-readers&tag=moving-pictures": ["Diffusion"],
    "q=list:thursday-readers+or+tag:language": ["Attention", "Time", "Diffusion"],
    "list=nothing-of-the-kind": [],
    "q=-list:nothing-of-the-kind": ["Attention", "Time", "Diffusion"],
    "q=attention+or+list:nothing-of-the-kind": ["Attention"],
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_what_stands_on_a_list(
    question: str, reader: Client, alice: User, shared: ReadingList, shelf: Shelf
) -> None:
    Marking.objects.mark(alice, shelf["Time"], status="read")
    assert found(reader, f"/papers/?{question}") == QUESTIONS[question]


def test_a_list_is_asked_for_by_its_key_as_well(reader: Client, shared: ReadingList) -> None:
    assert found(reader, f"/papers/?list={shared.key}") == ["Time", "Diffusion"]


def test_of_lists_with_one_name_all_are_meant(reader: Client, alice: User, shared: ReadingList, shelf: Shelf) -> None:
    ListEntry.objects.add(world.reading_list(alice, "Thursday readers"), [shelf["Attention"]], by=alice)
    assert found(reader, "/papers/?list=thursday-readers") == ["Attention", "Time", "Diffusion"]
    assert found(reader, f"/papers/?list={shared.key}") == ["Time", "Diffusion"]


def test_all_of_one_s_own_lists_are_asked_at_once(
    reader: Client, alice: User, bob: User, shared: ReadingList, shelf: Shelf
) -> None:
    ReadingList.objects.filter(pk=world.reading_list(bob, "Open").pk).update(visibility=Visibility.SITE)
    ListEntry.objects.add(ReadingList.objects.get(name="Open"), [shelf["Attention"]], by=bob)
    assert found(reader, "/papers/?list=any") == ["Time", "Diffusion"]
    called_so = world.reading_list(alice, "Any")
    ListEntry.objects.add(called_so, [shelf["Attention"]], by=alice)
    page = Page(reader.get("/papers/?list=any"))
    assert page.one("title").text == "Papers on any of my lists · Lectern"
    assert len(page.rows) == 3
    assert page.link("Any 1") == f"/papers/?list={called_so.key}"


def test_a_long_list_is_asked_for_like_a_short_one(
    reader: Client, shared: ReadingList, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.models.papers.FEW", 1)
    for question in ("list=thursday-readers", "q=diffusion+list:thursday-readers"):
        assert found(reader, f"/papers/?{question}") == ["Time", "Diffusion"]
    assert found(reader, "/papers/?q=-list:thursday-readers") == ["Attention"]
    assert found(reader, "/papers/?q=attention+or+list:thursday-readers") == ["Attention", "Time", "Diffusion"]


def offer(shared: ReadingList, alice: User) -> None:
    shared.memberships.update(joined_at=None)


def take_off(shared: ReadingList, alice: User) -> None:
    shared.memberships.all().delete()


def leave_the_team(shared: ReadingList, alice: User) -> None:
    team = Group.objects.create(name="Tuesday")
    alice.groups.add(team)
    shared.memberships.all().delete()
    Membership.objects.create(reading_list=shared, team=team)
    assert PaperQuery(reading_list="thursday-readers").ask(Paper.objects.all(), alice).exists()
    alice.groups.remove(team)


@pytest.mark.parametrize("change", [offer, take_off, leave_the_team])
def test_what_one_may_not_see_finds_nothing_like_what_is_not_there(
    change: Callable[[ReadingList, User], None], reader: Client, alice: User, shared: ReadingList, bob: User
) -> None:
    change(shared, alice)
    for question in ("list={}", "q=list:{}", "q=diffusion+list:{}", "q=-list:{}"):
        texts = []
        for name in ("thursday-readers", "nothing-readers", shared.key, "22222222222"):
            reader.get("/papers/")
            page = Page(reader.get(f"/papers/?{question.format(name)}"))
            texts.append(page.one("div", id="results").text.replace(name, "…"))
            assert "Thursday Readers" not in page.text
        assert len(set(texts)) == 1


def test_nobody_s_powers_open_a_list(client: Client, shared: ReadingList) -> None:
    client.force_login(world.superuser())
    assert found(client, "/papers/?list=thursday-readers") == []
    assert "Thursday Readers" not in client.get(f"/papers/?list={shared.key}").text


def test_a_list_of_the_site_is_asked_for_by_all_who_are_signed_in(
    client: Client, shared: ReadingList, curator: User
) -> None:
    ReadingList.objects.update(visibility=Visibility.SITE)
    client.force_login(curator)
    assert found(client, "/papers/?list=thursday-readers") == ["Time", "Diffusion"]


@pytest.mark.parametrize("question", ["list=thursday-readers", "q=list:nothing", "q=a+or+-list:x"])
def test_who_has_not_signed_in_is_led_to_do_so_whether_there_is_such_a_list_or_not(
    question: str, client: Client, shared: ReadingList
) -> None:
    ReadingList.objects.update(visibility=Visibility.SITE)
    assert client.get(f"/papers/?{question}")["Location"].startswith("/account/login/")


def test_what_was_taken_off_a_list_or_hidden_is_not_found_on_it(
    reader: Client, shared: ReadingList, shelf: Shelf, curator: User
) -> None:
    shared.entries.filter(paper=shelf["Time"]).update(removed_at=timezone.now())
    assert found(reader, "/papers/?list=thursday-readers") == ["Diffusion"]
    hide([shelf["Diffusion"].pk], by=curator, why="Spam.")
    assert found(reader, "/papers/?list=thursday-readers") == []


def test_a_list_is_called_by_its_name(reader: Client, shared: ReadingList) -> None:
    page = Page(reader.get("/papers/?list=thursday-readers&tag=vision"))
    assert page.one("title").text == "Papers tagged Vision on the list “Thursday Readers” · Lectern"
    assert "Drop on the list “Thursday Readers”" in [chip.text for chip in page.all("a", class_="chip")]
    page = Page(reader.get(f"/papers/?q=time+list:{shared.key}"))
    assert page.one("h1").text == "Papers matching “time” on the list “Thursday Readers”"
    paper = Page(reader.get(f"{Paper.objects.get(title__startswith='Time').get_absolute_url()}?list=thursday-readers"))
    assert "Among papers on the list “Thursday Readers”" in paper.text


def test_the_facet_counts_on_the_reader_s_own_lists(
    reader: Client, alice: User, bob: User, shared: ReadingList, shelf: Shelf
) -> None:
    mine = world.reading_list(alice, "<b>Mine")
    ListEntry.objects.add(mine, [shelf["Time"]], by=alice)
    open_to_all = world.reading_list(bob, "Open to all")
    ReadingList.objects.filter(pk=open_to_all.pk).update(visibility=Visibility.SITE)
    secret = world.reading_list(bob, "Secret")
    for other in (open_to_all, secret):
        ListEntry.objects.add(other, [shelf["Time"]], by=bob)
    page = Page(reader.get("/papers/"))
    (facet,) = (each for each in page.all("details", class_="facet") if each.text.startswith("Lists"))
    assert facet.text == "Lists Thursday Readers 2<b>Mine 1"
    assert page.link("Thursday Readers 2") == "/papers/?list=thursday-readers"
    assert Page(reader.get("/papers/?list=bmine")).link("<b>Mine 1") == "/papers/"
    assert "Lists" not in {each.text for each in Page(reader.get("/papers/?q=attention")).all("summary")}


def test_lists_of_one_name_are_told_apart_in_the_facet(
    reader: Client, alice: User, shared: ReadingList, shelf: Shelf
) -> None:
    mine = world.reading_list(alice, "Thursday Readers")
    ListEntry.objects.add(mine, [shelf["Time"]], by=alice)
    page = Page(reader.get("/papers/"))
    assert page.link("Thursday Readers 2") == f"/papers/?list={shared.key}"
    assert page.link("Thursday Readers 1") == f"/papers/?list={mine.key}"


def test_lists_are_suggested_by_the_words_of_their_names(
    reader: Client, alice: User, bob: User, shared: ReadingList
) -> None:
    def lists(typed: str) -> dict[str, str]:
        response = reader.get("/papers/suggestions/", {"q": typed}, headers={"HX-Request": "true"})
        options = Page(response).all("a", role="option")
        return {each.text: each["href"] for each in options if each["id"].startswith("suggested-list")}

    ReadingList.objects.filter(pk=world.reading_list(bob, "Readers of all").pk).update(visibility=Visibility.SITE)
    world.reading_list(bob, "Readers in secret")
    world.reading_list(bob, "Readers on offer", pending=alice)
    assert lists("rea") == {
        "Thursday Readers 2": "/papers/?list=thursday-readers",
        "Readers of all 0": "/papers/?list=readers-of-all",
    }
    assert lists("graphs thursday r") == {"Thursday Readers 2": "/papers/?q=graphs&list=thursday-readers"}
    assert lists("hursday") == lists("secret") == lists("offer") == {}


def test_all_that_a_list_holds_is_marked_at_once(reader: Client, alice: User, shared: ReadingList) -> None:
    reader.post("/papers/markings/", {"mark": "starred", "list": "thursday-readers"})
    assert alice.states.filter(starred=True).count() == 2
