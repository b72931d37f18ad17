"""Talk: what people say to each other in lists and about papers, and who may read, change and hide it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from papers.exchange.rulings import merge
from papers.models import ListEntry, Paper, ReadingList, Remark, User, Visibility
from papers.models.talk import Talk
from tests import world
from tests.page import Page


@pytest.fixture
def paper(shelf: dict[str, Paper]) -> Paper:
    return shelf["Time"]


@pytest.fixture
def shared(paper: Paper, alice: User, bob: User) -> ReadingList:
    """Bob's list, which Alice reads, with one paper on it."""
    shared = world.reading_list(bob, viewer=alice)
    ListEntry.objects.add(shared, [paper], by=bob, reason="For its time.")
    return shared


def say(client: Client, address: str, text: str = "A *word* on $x^2$.", **data: Any) -> Any:
    return client.post(address, {"text": text, **data})


def words(client: Client, address: str) -> list[str]:
    return [each.text for each in Page(client.get(address)).all("div", class_="remark-text")]


@pytest.mark.parametrize("place", ["entry", "list", "paper"])
def test_who_may_see_a_place_says_something_there(
    place: str, reader: Client, bob: User, shared: ReadingList, paper: Paper
) -> None:
    page = {"entry": f"/lists/{shared.key}/papers/{paper.key}/", "list": f"/lists/{shared.key}/"}
    address = page.get(place, f"/papers/{paper.key}/")
    sent_to = f"/papers/{paper.key}/remarks/" if place == "paper" else f"/lists/{shared.key}/remarks/"
    response = say(reader, sent_to, about=paper.key if place == "entry" else "")
    remark = Remark.objects.get()
    assert response["Location"] == f"{address}#remark-{remark.pk}" == remark.get_absolute_url()
    assert words(world.browser_of(bob), address) == ["A word on x2."]
    for other in {*page.values(), f"/papers/{paper.key}/"} - {address}:
        assert words(reader, other) == []


@pytest.mark.parametrize("place", ["entry", "paper"])
def test_what_is_said_on_a_page_of_what_was_merged_meanwhile_is_not_lost(
    place: str, reader: Client, shared: ReadingList, paper: Paper
) -> None:
    kept = Paper.objects.exclude(pk=paper.pk).earliest("pk")
    assert kept.pk < paper.pk
    merge([kept, paper], by=None)
    sent_to = f"/papers/{paper.key}/remarks/" if place == "paper" else f"/lists/{shared.key}/remarks/"
    assert say(reader, sent_to, about=paper.key if place == "entry" else "").status_code == 302
    assert Remark.objects.get().paper == kept
    assert reader.post(f"{sent_to}{Remark.objects.get().pk}/removal/").status_code == 302
    assert Remark.objects.get().removed_at


def test_an_answer_stands_under_the_remark_that_opened_the_thread(
    reader: Client, alice: User, bob: User, shared: ReadingList, paper: Paper
) -> None:
    talk = Talk(bob, shared, paper)
    first = talk.say("First.", None)
    talk.say("Second.", None)
    answer = talk.say("To the first.", first)
    say(reader, f"/lists/{shared.key}/remarks/", "To the answer.", about=paper.key, answers=answer.pk)
    threads = [(thread.opening.text, [each.text for each in thread.answers]) for thread in talk.threads]
    assert threads == [("First.", ["To the first.", "To the answer."]), ("Second.", [])]


def test_what_others_said_since_the_last_visit_is_new(
    reader: Client, alice: User, bob: User, shared: ReadingList
) -> None:
    talk = Talk(bob, shared)
    talk.say("Old.", None)
    now = timezone.now()
    User.objects.filter(pk=alice.pk).update(visited_at=now, visited_before=now)
    talk.say("News.", None)
    Talk(alice, shared).say("Mine.", None)
    heads = [each.text for each in Page(reader.get(f"/lists/{shared.key}/")).all("p", class_="remark-head")]
    assert [head.endswith(" new") for head in heads] == [False, True, False]


