"""The desk: one house with the site, and its first page says what wants attention."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client

from papers.models import Ingest, Paper, Quarantined, User
from tests import world
from tests.page import Page

pytestmark = pytest.mark.django_db


def wanting(client: Client) -> dict[str, str]:
    """What wants attention, each with the list that it leads to."""
    links = Page(client.get("/admin/")).all("a")
    return {each.text: each["href"] for each in links if each.text[:1].isdigit() or each.text.startswith("more")}


def amiss() -> None:
    world.ingest_lines([world.line(1, abstract=""), world.line(2), {"title": ""}])
    world.ingest_text("", written=None)
    undated = {name: value for name, value in world.line(3).items() if name != "digest_date"}
    world.ingest_lines([undated], source="Undated", written=dt.date(2025, 3, 12))
    Ingest.objects.filter(pk=Ingest.objects.latest("pk").pk).update(finished_at=None)


def test_its_first_page_says_what_wants_attention_and_leads_there(desk: Client) -> None:
    amiss()
    found = wanting(desk)
    assert list(found) == [
        "1 in quarantine, as they could not be read",
        "1 of the ingests cut off, or still running",
        "1 of the ingests ended in an error",
        "1 of the digests have a date, or a year, that is a guess",
        "1 of the papers without an abstract",
    ]
    for address in found.values():
        assert len(Page(desk.get(address)).all("tr")) == 2, address


def test_where_nothing_is_amiss_it_says_so(desk: Client) -> None:
    world.library(1)
    assert wanting(desk) == {}
    assert "Nothing at the moment." in desk.get("/admin/").text


def test_it_says_nothing_of_what_one_may_not_see(client: Client) -> None:
    amiss()
    looker = world.staff()
    looker.user_permissions.add(Permission.objects.get(codename="view_ingest"))
    client.force_login(looker)
    assert list(wanting(client)) == [
        "1 of the ingests cut off, or still running",
        "1 of the ingests ended in an error",
    ]


def test_it_leads_back_to_the_site_and_signs_out_by_its_door(desk: Client) -> None:
    page = Page(desk.get("/admin/"))
    assert page.link("Lectern") == page.link("Back to the site") == "/"
    assert page.one("form", id="logout-form")["action"] == "/account/logout/"


def test_its_theme_is_the_site_s(desk: Client) -> None:
    assert "theme-dark" not in desk.get("/admin/").text
    desk.post("/theme/", {"theme": "dark", "next": "/admin/"})
    page = Page(desk.get("/admin/"))
    assert "theme-dark" in page.one("body")["class"].split()
    assert page.one("button", value="dark")["aria-pressed"] == "true"


def test_nothing_on_it_is_inline_or_from_elsewhere(desk: Client) -> None:
    amiss()
    addresses = ["", "papers/paper/", f"papers/paper/{Paper.objects.earliest('pk').pk}/change/"]
    addresses += ["papers/quarantined/", f"papers/quarantined/{Quarantined.objects.get().pk}/change/", "papers/digest/"]
    for address in addresses:
        page = Page(desk.get(f"/admin/{address}"))
        assert not page.all("style"), address
        assert all(each["src"].startswith("/") for each in page.all("script")), address
        assert all(each["href"].startswith("/") for each in page.all("link")), address
        assert not [each for each in page.elements if {"style", "onclick"} & each.attributes.keys()], address


def test_each_list_says_what_it_is_for_and_what_is_used_most_comes_first(desk: Client) -> None:
    lists = Page(desk.get("/admin/")).all("section", class_="rooms")[0]
    assert lists.text.startswith("The library Papers corrected, split, hidden and shown again Likely duplicates")
    assert Page(desk.get("/admin/")).link("Add to rules") == "/admin/papers/rule/add/"


def test_a_paper_s_page_on_the_site_leads_a_curator_to_its_page_on_the_desk(desk: Client) -> None:
    world.library(1)
    paper = Paper.objects.get()
    page = Page(desk.get(paper.get_absolute_url()))
    assert page.link("Correct it on the desk") == f"/admin/papers/paper/{paper.pk}/change/"
    assert page.link("The desk") == "/admin/"
    assert "on the desk" not in Client().get(paper.get_absolute_url()).text


def test_what_people_come_in_by_stands_with_people_and_is_called_as_everywhere(client: Client) -> None:
    client.force_login(world.superuser())
    page = Page(client.get("/admin/"))
    library, people = page.all("section", class_="rooms")
    assert people.text.startswith(
        "People People who reads; their teams, and a link for who cannot sign in Add to people"
    )
    for called in ("E-mail addresses", "Second factors", "Linked accounts"):
        assert called in people.text
        assert Page(client.get(page.link(called))).one("h1").text == called
    assert [each.text for each in page.all("a") if each.text.startswith("Add")] == [
        *("Add to rules", "Add to ingests", "Add to people", "Add to teams", "Add to invitations"),
    ]
    assert "People" not in library.text.split()
    assert "User name" in client.get("/admin/papers/user/").text


def test_a_superuser_confirms_an_address_where_no_mail_can_and_takes_it_from_the_account(
    client: Client, alice: User, bob: User
) -> None:
    client.force_login(world.superuser())
    address = EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
    others = EmailAddress.objects.create(user=bob, email=alice.email)
    confirm = {"action": "confirm", "_selected_action": [address.pk, others.pk]}
    page = Page(client.post("/admin/account/emailaddress/", confirm, follow=True))
    assert "Confirmed alice@example.org as Alice’s." in page.text
    assert "is somebody else’s" in page.text
    assert list(EmailAddress.objects.order_by("pk").values_list("verified", flat=True)) == [True, False]
    client.post(f"/admin/account/emailaddress/{address.pk}/delete/", {"post": "yes"})
    alice.refresh_from_db()
    assert alice.email == ""
