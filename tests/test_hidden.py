"""Of a hidden paper readers find nothing, wherever they look; curators find why."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from papers.exchange.hide import hide, show
from papers.models import Digest, Marking, Paper, ReaderState, User
from tests import world
from tests.page import Page

pytestmark = pytest.mark.django_db
SECRET = "quagga"
HIDDEN = world.line(
    1,
    title="The Quagga of 000001",
    abstract="A quagga. It solves problems.",
    authors=["Ben Bystander", "Quentin Quagga"],
    tags=["problems", "quaggas"],
    venue="Quagga Letters",
    note="A quagga, at last.",
)
DAY = "/digests/2025/03/11/"
ADDRESSES = [
    *("/", "/?is=unread", "/digests/", DAY, f"{DAY}daily-list/", "/digests/2025/03/", "/digests/2025/w11/"),
    *("/papers/", "/papers/?sort=oldest", "/papers/?q=quag*", "/papers/?q=solves&sort=best", "/papers/?q=quagka"),
    *("/papers/?tag=problems", "/papers/?author=Ben+Bystander", "/papers/?source=daily-list", "/papers/?year=2025"),
    *("/papers/?is=unread", "/papers/?is=starred", "/papers/?is=read", "/papers/?q=-zebra", "/papers/?q=in:2025-03"),
    *("/papers/?q=2503.00001", "/papers/?q=id:2503.00001", "/papers/?q=-is:read", "/papers/?q=of&sort=best"),
    *("/tags/", "/tags/?q=quag", "/papers/questions/", "/papers/{key}/", "/papers/{other}/?q=of&sort=best"),
    *("/papers/{other}/?sort=oldest&tag=problems", "/papers/{other}/?year=2025"),
]
SUGGESTED = ["quag", "quent", "the qua", "2503.00001", "ben"]


@pytest.fixture
def reader(client: Client, alice: User) -> Client:
    """Alice's browser."""
    client.force_login(alice)
    return client


@pytest.fixture
def planted(alice: User) -> dict[str, str]:
    world.ingest_lines([world.line(2), HIDDEN, world.line(3)])
    paper = Paper.objects.get(title__startswith="The Quagga")
    Marking.objects.mark(alice, paper, status="read", starred=True)
    return {"key": paper.key, "other": Paper.objects.get(title__endswith="2").key}


def texts(client: Client, planted: dict[str, str]) -> dict[str, str]:
    """What readers get at every address, and what they are suggested."""
    pages = {address: client.get(address.format(**planted), follow=True).text for address in ADDRESSES}
    for typed in SUGGESTED:
        answer = client.get("/papers/suggestions/", {"q": typed}, headers={"HX-Request": "true"})
        pages[typed] = answer.text
    return pages


def exported() -> str:
    written = StringIO()
    call_command("export", stdout=written)
    return written.getvalue()


@pytest.mark.parametrize("who", ["nobody", "alice"])
def test_readers_find_nothing_of_it_anywhere(who: str, client: Client, alice: User, planted: dict[str, str]) -> None:
    if who == "alice":
        client.force_login(alice)
    seen = texts(client, planted)
    assert SECRET in seen["/papers/"].lower()
    assert SECRET in seen["quag"].lower()
    assert SECRET in exported().lower()
    hide([Paper.objects.get(key=planted["key"]).pk], why="Spam.")
    hidden = texts(client, planted)
    assert [place for place, text in hidden.items() if SECRET in text.lower()] == []
    assert SECRET not in exported().lower()
    assert "3 papers" not in hidden["/papers/"]
    show([Paper.objects.get(key=planted["key"]).pk])
    assert SECRET in texts(client, planted)["/papers/"].lower()


def test_it_counts_for_nothing(reader: Client, alice: User, planted: dict[str, str]) -> None:
    hide([Paper.objects.get(key=planted["key"]).pk], why="Spam.")
    digest = Digest.objects.get()
    assert (digest.size, digest.left_for(alice).count) == (2, 2)
    page = Page(reader.get("/papers/"))
    assert "2 papers" in page.text
    assert page.link("problems 2")
    assert not [each for each in page.all("a") if "is=starred" in each["href"]]


def test_its_address_is_nobody_s_but_the_curators(client: Client, planted: dict[str, str]) -> None:
    address, carol = f"/papers/{planted['key']}/", world.curator()
    hide([Paper.objects.get(key=planted["key"]).pk], by=carol, why="Spam & nonsense.")
    assert client.get(address).status_code == 404
    client.force_login(world.staff())
    assert client.get(address).status_code == 404
    client.force_login(carol)
    answer: Any = client.get(address)
    page = Page(answer)
    assert answer.status_code == 200
    assert "by Carol: Spam & nonsense." in page.text
    assert "/admin/papers/paper/" in page.link("Show it again, or correct it, at the desk")
    assert "no-store" in answer["Cache-Control"]
    assert SECRET not in client.get("/papers/").text.lower()


def test_nobody_can_mark_it_and_a_former_address_does_not_lead_to_it(reader: Client, planted: dict[str, str]) -> None:
    paper = Paper.objects.get(key=planted["key"])
    paper.former_keys.create(key="2" * 12)
    assert reader.get(f"/papers/{'2' * 12}/").status_code == 302
    hide([paper.pk], why="Spam.")
    assert reader.get(f"/papers/{'2' * 12}/").status_code == 404
    assert reader.post(f"/papers/{paper.key}/state/", {"status": "unread"}).status_code == 404
    reader.post("/papers/markings/", {"mark": "unread"})
    assert ReaderState.objects.get(paper=paper).status == "read"
