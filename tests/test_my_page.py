"""My page: who somebody is, how they read, and up to which day papers count as read; each shows at once."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from papers.exchange.pasting import paste
from papers.models import Digest, Ingest, Paper, TextSize, User
from papers.views.keys import KINDS
from tests import world
from tests.page import Page

READING = {"time_zone": "", "page_size": "25", "text_size": "", "keys": "on"}


@pytest.fixture
def reader(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def save(client: Client, part: str, **values: str) -> list[str]:
    """What is said when it is saved."""
    response = client.post("/account/", {"part": part, **values})
    assert (response.status_code, response.headers.get("Location")) == (302, "/account/"), response.text
    return [str(message) for message in get_messages(response.wsgi_request)]


def wrong(client: Client, part: str, **values: str) -> Page:
    """The page with what is wrong with these values."""
    response = client.post("/account/", {"part": part, **values})
    assert response.status_code == 200
    return Page(response)


def has_left(client: Client) -> str:
    return Page(client.get("/")).one("div", id="left").text


# Who I am -------------------------------------------------------------------------------------------------------


def test_the_face_in_the_bar_leads_there_by_name(reader: Client) -> None:
    face = Page(reader.get("/")).one("a", class_="face")
    assert (face["href"], face.text) == ("/account/", "AL My page")


def test_a_name_is_saved_and_stands_in_the_bar(reader: Client, alice: User) -> None:
    assert save(reader, "profile", name="  Alice   Brandt ", username="alice") == ["Saved who you are."]
    alice.refresh_from_db()
    assert alice.name == "Alice Brandt"
    assert Page(reader.get("/")).one("a", class_="face").text == "AB My page"


def test_a_user_name_that_somebody_has_is_refused_beside_its_field(reader: Client, alice: User, bob: User) -> None:
    page = wrong(reader, "profile", name="Mallory", username="bob")
    field = page.one("input", name="username")
    assert (field["aria-invalid"], field["value"], "autofocus" in field.attributes) == ("true", "bob", True)
    assert "Somebody else has this user name" in page.one("ul", class_="errorlist").text
    assert page.one("a", class_="face")["title"] == "Alice", "nothing of it is said elsewhere"
    alice.refresh_from_db()
    assert (alice.username, alice.name) == ("alice", "Alice")


def test_nothing_but_the_part_that_was_sent_is_changed(reader: Client, alice: User) -> None:
    User.objects.update(page_size=50, keys=False, caught_up_to="2025-01-01")
    save(reader, "profile", name="A", username="alice", page_size="10", is_staff="on", is_superuser="on", edition="0")
    alice.refresh_from_db()
    assert (alice.page_size, alice.keys, alice.is_staff, alice.is_superuser) == (50, False, False, False)
    assert alice.caught_up_to == dt.date(2025, 1, 1)


@pytest.mark.parametrize("part", ["", "no-such-part", "password"])
def test_a_part_that_there_is_not_is_refused(part: str, reader: Client) -> None:
    assert reader.post("/account/", {"part": part, "name": "A"}).status_code == 400


def test_the_page_is_kept_by_no_cache(reader: Client) -> None:
    assert "no-store" in reader.get("/account/")["Cache-Control"]


# How I read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sends_mail", [True, False])
def test_mails_of_offers_are_switched_off_where_mails_are_sent(
    sends_mail: bool, reader: Client, alice: User, settings: Settings
) -> None:
    settings.SENDS_MAIL = sends_mail
    assert ("Lists that are offered to me come by mail" in reader.get("/account/").text) is sends_mail
    save(reader, "reading", **READING)
    alice.refresh_from_db()
    assert alice.offers_by_mail is not sends_mail


def test_how_somebody_reads_is_saved_and_shown_as_it_is(reader: Client, alice: User) -> None:
    chosen = {"time_zone": "Asia/Kathmandu", "page_size": "50", "text_size": "large", "opening_reads": "on"}
    assert save(reader, "reading", **chosen) == ["Saved how you read."]
    alice.refresh_from_db()
    assert (alice.time_zone, alice.page_size, alice.text_size) == ("Asia/Kathmandu", 50, "large")
    assert (alice.opening_reads, alice.keys) == (True, False)
    page = Page(reader.get("/account/"))
    selected = {each["value"] for each in page.all("option") if "selected" in each.attributes}
    assert selected == {"Asia/Kathmandu", "50", "large"}


@pytest.mark.parametrize(
    "nonsense", [{"time_zone": "Mars/Base"}, {"page_size": "1000000"}, {"page_size": "0"}, {"text_size": "huge"}]
)
def test_what_cannot_be_chosen_is_refused(nonsense: dict[str, str], reader: Client, alice: User) -> None:
    page = wrong(reader, "reading", **{**READING, **nonsense})
    assert len(page.all("ul", class_="errorlist")) == 1
    alice.refresh_from_db()
    assert (alice.time_zone, alice.page_size, alice.text_size) == ("", 25, "")


def test_zones_are_found_by_their_cities(reader: Client) -> None:
    page = Page(reader.get("/account/"))
    cities = {option["value"]: option.text for option in page.all("option")}
    assert cities["America/Argentina/Buenos_Aires"] == "Buenos Aires, Argentina"
    assert page.all("option")[0].text == "As the site: UTC"
    assert [group["label"] for group in page.all("optgroup")][:2] == ["Africa", "America"]


LISTS = ["/", "/digests/2025/03/11/", "/papers/", "/papers/?q=problem&sort=best", "/digests/2025/03/"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("size", [10, 50])
def test_every_list_of_papers_shows_as_many_as_somebody_wants(
    address: str, size: int, reader: Client, client: Client
) -> None:
    world.library(60)
    assert len(Page(reader.get(address)).rows) == 25
    save(reader, "reading", **{**READING, "page_size": str(size)})
    assert len(Page(reader.get(address)).rows) == size
    assert len(Page(Client().get(address)).rows) == 25, "of who has not signed in"


def test_a_place_in_a_list_is_the_same_at_another_size(reader: Client) -> None:
    world.library(60)
    rows = Page(reader.get("/papers/")).rows
    following = Page(reader.get("/papers/")).one("a", rel="next")["href"]
    save(reader, "reading", **{**READING, "page_size": "10"})
    page = Page(reader.get(following))
    assert len(page.rows) == 10
    assert not set(rows) & set(page.rows)
    assert Page(reader.get(page.one("a", rel="prev")["href"])).rows == rows[15:]


@pytest.mark.parametrize("size", TextSize)
def test_the_page_says_how_large_text_is_to_be(size: TextSize, reader: Client) -> None:
    save(reader, "reading", **{**READING, "text_size": size.value})
    assert Page(reader.get("/")).one("html").attributes.get("data-text", "") == size


CHOICES = [
    {"page_size": "10"},
    {"text_size": "large"},
    {"time_zone": "Asia/Tokyo"},
    {"keys": ""},
    {"opening_reads": "on"},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_choice_is_seen_at_once(choice: dict[str, str], reader: Client) -> None:
    world.library(3)
    reader.get("/papers/")
    etag = reader.get("/papers/")["ETag"]
    assert reader.get("/papers/", headers={"If-None-Match": etag}).status_code == 304
    save(reader, "reading", **{**READING, **choice})
    reader.get("/account/")  # where it is said that it is saved
    assert reader.get("/papers/", headers={"If-None-Match": etag}).status_code == 200


def test_one_persons_choices_never_show_in_anothers_rows(reader: Client, bob: User) -> None:
    world.library(30)
    save(reader, "reading", time_zone="Pacific/Auckland", page_size="10", text_size="largest", opening_reads="on")
    other = Client()
    other.force_login(bob)
    for address in ("/papers/", "/", Paper.objects.all()[0].get_absolute_url()):
        hers, his = Page(reader.get(address)), Page(other.get(address))
        assert "data-keys" in his.one("body").attributes
        assert "data-keys" not in hers.one("body").attributes
        assert "data-text" not in his.one("html").attributes
        assert not his.all("form", hx_trigger="load")
        if his.rows:
            assert (len(hers.rows), len(his.rows)) == (10, 25)


# My time --------------------------------------------------------------------------------------------------------


def pasted_at(client: Client) -> str:
    return Page(client.get(f"/paste/{Ingest.objects.latest('pk').pk}/")).one("h1").text


@pytest.fixture
def late_paste(alice: User) -> None:
    """Something she pasted shortly before midnight, by the site's clock."""
    paste("\n".join(f'{{"title": "Paper {n}"}}' for n in range(2)), by=alice)
    Ingest.objects.update(started_at=dt.datetime(2026, 11, 28, 23, 30, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("", "28 November 2026, 23:30"),
        ("Europe/Berlin", "29 November 2026, 00:30"),
        ("America/New_York", "28 November 2026, 18:30"),
        ("Mars/Base", "28 November 2026, 23:30"),
        ("Europe", "28 November 2026, 23:30"),
        ("../../etc/passwd", "28 November 2026, 23:30"),
        ("/etc/localtime", "28 November 2026, 23:30"),
    ],
)
def test_hours_are_told_in_the_readers_zone_if_there_is_such_a_zone(
    zone: str, said: str, reader: Client, late_paste: None
) -> None:
    User.objects.update(time_zone=zone)
    assert pasted_at(reader) == f"Pasted on {said}"
    assert timezone.get_current_timezone() == ZoneInfo("UTC"), "and nobody else's are"


