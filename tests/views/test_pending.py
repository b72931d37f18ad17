"""A stale tab: what is sent from it is done after signing in again, once, by whose tab it was, and by nobody else."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from papers.exchange.pasting import paste
from papers.exchange.tagging import put
from papers.forms import StateForm
from papers.models import Ingest, Mark, Marking, Paper, ReaderState, User
from papers.query import PaperQuery
from tests import world
from tests.page import Page
from tests.test_access import NAMES, names, path_of, people  # noqa: F401

STARRED: dict[str, Any] = {"starred": "yes", "next": "/papers/?is=unread"}
PASTED = """[Submitted on 4 Mar 2025]
Title:On Kettles, Pasted
Authors:Ada Lidless
Abstract:We watched kettles.
Cite as:	arXiv:2503.77002 [cs.DB]
"""
HTMX = {"HX-Request": "true", "HX-Target": "row"}


class Browser(Client):
    """One browser: its tabs share their cookies. It signs in and out as people do."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def open(self, address: str = "/") -> str:
        """The token of the forms in a page that is opened now."""
        return Page(self.get(address)).all("input", name="csrfmiddlewaretoken")[0]["value"]

    def sign_in(self, name: str, **fields: Any) -> Any:
        return self.send(reverse("account_login"), login=name, password=world.PASSWORD, remember="on", **fields)

    def sign_out(self) -> None:
        assert self.send(reverse("account_logout")).status_code == 302

    def send(self, address: str, token: str = "", *, htmx: bool = False, **fields: Any) -> Any:
        data = {"csrfmiddlewaretoken": token or self.open("/account/login/" if "login" in address else "/"), **fields}
        return self.post(address, data, headers=HTMX if htmx else {})

    def expire(self) -> None:
        """The session ends by itself."""
        del self.cookies["sessionid"]

    def do_it_now(self) -> Any:
        return self.send(reverse("pending"), self.open(reverse("pending")))


@pytest.fixture
def tab(shelf: dict[str, Paper], alice: User, bob: User) -> Browser:
    """Alice's browser, where she has signed in."""
    browser = Browser()
    browser.sign_in("alice")
    return browser


def led_to(response: Any) -> str:
    return str(response.headers.get("HX-Redirect") or response.headers.get("Location") or response.status_code)


TO_SIGN_IN = "/account/login/?next=/pending/"

# What can be sent: its address, its fields, and what is true as often as it was done -----------------------------

type Act = tuple[str, dict[str, Any], Callable[[], int]]


def star(alice: User) -> Act:
    return reverse("state", args=[Paper.objects.earliest("pk").key]), STARRED, ReaderState.objects.count


def mark_all(alice: User) -> Act:
    return reverse("markings"), {"mark": "starred", "q": "diffusion"}, Marking.objects.count


def take_a_mark_back(alice: User) -> Act:
    marking = Marking.objects.make(alice, Mark.STARRED, PaperQuery())
    assert marking
    return reverse("marking_removal", args=[marking.pk]), {}, Marking.objects.filter(is_taken_back=True).count


def tag(alice: User) -> Act:
    paper = Paper.objects.earliest("pk")
    return reverse("paper_tags", args=[paper.key]), {"name": "Kettles"}, paper.paper_tags.filter(by=alice).count


def take_a_tag_away(alice: User) -> Act:
    paper = Paper.objects.earliest("pk")
    slug, own = put(paper, "Kettles", by=alice).slug, paper.paper_tags.filter(by=alice)
    return reverse("paper_tag_removal", args=[paper.key, slug]), {}, lambda: 1 - own.count()


def paste_a_paper(alice: User) -> Act:
    return reverse("pastes"), {"text": PASTED}, Ingest.objects.filter(started_by=alice).count


def take_a_paste_back(alice: User) -> Act:
    run = paste(PASTED, by=alice)
    undone = Ingest.objects.filter(pk=run.pk, undone_at__isnull=False)
    return reverse("paste_removal", args=[run.pk]), {}, undone.count