def test_a_double_click_says_it_once(reader: Client, bob: User, shared: ReadingList) -> None:
    address = f"/lists/{shared.key}/remarks/"
    first, second = say(reader, address), say(reader, address)
    assert first["Location"] == second["Location"]
    say(reader, address, answers=Remark.objects.get().pk)
    say(world.browser_of(bob), address)
    assert Remark.objects.count() == 3


def test_what_is_said_elsewhere_cannot_be_answered(
    reader: Client, alice: User, bob: User, shared: ReadingList, paper: Paper
) -> None:
    secret = world.reading_list(bob, "Secret")
    elsewhere = [Talk(bob, shared).say("On the list.", None), Talk(bob, secret).say("Secret.", None)]
    elsewhere.append(Talk(bob, None, paper).say("To all.", None))
    for remark in elsewhere:
        assert say(reader, f"/lists/{shared.key}/remarks/", about=paper.key, answers=remark.pk).status_code == 404
    assert Remark.objects.count() == 3


def test_nothing_is_said_of_a_paper_that_was_never_on_the_list(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    address = f"/lists/{shared.key}/remarks/"
    assert say(reader, address, about=shelf["Diffusion"].key).status_code == 404
    assert say(reader, address, about="x\0").status_code == 400
    assert not Remark.objects.exists()


@pytest.mark.parametrize(("text", "why"), [(" \n ", "there is nothing in it"), ("x" * 10_003, "Shorten it by 3,")])
def test_what_cannot_be_said_stays_in_the_form(
    text: str, why: str, reader: Client, shared: ReadingList, paper: Paper
) -> None:
    response = say(reader, f"/lists/{shared.key}/remarks/", text, about=paper.key)
    assert response.status_code == 409
    assert why in response.text
    page = Page(response)
    assert page.one("textarea").text == text.strip()
    assert page.one("input", name="about")["value"] == paper.key
    assert not Remark.objects.exists()


def test_who_wrote_a_remark_changes_it_and_it_says_so(reader: Client, alice: User, paper: Paper) -> None:
    remark = Talk(alice, None, paper).say("Before.", None)
    say(reader, f"/papers/{paper.key}/remarks/{remark.pk}/", "After.", was=remark.stamp)
    page = Page(reader.get(f"/papers/{paper.key}/"))
    assert [each.text for each in page.all("div", class_="remark-text")] == ["After."]
    assert " edited " in page.one("p", class_="remark-head").text


def test_a_remark_that_was_changed_elsewhere_is_not_overwritten_unseen(
    reader: Client, alice: User, paper: Paper
) -> None:
    talk = Talk(alice, None, paper)
    remark = talk.say("Before.", None)
    was = remark.stamp
    talk.change(remark, "Elsewhere.")
    address = f"/papers/{paper.key}/remarks/{remark.pk}/"
    response = say(reader, address, "Here.", was=was)
    assert response.status_code == 409
    page = Page(response)
    assert ("Elsewhere." in response.text, page.one("textarea").text) == (True, "Here.")
    say(reader, address, "Here.", was=page.one("input", name="was")["value"])
    remark.refresh_from_db()
    assert remark.text == "Here."


def test_what_was_removed_or_hidden_meanwhile_is_not_changed(
    reader: Client, alice: User, shared: ReadingList, bob: User
) -> None:
    address, talk = f"/lists/{shared.key}/remarks/", Talk(alice, shared)
    removed, hidden = talk.say("Removed.", None), talk.say("Hidden.", None)
    was = {remark: remark.stamp for remark in (removed, hidden)}
    talk.remove(removed)
    talk.hide(hidden, bob)
    for remark in (removed, hidden):
        response = say(reader, f"{address}{remark.pk}/", "Once more.", was=was[remark])
        assert (response.status_code, "meanwhile" in response.text, "Once more." in response.text) == (409, True, True)


def test_a_removed_remark_leaves_its_place_and_no_word(reader: Client, alice: User, bob: User, paper: Paper) -> None:
    talk = Talk(alice, None, paper)
    remark = talk.say("Secret, @bob.", None)
    talk.say("An answer.", remark)
    reader.post(f"/papers/{paper.key}/remarks/{remark.pk}/removal/")
    page = reader.get(f"/papers/{paper.key}/")
    assert ("Secret" in page.text, "Removed by its writer" in page.text) == (False, True)
    remark.refresh_from_db()
    assert (remark.text, list(remark.mentions.all())) == ("", [])
    assert "An answer." in page.text
    assert "1 remark," in Page(page).one("h2", id="talk-title").text


def test_nobody_else_changes_or_removes_a_remark(
    reader: Client, bob: User, shared: ReadingList, paper: Paper, curator: User
) -> None:
    for talk in (Talk(bob, shared, paper), Talk(bob, None, paper)):
        remark = talk.say("Mine.", None)
        for who in (reader, world.browser_of(curator)):
            status = 404 if talk.reading_list and who is not reader else 403
            for act in ("", "removal/"):
                response = who.post(f"{talk.address}{remark.pk}/{act}", {"text": "Yours.", "was": remark.stamp})
                assert response.status_code == status
        remark.refresh_from_db()
        assert remark.text == "Mine."


def test_what_an_editor_hides_only_editors_read_and_bring_back(
    reader: Client, alice: User, bob: User, shared: ReadingList
) -> None:
    remark = Talk(alice, shared).say("Too loud.", None)
    address, hiding = f"/lists/{shared.key}/", f"/lists/{shared.key}/remarks/{remark.pk}/hiding/"
    assert reader.post(hiding, {"hidden": "yes"}).status_code == 403
    assert world.browser_of(bob).post(hiding, {"hidden": "true"}).status_code == 400
    world.browser_of(bob).post(hiding, {"hidden": "yes"})
    assert "Hidden by Bob" in reader.get(address).text
    assert (words(reader, address), words(world.browser_of(bob), address)) == ([], ["Too loud."])
    world.browser_of(bob).post(hiding, {"hidden": "no"})
    assert words(reader, address) == ["Too loud."]


def test_what_is_said_to_all_a_curator_hides(reader: Client, alice: User, curator: User, paper: Paper) -> None:
    remark = Talk(alice, None, paper).say("Too loud.", None)
    hiding = f"/papers/{paper.key}/remarks/{remark.pk}/hiding/"
    assert reader.post(hiding, {"hidden": "yes"}).status_code == 403
    world.browser_of(curator).post(hiding, {"hidden": "yes"})
    assert (words(reader, f"/papers/{paper.key}/"), words(world.browser_of(curator), f"/papers/{paper.key}/")) == (
        [],
        ["Too loud."],
    )


def test_a_remark_is_reached_through_its_own_place_alone(
    reader: Client, alice: User, shared: ReadingList, paper: Paper, shelf: dict[str, Paper]
) -> None:
    other = world.reading_list(alice, "Another")
    in_list, to_all = Talk(alice, shared, paper).say("In a list.", None), Talk(alice, None, paper).say("To all.", None)
    for address in (
        f"/lists/{other.key}/remarks/{in_list.pk}/removal/",
        f"/lists/{shared.key}/remarks/{to_all.pk}/removal/",
        f"/papers/{paper.key}/remarks/{in_list.pk}/removal/",
        f"/papers/{shelf['Diffusion'].key}/remarks/{to_all.pk}/removal/",
    ):
        assert reader.post(address).status_code == 404
    assert Remark.objects.standing().count() == 2


def test_who_only_sees_a_list_of_the_site_reads_no_remarks_and_writes_none(
    bob: User, shared: ReadingList, paper: Paper
) -> None:
    ReadingList.objects.update(visibility=Visibility.SITE)
    Talk(bob, shared, paper).say("Secret of the entry.", None)
    Talk(bob, shared).say("Secret of the list.", None)
    stranger = world.browser_of(world.member("stan"))
    for address in (f"/lists/{shared.key}/", f"/lists/{shared.key}/papers/{paper.key}/"):
        page = stranger.get(address)
        assert (page.status_code, "Secret" in page.text, "emark" in page.text) == (200, False, False)
    assert say(stranger, f"/lists/{shared.key}/remarks/").status_code == 403


def test_nobody_in_particular_reads_what_is_said_of_a_paper(client: Client, bob: User, paper: Paper) -> None:
    Talk(bob, None, paper).say("Secret.", None)
    page = client.get(f"/papers/{paper.key}/")
    assert (page.status_code, "Secret" in page.text, "talk" in page.text) == (200, False, False)


def test_a_remark_is_seen_at_once_by_who_had_the_page_before(
    reader: Client, alice: User, bob: User, paper: Paper
) -> None:
    address = f"/papers/{paper.key}/"
    reader.get(address)  # and have a token from then on
    before = reader.get(address)
    assert reader.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304
    Talk(bob, None, paper).say("New.", None)
    after = reader.get(address, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, "New." in after.text) == (200, True)


def test_only_who_may_read_it_is_mentioned_by_name(
    reader: Client, alice: User, bob: User, shared: ReadingList, paper: Paper
) -> None:
    dora, stan = world.member("dora"), world.member("stan")
    team = Group.objects.create(name="Tuesday readers")
    dora.groups.add(team)
    shared.memberships.create(team=team)
    text = "@Bob, @dora. and @stan: see mail@bob, `@alice` and [@x](https://e.org/@bob)"
    say(reader, f"/lists/{shared.key}/remarks/", text, about=paper.key)
    remark = Remark.objects.get()
    assert set(remark.mentions.all()) == {bob, dora}
    assert remark.html.startswith("<p><b>Bob</b>, <b>Dora</b>. and @stan: see mail@bob, <code>@alice</code>")
    say(reader, f"/papers/{paper.key}/remarks/", text)
    assert set(Remark.objects.latest("pk").mentions.all()) == {bob, dora, stan}


def test_a_name_that_somebody_gave_themselves_makes_no_html(alice: User, bob: User, paper: Paper) -> None:
    User.objects.filter(pk=bob.pk).update(name="<script>alert(1)</script> *B*")
    remark = Talk(alice, None, paper).say("Ask @bob.", None)
    assert (
        Remark.objects.get(pk=remark.pk).html.strip() == "<p>Ask <b>&lt;script&gt;alert(1)&lt;/script&gt; *B*</b>.</p>"
    )


def test_in_the_archive_talk_is_read_and_what_was_typed_is_not_lost(
    reader: Client, alice: User, bob: User, shared: ReadingList
) -> None:
    Talk(bob, shared).say("Stands.", None)
    shared.archive()
    response = say(reader, f"/lists/{shared.key}/remarks/", "Too late.")
    assert (response.status_code, "in the archive" in response.text, "Too late." in response.text) == (409, True, True)
    assert words(reader, f"/lists/{shared.key}/") == ["Stands."]


def test_what_was_said_of_a_paper_stands_when_it_is_taken_off(
    reader: Client, alice: User, bob: User, shared: ReadingList, paper: Paper
) -> None:
    ReadingList.objects.update(visibility=Visibility.SITE)
    Talk(bob, shared, paper).say("Known to us.", None)
    shared.entries.update(removed_at=shared.made_at, removed_by=bob)
    address = f"/lists/{shared.key}/papers/{paper.key}/"
    assert "Bob took this paper off the list" in reader.get(address).text
    assert words(reader, address) == ["Known to us."]
    assert world.browser_of(world.member("stan")).get(address).status_code == 404


def test_a_row_says_how_much_was_said_of_its_paper(
    reader: Client, alice: User, bob: User, shared: ReadingList, paper: Paper
) -> None:
    address = f"/lists/{shared.key}/papers/{paper.key}/#talk"
    assert Page(reader.get(f"/lists/{shared.key}/")).link("Discuss") == address
    talk = Talk(bob, shared, paper)
    talk.say("One.", None)
    talk.remove(talk.say("Two.", None))
    assert Page(reader.get(f"/lists/{shared.key}/")).link("1 remark") == address