def test_a_digest_keeps_its_day_in_every_zone(reader: Client) -> None:
    world.library(1)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        User.objects.update(time_zone=zone)
        assert Page(reader.get("/digests/2025/03/11/")).one("h1").text == "Tuesday, 11 March"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_what_is_everybodys_is_dated_by_the_sites_clock(zone: str, reader: Client) -> None:
    """Of these two, one has always another day than the site."""
    User.objects.update(time_zone=zone)
    before = timezone.localdate()
    reader.post("/paste/", {"text": '{"title": "A paper"}\n{"title": "Another paper"}'})
    assert before <= Digest.objects.get().date <= timezone.localdate()


# What counts as read --------------------------------------------------------------------------------------------


def test_the_day_is_set_forward_and_back_and_emptied(reader: Client, alice: User) -> None:
    world.library(3)
    assert has_left(reader).startswith("3 of 3 left")
    assert save(reader, "caught_up", caught_up_to="2025-03-11") == ["You are caught up to 11 March 2025."]
    assert has_left(reader) == "All 3 read"
    save(reader, "caught_up", caught_up_to="2025-03-10")
    assert has_left(reader).startswith("3 of 3 left")
    assert Page(reader.get("/account/")).one("input", name="caught_up_to")["value"] == "2025-03-10"
    assert save(reader, "caught_up", caught_up_to="") == ["Nothing counts as read by its day now."]
    alice.refresh_from_db()
    assert alice.caught_up_to is None


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday", "2025-02-30"])
def test_a_day_that_is_none_or_has_yet_to_come_is_refused(day: str, reader: Client, alice: User) -> None:
    page = wrong(reader, "caught_up", caught_up_to=day)
    assert page.one("input", name="caught_up_to")["aria-invalid"] == "true"
    alice.refresh_from_db()
    assert alice.caught_up_to is None


