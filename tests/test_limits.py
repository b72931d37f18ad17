"""Nobody finds a way in by trying, from however many addresses, nor finds out who has an account."""

import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.http import int_to_base36
from pytest_django import Settings

from digest_site.settings import CACHES
from papers.models import Invitation, User
from tests import world
from tests.installation import Installation, answers, free_port
from tests.page import Page

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
TOO_MANY = "Too many"


class Counting(MD5PasswordHasher):
    """Knows how many passwords were hashed."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.hashed += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _as_it_is_run(settings: Settings) -> None:
    """With the cache that all workers share; only passwords are hashed faster."""
    settings.CACHES = CACHES
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]


def addresses() -> Iterator[str]:
    """A new one each time."""
    return (f"10.{n // 65_536}.{n // 256 % 256}.{n % 256}" for n in range(1, 16_000_000))


def attempt(client: Client, login: str, password: str, address: str = "192.0.2.1") -> Any:
    return client.post(LOGIN, {"login": login, "password": password}, headers={"X-Forwarded-For": address})


@pytest.mark.parametrize(("login", "proxies"), [("alice", 1), ("alice@example.org", 0)])
def test_a_brute_force_of_a_thousand_passwords_is_stopped(
    login: str, proxies: int, alice: User, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    client, hashed = Client(), Counting.hashed
    for n, address in zip(range(1, 1_001), addresses(), strict=False):
        answer = attempt(client, login, world.PASSWORD if n in (6, 500, 1_000) else f"password{n}", address)
        assert (answer.status_code, TOO_MANY in answer.text) in [(200, n > 5), (429, True)]
    assert Counting.hashed - hashed == 5
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("sends_mail", "way_on"), [(True, "set a new password by mail"), (False, "ask a curator for a link")]
)
def test_whoever_is_stopped_is_told_how_long_to_wait_and_what_else_to_do(
    sends_mail: bool, way_on: str, alice: User, settings: Settings
) -> None:
    settings.SENDS_MAIL = sends_mail
    said = [attempt(Client(), "alice", "not the password").text for _ in range(6)]
    assert "do not go together" in said[4]
    assert "Wait five minutes" in said[5]
    assert way_on in said[5]


def test_a_new_password_lets_in_by_the_address_at_once(alice: User) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    for _ in range(6):
        said = attempt(Client(), alice.email, "not the password").text
    assert TOO_MANY in said
    client = Client()
    client.post(reverse("account_reset_password"), {"email": alice.email})
    link = re.search(r"/account/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    form = client.get(link[0])["Location"]
    client.post(form, {"password1": "quite new words", "password2": "quite new words"})
    attempt(other := Client(), alice.email, "quite new words")
    assert "_auth_user_id" in other.session


def test_whoever_tries_many_accounts_from_one_address_is_stopped(db: None) -> None:
    said = [attempt(Client(), f"reader{n}", "password1") for n in range(40)]
    assert [TOO_MANY in answer.text for answer in said] == [False] * 20 + [True] * 20


def test_a_forwarded_address_is_believed_only_from_a_proxy_of_ours(alice: User, settings: Settings) -> None:
    def tries(forwarded: str) -> int:
        cache.clear()
        said = (attempt(Client(), f"reader{n}", "x", forwarded.format(n)) for n in range(40))
        return sum(TOO_MANY not in answer.text for answer in said)

    assert tries("192.0.2.{}") == 20, "all from one, whatever they say"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert tries("192.0.2.{}") == 40
    assert tries("192.0.2.{}, 198.51.100.7") == 20, "what the proxy adds is what counts"
    assert tries("2001:db8::{}") == 20, "a household has more addresses than one can count"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert tries("203.0.113.9, 192.0.2.{}, 10.0.0.1") == 40


@pytest.mark.parametrize(
    ("proxies", "connected", "forwarded"),
    [(0, "", "192.0.2.1"), (1, "", ""), (2, "127.0.0.1", "192.0.2.1"), (1, "127.0.0.1", "unknown")],
)
def test_without_an_address_to_count_by_nobody_may_try(
    proxies: int, connected: str, forwarded: str, alice: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answer = attempt(Client(REMOTE_ADDR=connected), "alice", world.PASSWORD, forwarded)
    assert answer.status_code == 403
    assert "cannot tell where you come from" in answer.text
    assert "Set TRUSTED_PROXIES" in caplog.text


def test_somebody_who_is_locked_out_by_others_stays_signed_in_elsewhere(alice: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    attempt(at_home := Client(), "alice", world.PASSWORD)
    for address, _ in zip(addresses(), range(10), strict=False):
        attempt(Client(), "alice", "x", address)
    assert TOO_MANY in attempt(Client(), "alice", world.PASSWORD, "198.51.100.1").text
    assert at_home.get(reverse("pastes")).status_code == 200


def test_no_count_is_forgotten_because_of_other_counts(alice: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    shared: dict[str, Any] = dict(CACHES["default"])
    settings.CACHES = {"default": {**shared, "OPTIONS": {**shared["OPTIONS"], "MAX_ENTRIES": 20}}}
    cache.set("long-gone", 1, timeout=-10)
    for address, n in zip(addresses(), range(50), strict=False):
        attempt(Client(), "alice" if n < 5 else f"reader{n}", "x", address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(CASE WHEN cache_key LIKE '%%gone' THEN 1 ELSE 0 END) FROM cache")
        entries, gone = cursor.fetchone()
    assert (entries > 100, gone) == (True, 0)
    assert TOO_MANY in attempt(Client(), "alice", world.PASSWORD, "198.51.100.1").text


# Second factors and links ---------------------------------------------------------------------------------------


def codes(person: User, kind: str) -> str:
    """A code that is right."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    if kind == "recovery":
        code: str = RecoveryCodes.activate(person).get_unused_codes()[0]
        return code
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_codes_are_not_found_by_trying(kind: str, alice: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    right = codes(alice, kind)
    page = attempt(client := Client(), "alice", world.PASSWORD)["Location"]
    for address, n in zip(addresses(), range(1, 101), strict=False):
        code = right if n > 5 else "000000"
        answer = client.post(page, {"code": code}, headers={"X-Forwarded-For": address})
        assert (answer.status_code, TOO_MANY in answer.text) == (200, n > 5)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_a_code_that_is_right_is_a_way_in(kind: str, alice: User) -> None:
    right = codes(alice, kind)
    page = attempt(client := Client(), "alice", world.PASSWORD)["Location"]
    client.post(page, {"code": right})
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_nobody_s_mailbox_is_filled_by_others(alice: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for email in (alice.email, "nobody@example.org"):
        mail.outbox.clear()
        said = [
            Client().post(reverse("account_reset_password"), {"email": email}, headers={"X-Forwarded-For": address})
            for address, _ in zip(addresses(), range(10), strict=False)
        ]
        assert [answer.status_code for answer in said] == [302] * 3 + [429] * 7
        assert len(mail.outbox) == 3
    assert Page(said[-1]).one("h1").text == "Too many tries"


def test_a_link_to_a_new_password_is_not_guessed(alice: User) -> None:
    token = default_token_generator.make_token(alice)
    assert len(token.split("-")[1]) == 32, "128 bits"
    page = reverse("account_reset_password_from_key", args=[int_to_base36(alice.pk), token[:-1] + "!"])
    assert [Client().post(page).status_code for _ in range(30)] == [200] * 20 + [429] * 10


# Other doors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("door", "method", "answer", "most"),
    [
        (["account_signup"], "POST", 200, 20),
        (["invitation", "no-such-invitation"], "GET", 404, 30),
        (["invitation", "no-such-invitation"], "HEAD", 404, 30),
        (["openid_connect_login", "openid"], "POST", 404, 30),
    ],
)
def test_a_door_is_tried_only_so_often_from_one_address(
    door: list[str], method: str, answer: int, most: int, settings: Settings
) -> None:
    settings.SIGN_UP, settings.ALLAUTH_TRUSTED_PROXY_COUNT = "open", 1

    def tried(forwarded: str) -> Any:
        return Client().generic(method, reverse(door[0], args=door[1:]), headers={"X-Forwarded-For": forwarded})

    said = [tried("192.0.2.1") for _ in range(most + 5)]
    assert [each.status_code for each in said] == [answer] * most + [429] * 5
    assert said[-1]["Retry-After"] == "300"
    assert tried("198.51.100.1").status_code == answer, "from elsewhere one may"


def test_who_was_given_a_link_may_look_at_it_unless_others_tried_too_many(curator: User, settings: Settings) -> None:
    _, token = Invitation.objects.make(curator)
    link = reverse("invitation", args=[token])
    assert Client().get(link).status_code == 302
    for n in range(30):
        Client().get(reverse("invitation", args=[f"guess-{n}"]))
    assert Client().get(link).status_code == 429


# Who has an account ---------------------------------------------------------------------------------------------


@pytest.fixture
def cast(alice: User, bob: User) -> None:
    """Alice reads, Bob has left, Ines comes by OpenID, and Una has an address that she never confirmed."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    User.objects.create_user("ines", "ines@example.org")
    EmailAddress.objects.create(user=world.member("una"), email="una@example.org")


NAMES = ["alice", "bob", "ines", "una", "nemo"]


def without_what_is_ours(answer: Any, typed: str) -> tuple[int, str, dict[str, str]]:
    """What can be seen of an answer, without its tokens, the time, and what was typed."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.text).replace(f'value="{typed}"', "")
    headers = {name: value for name, value in answer.headers.items() if name not in ("Content-Length", "Expires")}
    return answer.status_code, text, headers


@pytest.mark.parametrize("form", ["{}", "{}@example.org"])
def test_sign_in_answers_alike_whoever_it_is(form: str, cast: None) -> None:
    seen, cost = [], set()
    for name in NAMES:
        before = Counting.hashed
        answer = attempt(Client(), form.format(name), "not the password")
        cost.add(Counting.hashed - before)
        seen.append(without_what_is_ours(answer, form.format(name)))
    assert seen == [seen[0]] * len(NAMES)
    assert seen[0][0] == 200
    assert cost == {1}, "one password is hashed for each"


def test_a_lock_out_answers_alike_whoever_it_is(cast: None, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    seen = []
    for name in NAMES:
        for login in (name, f"{name}@example.org"):
            said = (attempt(Client(), login, "x", address) for address in islice(addresses(), 7))
            seen.append([TOO_MANY in answer.text for answer in said])
    assert all(each == [False] * 5 + [True] * 2 for each in seen)


def test_asking_for_a_new_password_answers_alike_whoever_it_is(cast: None) -> None:
    seen, cost = [], set()
    for name in NAMES:
        client, before, sent = Client(), Counting.hashed, len(mail.outbox)
        answer = client.post(reverse("account_reset_password"), {"email": f"{name}@example.org"})
        cost.add((Counting.hashed - before, len(mail.outbox) - sent))
        seen.append((without_what_is_ours(answer, name), without_what_is_ours(client.get(answer["Location"]), name)))
    assert all(each == seen[0] for each in seen)
    assert cost == {(0, 1)}, "and one mail is sent to each"


@pytest.mark.parametrize("name", ["alice", "alice@example.org", "ALICE@example.org", "una", "una@example.org"])
def test_a_name_and_an_address_both_let_in(name: str, cast: None) -> None:
    attempt(client := Client(), name, world.PASSWORD)
    assert "_auth_user_id" in client.session


def test_nobody_stands_before_another_by_what_they_call_themselves(cast: None) -> None:
    User.objects.create_user("alice@example.org", "mallory@example.org", "mallory's password")
    mallory = User.objects.create_user("mallory", "", "mallory's password")
    EmailAddress.objects.create(user=mallory, email="una@example.org")
    for name in ("alice", "una"):
        attempt(client := Client(), f"{name}@example.org", world.PASSWORD)
        assert client.session["_auth_user_id"] == str(User.objects.get(username=name).pk)


# All workers at once --------------------------------------------------------------------------------------------


@pytest.fixture
def served(installation: Installation, tmp_path: Path) -> Iterator[int]:
    """The port of a real server, with two workers of four threads behind a proxy."""
    made = f"from papers.models import User; User.objects.create_user('alice', '', '{world.PASSWORD}')"
    assert installation.run("shell", "--verbosity=0", "--command", made).code == 0
    port = free_port()
    environment = {"DEBUG": "1", "TRUSTED_PROXIES": "1", "SITE_URL": f"http://127.0.0.1:{port}"}
    with (tmp_path / "log").open("wb") as log:
        server = installation.serve(port, environment, stdout=log, stderr=log)
        try:
            assert answers(port, server), (tmp_path / "log").read_text()
            yield port
        finally:
            server.terminate()
            server.wait()


def test_tries_at_the_same_moment_are_all_counted(served: int) -> None:
    def ask(method: str, headers: dict[str, str], **form: str) -> tuple[int, dict[str, str], str]:
        browser = HTTPConnection("127.0.0.1", served, timeout=120)
        browser.request(method, LOGIN, urlencode(form), headers)
        answer = browser.getresponse()
        said = answer.status, dict(answer.headers), answer.read().decode()
        browser.close()
        return said

    _, headers, page = ask("GET", {})
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    known = {"Cookie": headers["Set-Cookie"].split(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
    said: list[tuple[int, bool]] = []

    def attack(number: int) -> None:
        for n in range(10):
            form = {"login": "alice", "password": f"password{n}", "csrfmiddlewaretoken": token[1]}
            status, _, text = ask("POST", {**known, "X-Forwarded-For": f"10.0.{number}.{n}"}, **form)
            said.append((status, TOO_MANY in text))

    threads = [threading.Thread(target=attack, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in said} == {200}
    assert (len(said), sum(not too_many for _, too_many in said)) == (80, 5)