ACTS = [star, mark_all, take_a_mark_back, tag, take_a_tag_away, paste_a_paper, take_a_paste_back]


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize("act", ACTS)
def test_what_was_sent_after_signing_out_elsewhere_is_done_after_signing_in(
    act: Callable[[User], Act], htmx: bool, tab: Browser, alice: User
) -> None:
    address, fields, done = act(alice)
    token = tab.open()
    tab.sign_out()
    sent = tab.send(address, token, htmx=htmx, **fields)
    assert (led_to(sent), done()) == (TO_SIGN_IN, 0)
    assert "Sign in, and what you did will be done." in Page(tab.get(TO_SIGN_IN)).text
    assert led_to(tab.sign_in("alice", next="/pending/")) == "/pending/"
    assert done() == 0
    assert tab.do_it_now().status_code == 302
    assert done() == 1
    assert "Nothing waits to be done" in Page(tab.do_it_now()).text
    assert done() == 1


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize("act", ACTS)
def test_what_was_sent_with_an_old_token_is_done_at_once(
    act: Callable[[User], Act], htmx: bool, tab: Browser, alice: User
) -> None:
    address, fields, done = act(alice)
    token = tab.open()
    for _ in range(3):
        tab.sign_out()
        tab.sign_in("alice")
    assert (led_to(tab.send(address, token, htmx=htmx, **fields)), done()) == ("/pending/", 0)
    tab.do_it_now()
    assert done() == 1


def test_what_is_sent_to_a_view_of_readers_is_kept_wherever_that_is(people: dict[str, User | None]) -> None:  # noqa: F811
    kept = {name: each for name, each in names(get_resolver()) if getattr(each.callback, "is_kept", False)}
    assert {"state", "pastes", "markings", "pending_removal", "members"} <= kept.keys()
    assert not {"account_deletion", "list_deletion", "list_owner"} & kept.keys(), "what cannot be taken back"
    assert not {name for name in kept if name.startswith(("account_", "admin:"))} - {"account_export"}
    tab = Browser()
    tab.sign_in("carol")
    token = tab.open()
    tab.expire()
    for name, each in kept.items():
        of_no_list = ["2" * 12 if noun != "number" else 1 for noun in each.pattern.converters]
        address = path_of(name) if name in NAMES else reverse(name, args=of_no_list)
        assert led_to(tab.send(address, token)) in (TO_SIGN_IN, "405"), name


def test_a_session_that_ended_by_itself_loses_nothing(tab: Browser, alice: User) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.expire()
    assert led_to(tab.send(address, token, **fields)) == TO_SIGN_IN
    tab.sign_in("alice")
    assert led_to(tab.do_it_now()) == f"/papers/?is=unread#row-{address.split('/')[2]}"
    assert done() == 1


def test_the_page_says_what_waits_and_changes_nothing(tab: Browser, alice: User) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields)
    tab.sign_in("alice")
    page = Page(tab.get("/pending/"))
    assert page.one("h1").text == "Still to be done"
    assert f"Star “{Paper.objects.earliest('pk')}”" in page.text
    assert page.link("a page") == STARRED["next"]
    assert done() == 0


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("note", {"note": "Kettles"}, "Save your note on “"),
        ("state", {"rating": "4"}, "Rate 4 of 5: “"),
        ("state", {"rating": ""}, "Remove your rating of “"),
        ("state", {"status": ""}, "Mark as neither read nor unread: “"),
        ("markings", {"mark": "read", "paper": "m4kx5r4muq45"}, "Mark several papers at once"),
        ("account", {"part": "reading"}, "Save what you changed on your page"),
    ],
)
def test_whatever_waits_is_said_in_words(name: str, fields: dict[str, Any], said: str, tab: Browser) -> None:
    token, on_paper = tab.open(), name in ("note", "state")
    tab.expire()
    tab.send(reverse(name, args=[Paper.objects.earliest("pk").key] if on_paper else None), token, **fields)
    tab.sign_in("alice")
    assert said in Page(tab.get("/pending/")).text


