"""Second factors: what is asked of somebody who signs in, by whatever door."""

import base64
import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from pytest_django import Settings

from papers.models import User
from tests import world
from tests.page import Page
from tests.world import FIREFOX, SIGN_IN, is_signed_in, sign_in

SECRET = base64.b32encode(b"a secret of twenty b").decode()
SECOND = "/account/2fa/authenticate/"


def code(secret: str = SECRET, half_minutes: int = 0) -> str:
    """What an authenticator app shows, now or so many half minutes away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + half_minutes))


def prove(client: Client, person: User) -> None:
    """Shows once more that it is them, as pages about second factors ask."""
    client.post("/account/reauthenticate/", {"password": world.PASSWORD, "next": "/"})


@pytest.fixture
def with_app(alice: User) -> User:
    Authenticator.objects.create(user=alice, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(user=alice, type="recovery_codes", data={"seed": "seed", "used_mask": 0})
    return alice


def test_an_app_is_set_up_by_its_code_and_recovery_codes_come_with_it(client: Client, alice: User) -> None:
    sign_in(client, alice)
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/"), "it asks once more whether it is you"
    prove(client, alice)
    page = Page(client.get("/account/2fa/totp/activate/"))
    assert page.one("img", class_="qr")["src"].startswith("data:image/svg+xml;base64,")
    secret = page.one("code").text
    answer = client.post("/account/2fa/totp/activate/", {"code": code(secret)}, follow=True)
    assert answer.redirect_chain == [("/account/2fa/recovery-codes/", 302)]
    assert len(Page(answer).all("code")) == 10
    assert "On since" in Page(client.get("/account/2fa/")).text


def test_a_wrong_code_sets_nothing_up(client: Client, alice: User) -> None:
    sign_in(client, alice)
    prove(client, alice)
    client.get("/account/2fa/totp/activate/")
    page = Page(client.post("/account/2fa/totp/activate/", {"code": "not it"}))
    assert page.one("ul", class_="errorlist").text.startswith("That code is not right.")
    assert not Authenticator.objects.exists()


def test_whose_factor_is_taken_off_is_told_by_mail(client: Client, with_app: User, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True  # as it is where there is mail
    sign_in(client, with_app)
    client.post(SECOND, {"code": code()})
    prove(client, with_app)
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists(), "nor recovery codes"
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]
    assert mail.outbox[0].subject == "Lectern: An authenticator app was removed"


@pytest.mark.parametrize("door", ["/papers/", "/admin/"])
def test_sign_in_asks_for_the_second_factor_by_every_door(door: str, client: Client, with_app: User) -> None:
    with_app.is_staff = True
    with_app.save()
    at_door = client.get(door)
    if door == "/admin/":
        at_door = client.get(at_door["Location"])
        assert at_door["Location"].startswith(SIGN_IN)
    assert sign_in(client, with_app, door)["Location"] == SECOND
    assert not is_signed_in(client)
    assert Page(client.post(SECOND, {"code": "000000"})).one("ul", class_="errorlist")
    assert not is_signed_in(client)
    assert client.post(SECOND, {"code": code()})["Location"] == door
    assert is_signed_in(client)


@pytest.mark.parametrize("half_minutes", [-1, 0, 1])
def test_a_code_is_good_a_little_early_and_late_but_only_once(
    half_minutes: int, client: Client, with_app: User
) -> None:
    known = code(half_minutes=half_minutes)
    sign_in(client, with_app)
    assert client.post(SECOND, {"code": known})["Location"] == "/papers/"
    with_other_eyes = Client()
    sign_in(with_other_eyes, with_app)
    for typed in (known, f"{known[:3]} {known[3:]}"):
        assert with_other_eyes.post(SECOND, {"code": typed}).status_code == 200
    assert not is_signed_in(with_other_eyes)


def test_a_recovery_code_signs_in_once(client: Client, with_app: User) -> None:
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for given, signs_in in ((codes[0], True), (codes[0], False), (codes[1], True)):
        client.logout()
        sign_in(client, with_app)
        client.post(SECOND, {"code": given})
        assert is_signed_in(client) == signs_in
    prove(client, with_app)
    assert len(Page(client.get("/account/2fa/recovery-codes/")).all("code")) == 8
    file = client.get("/account/2fa/recovery-codes/download/")
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert file["Cache-Control"]
    assert set(codes[2:]) <= set(file.text.split())
    client.post("/account/2fa/recovery-codes/generate/")
    assert codes[2] not in client.get("/account/2fa/recovery-codes/").text


def test_codes_cannot_be_guessed_one_after_another(client: Client, with_app: User) -> None:
    sign_in(client, with_app)
    for n in range(20):
        page = Page(client.post(SECOND, {"code": f"{n:08}"}))
    assert "Too many" in page.text
    client.post(SECOND, {"code": code()})
    assert not is_signed_in(client)


NO_PASSKEYS = [
    "",
    "nothing",
    "[]",
    "{}",
    '{"id": 1, "response": {}}',
    '{"id": "a", "rawId": "a", "response": {"userHandle": null}}',
]


@pytest.mark.parametrize("credential", NO_PASSKEYS)
def test_what_is_no_passkey_signs_nobody_in(credential: str, client: Client, with_app: User) -> None:
    client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    answer = client.post("/account/2fa/webauthn/login/", {"credential": credential})
    assert answer["Location"] == SIGN_IN
    sign_in(client, with_app)
    assert client.post(SECOND, {"credential": credential}).status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", NO_PASSKEYS)
def test_what_is_no_passkey_is_not_added(credential: str, client: Client, alice: User) -> None:
    sign_in(client, alice)
    prove(client, alice)
    client.get("/account/2fa/webauthn/add/")
    assert client.post("/account/2fa/webauthn/add/", {"credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_the_browser_is_asked_for_a_passkey_of_this_host(client: Client, db: None) -> None:
    asked = client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json", "Host": "localhost:8000"})
    options = json.loads(asked.content)["request_options"]["publicKey"]
    assert options["rpId"] == "localhost"
    assert options["userVerification"] == "required"


def test_a_passkey_is_made_for_lectern_and_named_for_its_device(client: Client, alice: User) -> None:
    sign_in(client, alice)
    prove(client, alice)
    page = Page(client.get("/account/2fa/webauthn/add/", headers={"User-Agent": FIREFOX}))
    options = json.loads(page.one("script", id="passkey-options").text)["creation_options"]["publicKey"]
    assert (options["rp"]["name"], options["user"]["displayName"]) == ("Lectern", "alice")
    assert page.one("input", name="name")["value"] == "Firefox on Linux"


def test_no_page_about_signing_in_has_a_script_in_it(client: Client, with_app: User) -> None:
    """They would not run: the site allows only its own files."""
    sign_in(client, with_app)
    pages = [Page(client.get(SECOND))]
    client.post(SECOND, {"code": code()})
    prove(client, with_app)
    addresses = ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/", "webauthn/add/")
    pages += [Page(client.get(f"/account/2fa/{address}")) for address in addresses]
    pages += [Page(client.get(f"/account/{address}")) for address in ("email/", "sessions/", "password/change/")]
    for page in pages:
        page.one("h1")
        for script in page.all("script"):
            assert "src" in script.attributes or script["type"] == "application/json"
            assert "/mfa/" not in script.attributes.get("src", ""), "not allauth's"


def test_the_desk_has_no_password_page_of_its_own(client: Client, curator: User) -> None:
    sign_in(client, curator)
    assert client.get("/admin/password_change/")["Location"] == "/account/password/change/"


def test_a_superuser_takes_factors_off_and_sees_no_secret(client: Client, with_app: User) -> None:
    client.force_login(world.superuser())
    factor = Authenticator.objects.get(type="totp")
    assert SECRET not in client.get(f"/admin/mfa/authenticator/{factor.pk}/change/").text
    client.post(f"/admin/mfa/authenticator/{factor.pk}/delete/", {"post": "yes"})
    sign_in(alices := Client(), with_app)
    assert is_signed_in(alices)


@pytest.mark.parametrize(
    ("required", "of_staff", "of_members"), [("", False, False), ("staff", True, False), ("all", True, True)]
)
def test_a_site_may_require_a_second_factor(
    required: str, of_staff: bool, of_members: bool, settings: Settings, alice: User, curator: User
) -> None:
    settings.SECOND_FACTOR = required
    for person, is_led in ((alice, of_members), (curator, of_staff)):
        client = Client()
        sign_in(client, person)
        assert (client.get("/papers/").headers.get("Location") == "/account/2fa/") == is_led
        assert Page(client.get("/account/2fa/")).one("h1").text == "Second factors"
        Authenticator.objects.create(user=person, type="totp", data={"secret": SECRET})
        assert client.get("/papers/").status_code == 200


@pytest.mark.django_db
def test_no_list_on_the_desk_is_seen_before_the_second_factor_is_set_up(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR = "staff"
    sign_in(client, world.superuser())
    for address in ("/admin/", "/admin/papers/user/", "/admin/mfa/authenticator/"):
        assert client.get(address).headers.get("Location") == "/account/2fa/", address


def test_too_many_tries_are_said_in_words(client: Client, alice: User) -> None:
    sign_in(client, alice)
    for _ in range(30):
        answer = client.post("/account/reauthenticate/", {"password": "wrong"})
    assert answer.status_code == 429
    assert Page(answer).one("h1").text == "Too many tries"
    assert "Wait five minutes" in Page(answer).text
