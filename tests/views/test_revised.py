"""Rows and the paper's own page say what was revised since it was read."""

import pytest
from django.test import Client

from papers.models import Marking, Paper, User
from tests import world
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def revised(alice: User) -> Paper:
    """A paper that Alice has read, and which was then replaced."""
    world.ingest_lines([world.line(1, arxiv_id="2503.00001v1")])
    Marking.objects.mark(alice, Paper.objects.get(), status="read")
    world.ingest_lines([world.line(1, arxiv_id="2503.00001v3", source="Weekly", digest_date="2025-03-20")])
    return Paper.objects.get()


PLACES = ["/papers/", "/papers/?is=revised", "/papers/?q=nature", "/digests/2025/03/20/", "/digests/2025/03/"]


@pytest.mark.parametrize("address", PLACES)
def test_a_row_says_so_to_who_read_it_and_to_nobody_else(
    address: str, reader: Client, bob: User, revised: Paper
) -> None:
    other = Client()
    other.force_login(bob)
    for _ in range(2):  # as what is rendered is kept
        assert "Revised since: version 3" in Page(reader.get(address)).text
        assert "Revised since: version" not in Page(other.get(address)).text
        assert "Revised since: version" not in Page(Client().get(address)).text


def test_its_page_says_so_until_it_is_marked_as_read_again(reader: Client, revised: Paper) -> None:
    address = revised.get_absolute_url()
    page = Page(reader.get(address))
    assert "Revised since you read it: now version 3." in page.text
    button = page.one("button", id=f"acts-{revised.key}-read")
    assert (button.text, button["value"]) == ("Read again", "read")
    sent = {"status": "read", "acts": "on", "row": "on"}
    marked = reader.post(f"{address}state/", sent, headers={"HX-Request": "true"})
    assert "Revised since" not in marked.text
    assert Page(marked).one("button", id=f"row-{revised.key}-read")["aria-pressed"] == "true"
    assert "Revised since" not in Page(reader.get(address)).text


def test_its_page_tells_its_versions_and_where_arxiv_has_them(reader: Client, revised: Paper) -> None:
    page = Page(reader.get(revised.get_absolute_url()))
    assert "Version 1 in Daily list 11 March 2025" in page.text
    assert page.link("Version 3") == "https://arxiv.org/abs/2503.00001v3"


def test_it_can_be_asked_for_and_is_counted(reader: Client, revised: Paper) -> None:
    page = Page(reader.get("/papers/?q=is:revised"))
    assert page.rows == [revised.title]
    assert "Papers that I have seen in an earlier version" in page.text
    assert page.link("Revised since 1").endswith("is=revised")
    assert Page(reader.get("/papers/?q=-is:revised")).rows == []