def test_what_was_written_is_kept_and_shown(tab: Browser, alice: User) -> None:
    address, fields, _ = paste_a_paper(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields)
    tab.sign_in("alice")
    response = tab.get("/pending/")
    assert "Your text is kept" in response.text
    assert PASTED.strip() in response.text
    assert "no-store" in response["Cache-Control"]


def test_it_can_be_left(tab: Browser, alice: User) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields)
    tab.sign_in("alice")
    left = tab.send(reverse("pending_removal"), tab.open("/pending/"), next=fields["next"])
    assert led_to(left) == fields["next"]
    assert "Nothing waits" in Page(tab.get("/pending/")).text
    assert done() == 0


# Whose it is -----------------------------------------------------------------------------------------------------


def test_somebody_else_who_signs_in_neither_does_nor_sees_it(tab: Browser, alice: User) -> None:
    address, fields, done = paste_a_paper(alice)
    token = tab.open()
    tab.sign_out()
    tab.send(address, token, **fields)
    assert led_to(tab.sign_in("bob", next="/pending/")) == "/pending/"
    response = tab.get("/pending/")
    assert "Kettles" not in response.text
    assert "What somebody else sent from this browser" in Page(response).text
    tab.do_it_now()
    assert done() == 0
    assert not Ingest.objects.filter(started_by__username="bob").exists()
    assert "pending" not in tab.session, "forgotten"


def test_a_tab_of_somebody_who_left_is_not_the_next_ones(tab: Browser, alice: User) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.sign_out()
    tab.sign_in("bob")
    refused = tab.send(address, token, **fields)
    assert refused.status_code == 403
    assert "This page had grown too old" in refused.text
    assert ("pending" in tab.session, done()) == (False, 0)
    tab.sign_out()
    tab.sign_in("alice")
    assert led_to(tab.send(address, token, **fields)) == "/pending/", "she is back, and it is hers"


def test_signing_out_forgets_it(tab: Browser, alice: User) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.sign_out()
    tab.sign_in("alice")
    tab.send(address, token, **fields)
    tab.sign_out()
    tab.sign_in("alice")
    assert "Nothing waits" in Page(tab.do_it_now()).text
    assert done() == 0


def test_the_cookie_that_tells_whose_tabs_they_are_cannot_be_read_or_written(tab: Browser, alice: User) -> None:
    cookie = tab.cookies["tabs"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    address, fields, _ = star(alice)
    token = tab.open()
    tab.cookies["tabs"] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    tab.sign_out()
    assert led_to(tab.send(address, token, **fields)) == "/account/login/?next=/papers/%3Fis%3Dunread"


# What is not kept ------------------------------------------------------------------------------------------------


def sessions() -> list[Any]:
    return [each.get_decoded() for each in Session.objects.all()]


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize(
    "how",
    [
        {"headers": {"Origin": "https://evil.example"}},
        {"headers": {"Origin": "null"}},
        {"token": "x" * 64},
        {"token": "short"},
    ],
    ids=["another site's", "of no origin", "with a token of its own", "with no such token"],
)
def test_another_site_plants_nothing(how: dict[str, Any], signed_in: bool, tab: Browser, alice: User) -> None:
    address, fields, done = star(alice)
    token = how.get("token") or tab.open()
    if not signed_in:
        tab.sign_out()
    for each in (token, ""):
        sent = tab.post(address, {**fields, "csrfmiddlewaretoken": each}, headers=how.get("headers"))
        assert sent.status_code == 403
        assert "This page had grown too old" in sent.text
    assert not [session for session in sessions() if "pending" in session]
    assert done() == 0


def test_nothing_is_kept_for_a_browser_where_nobody_has_signed_in(shelf: dict[str, Paper], alice: User) -> None:
    address, fields, _ = star(alice)
    sent = Browser().send(address, **fields)
    assert led_to(sent) == "/account/login/?next=/papers/%3Fis%3Dunread"
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x" * 150_001},
        {"text": PASTED, "old_password": world.PASSWORD},
        {"file": SimpleUploadedFile("digest.jsonl", b"{}")},
    ],
    ids=["too long", "a password", "a file"],
)
def test_what_is_too_long_or_secret_or_a_file_is_not_kept_and_that_is_said(
    fields: dict[str, Any], tab: Browser
) -> None:
    token = tab.open()
    tab.sign_out()
    sent = tab.send(reverse("pastes"), token, **fields)
    assert led_to(sent) == "/account/login/?next=/"
    assert "What you typed is there if you go back." in Page(tab.get(sent["Location"])).text
    tab.sign_in("alice")
    for value in fields.values():
        if hasattr(value, "seek"):
            value.seek(0)
    refused = tab.send(reverse("pastes"), token, **fields)
    assert refused.status_code == 403
    assert "Files have to be chosen again." in refused.text


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_what_waits_leads_nowhere_else(elsewhere: str, tab: Browser, alice: User) -> None:
    address, fields, _ = star(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields | {"next": elsewhere})
    tab.sign_in("alice")
    assert elsewhere not in tab.get("/pending/").text
    assert led_to(tab.do_it_now()).startswith("/papers/")
    assert elsewhere not in tab.send("/theme/", token, next=elsewhere).text