# Ways on --------------------------------------------------------------------------------------------------------


def test_it_leads_to_what_is_done_elsewhere(reader: Client) -> None:
    page = Page(reader.get("/account/"))
    for text in ("Change my addresses", "Change my password", "Second factors and passkeys", "Where I am signed in"):
        assert page.link(text).startswith("/account/")
    assert page.link("one file of JSON Lines") == "/account/export.jsonl"
    assert len(page.all("form", action="/account/logout/")) == 2, "in the bar, and on a phone only here"


def test_who_has_no_password_is_led_to_set_one(reader: Client, alice: User) -> None:
    alice.set_unusable_password()
    alice.save()
    reader.force_login(alice)
    assert Page(reader.get("/account/")).link("Set a password") == "/account/password/set/"


# Opening a paper ------------------------------------------------------------------------------------------------


def opened(client: Client, paper: Paper, **headers: str) -> list[str]:
    """Where the page of a paper sends its reader's mark by itself."""
    page = Page(client.get(paper.get_absolute_url(), headers=headers))
    return [form["action"] for form in page.all("form", hx_trigger="load")]


def test_opening_marks_nothing_unless_somebody_chose_that(reader: Client, alice: User) -> None:
    world.library(1)
    paper = Paper.objects.get()
    assert opened(reader, paper) == []
    User.objects.update(opening_reads=True)
    assert opened(reader, paper) == [f"/papers/{paper.key}/state/"]
    assert opened(reader, paper, **{"HX-Request": "true", "HX-Target": "pane"}) == [f"/papers/{paper.key}/state/"]
    assert not alice.states.exists(), "to ask for the page changes nothing"


