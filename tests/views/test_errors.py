"""What is said where something goes wrong: our own pages, in the site's look, that give nothing away."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from digest_site.urls import handler400
from digest_site.urls import urlpatterns as addresses
from papers.models import User
from tests.page import Page


def busy(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the password is swordfish")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the password is swordfish")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("the password is swordfish")


def nonsense(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("the password is swordfish")


urlpatterns = [*addresses, *(path(f"{view.__name__}/", view) for view in (broken, busy, forbidden, nonsense))]
assert handler400


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/no-such-page/", 404, "There is no such page"),
        ("/forbidden/", 403, "This door is not yours to open"),
        ("/nonsense/", 400, "That could not be understood"),
        ("/busy/", 503, "The library is busy"),
        ("/broken/", 500, "That page did not come out"),
    ],
)
def test_each_trouble_has_its_page(address: str, status: int, heading: str, client: Client, alice: User) -> None:
    client.force_login(alice)
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    page = Page(response)
    assert page.one("h1").text == heading
    assert "swordfish" not in response.text
    assert page.one("a", class_="bar-name")["href"] == "/"
    assert page.all("link", rel="stylesheet")
    assert "Content-Security-Policy" in response
    if status != 500:
        assert "Sign out" in page.text, "it knows who asks"


@pytest.mark.urls(__name__)
def test_who_typed_something_is_told_that_it_is_not_lost(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert "What you typed is not lost" in client.post("/busy/", {"note": "By induction."}).text
    assert "What you typed" not in client.get("/busy/").text


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/lists/no-such-list/membership/", "/forbidden/"])
def test_whoever_did_something_in_vain_is_told_that_nothing_was_changed(
    address: str, client: Client, alice: User
) -> None:
    client.force_login(alice)
    assert "Nothing was changed" in client.post(address).text
    assert "Nothing was changed" not in client.get(address).text


def test_from_where_nothing_is_somebody_finds_the_way_to_their_lists(client: Client, alice: User) -> None:
    assert "/lists/" not in client.get("/no-such-page/").text
    client.force_login(alice)
    page = Page(client.get("/lists/no-such-list/"))
    assert [each for each in page.all("a", href="/lists/") if each.text == "your reading lists"]


def test_a_form_that_grew_too_old_has_its_page(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    response = client.post("/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert Page(response).one("h1").text == "This page had grown too old"
    assert "Sign out" in response.text


def test_another_host_is_refused(client: Client, db: None) -> None:
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text


def test_a_missing_page_looks_the_same_to_strangers_of_a_members_library(
    client: Client, settings: Settings, db: None
) -> None:
    settings.LIBRARY = "members"
    assert client.get("/no-such-page/").status_code == 404
