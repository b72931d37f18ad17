"""Colleagues are offered by their names while somebody writes a remark: those who may read it, and nobody else."""

import pytest
from django.test import Client

from papers.models import User, Visibility
from tests import world
from tests.page import Page

HTMX = {"HX-Request": "true"}


def offered(client: Client, who: str, **where: str) -> list[str]:
    page = Page(client.get("/colleagues/", {"who": who, **where}, headers=HTMX))
    return [each["data-mention"] for each in page.all("button")]


def test_on_a_paper_everybody_else_is_offered_by_name_or_user_name(reader: Client, alice: User, bob: User) -> None:
    User.objects.create_user("bo", name="Ida Bobson")
    User.objects.create_user("bo@example.org", name="Bo")
    User.objects.create_user("bo2", is_active=False)
    assert offered(reader, "BO") == ["bob", "bo"]
    assert offered(reader, "bobs") == ["bo"]
    assert offered(reader, "ali") == offered(reader, "") == offered(reader, "\0") == offered(reader, "b" * 200) == []


def test_in_a_list_only_who_reads_what_is_said_there(reader: Client, alice: User, bob: User) -> None:
    shared = world.reading_list(alice, viewer=bob, pending=world.member("bea"))
    world.member("ben")
    assert offered(reader, "b", list=shared.key) == ["bob"]
    assert offered(reader, "b") == ["bea", "ben", "bob"]


@pytest.mark.parametrize(("visibility", "status"), [(Visibility.PRIVATE, 404), (Visibility.SITE, 403)])
def test_nobody_else_learns_who_is_on_a_list(
    visibility: Visibility, status: int, client: Client, alice: User, bob: User
) -> None:
    shared = world.reading_list(alice, pending=bob)
    type(shared).objects.update(visibility=visibility)
    client.force_login(bob)
    for key, expected in ((shared.key, status), ("nosuchlist22", 404)):
        assert client.get("/colleagues/", {"who": "a", "list": key}, headers=HTMX).status_code == expected