@pytest.mark.parametrize("marks", [{"status": "read"}, {"status": "reading"}, {"dismissed": "yes"}])
def test_only_what_is_unread_is_marked_by_opening(marks: dict[str, str], reader: Client) -> None:
    world.library(1)
    paper = Paper.objects.get()
    User.objects.update(opening_reads=True)
    reader.post(f"/papers/{paper.key}/state/", marks)
    assert opened(reader, paper) == []


def test_who_has_not_signed_in_marks_nothing(client: Client, db: None) -> None:
    world.library(1)
    assert opened(client, Paper.objects.get()) == []


# Keys -----------------------------------------------------------------------------------------------------------


def are_on(client: Client) -> bool:
    return "data-keys" in Page(client.get("/tags/")).one("body").attributes


def test_keys_are_switched_off_and_on(reader: Client, alice: User) -> None:
    assert are_on(reader)
    assert Page(reader.get("/keys/")).one("button", name="keys")["value"] == "off"
    assert reader.post("/keys/", {"keys": "off"})["Location"] == "/keys/"
    page = Page(reader.get("/keys/"))
    assert "Keys are off." in page.text
    assert not are_on(reader)
    alice.refresh_from_db()
    assert not alice.keys
    reader.post("/keys/", {"keys": page.one("button", name="keys")["value"]})
    assert are_on(reader)


def test_who_has_not_signed_in_has_the_choice_kept_by_the_browser(client: Client, bob: User) -> None:
    assert are_on(client)
    etag = client.get("/tags/")["ETag"]
    client.post("/keys/", {"keys": "off"})
    assert Page(client.get("/keys/")).one("button", name="keys")["value"] == "on"
    assert not are_on(client)
    assert client.get("/tags/", headers={"If-None-Match": etag}).status_code == 200
    client.force_login(bob)
    assert are_on(client)


def test_a_switch_that_is_none_changes_nothing(reader: Client) -> None:
    assert reader.post("/keys/", {"keys": "perhaps"}).status_code == 302
    assert are_on(reader)


def test_the_keys_come_as_a_part_of_the_page(reader: Client) -> None:
    part = reader.get("/keys/", headers={"HX-Request": "true", "HX-Target": "keys"})
    page = Page(part)
    assert page.one("h2", id="keys-title").text == "Keys"
    assert not page.all("html")


def test_no_two_keys_are_one_and_each_stands_on_some_control(reader: Client, settings: Settings) -> None:
    """What the page of keys tells of is what the templates declare; what more there is, is told there, too."""
    templates = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    told = [key for keys in KINDS.values() for key in keys]
    assert len(told) == len(set(told))
    declared = set(re.findall(r'data-key="([^"{]+)"', templates))
    assert declared <= set(told)
    assert set(told) - declared <= {"/", "u", "n", "r"}, "which are found otherwise, or come with what they do"
