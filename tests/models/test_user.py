"""People: what a newcomer has before them."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from papers.models import Paper, User
from papers.query import PaperQuery
from tests import world

pytestmark = pytest.mark.django_db


def unread(reader: User) -> int:
    return PaperQuery.from_text("is=unread").ask(Paper.objects.all(), reader).count()


def digests() -> None:
    for day in (3, 4, 5):
        world.ingest_lines(world.line(day * 10 + n, digest_date=f"2025-03-{day:02}") for n in range(day))


def test_who_was_there_before_the_first_digest_has_everything_before_them(alice: User) -> None:
    digests()
    assert alice.caught_up_to is None
    assert unread(alice) == 12


def test_a_newcomer_has_the_newest_digest_before_them() -> None:
    digests()
    bob = world.member("bob")
    assert bob.caught_up_to == dt.date(2025, 3, 4)
    assert unread(bob) == 5
    bob.caught_up_to = None
    bob.save()
    assert unread(User.objects.get()) == 12, "only once"


def test_a_digest_that_is_dated_ahead_by_mistake_does_not_count() -> None:
    digests()
    world.ingest_lines([world.line(1, digest_date=str(timezone.localdate() + dt.timedelta(days=400)))])
    assert world.member("bob").caught_up_to == dt.date(2025, 3, 4)


def test_an_account_that_is_made_in_the_admin_is_a_newcomer_s_too(client: Client) -> None:
    client.force_login(world.superuser())
    digests()
    account = {"username": "dora", "usable_password": "true", "password1": world.PASSWORD, "password2": world.PASSWORD}
    assert client.post("/admin/papers/user/add/", account).status_code == 302
    assert unread(User.objects.get(username="dora")) == 5