def test_a_browser_without_cookies_is_told_so(db: None) -> None:
    refused = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert refused.status_code == 403
    assert Page(refused).one("h1").text == "Your browser sends no cookies"


# How long, and how often -----------------------------------------------------------------------------------------


def test_it_waits_a_day_and_who_signs_in_meanwhile_stays_signed_in(
    tab: Browser, alice: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields)
    day, ninety_days = timedelta(days=1), timedelta(days=90)
    assert abs(tab.session.get_expiry_date() - timezone.now() - day) < timedelta(minutes=1)
    tab.sign_in("alice")
    assert abs(tab.session.get_expiry_date() - timezone.now() - ninety_days) < timedelta(minutes=1)
    assert tab.cookies["sessionid"]["max-age"] == ninety_days.total_seconds()
    monkeypatch.setattr("papers.views.pending._KEPT_FOR", timedelta(0))
    assert "Nothing waits" in Page(tab.do_it_now()).text
    assert done() == 0


def test_where_the_database_is_busy_it_waits_on(tab: Browser, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields)
    tab.sign_in("alice")
    with monkeypatch.context() as busy:
        busy.setattr(StateForm, "save", _busy)
        assert tab.do_it_now().status_code == 503
    assert led_to(tab.do_it_now()).startswith("/papers/?is=unread#row-")
    assert done() == 1


def _busy(*_: object) -> Iterator[None]:
    raise OperationalError("database is locked")


def test_what_vanished_meanwhile_is_said_and_waits_no_longer(tab: Browser, alice: User) -> None:
    address, fields, done = star(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields)
    tab.sign_in("alice")
    title = str(Paper.objects.earliest("pk"))
    Paper.objects.update(hidden=True)
    assert title not in tab.get("/pending/").text
    assert tab.do_it_now().status_code == 404
    assert "Nothing waits" in Page(tab.do_it_now()).text
    assert done() == 0


def test_it_outlasts_a_second_factor(tab: Browser, alice: User) -> None:
    TOTP.activate(alice, generate_totp_secret())
    (code, *_) = RecoveryCodes.activate(alice).get_unused_codes()
    address, fields, done = star(alice)
    token = tab.open()
    tab.expire()
    tab.send(address, token, **fields)
    assert led_to(tab.sign_in("alice", next="/pending/")) == "/account/2fa/authenticate/"
    assert led_to(tab.send("/account/2fa/authenticate/", code=code)) == "/pending/"
    assert abs(tab.session.get_expiry_date() - timezone.now() - timedelta(days=90)) < timedelta(minutes=1)
    tab.do_it_now()
    assert done() == 1
