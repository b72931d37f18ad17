"""The cast and the library of the tests, made by the same doors as a real one."""

import datetime as dt
import io
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from papers.access import CURATORS, Role
from papers.exchange.dump import dump
from papers.exchange.files import InputFile
from papers.exchange.load import Options, Report, ingest
from papers.formats import writers
from papers.models import Membership, Paper, ReadingList, User

PASSWORD = "correct horse battery staple"
SIGN_IN = "/account/login/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
#: Where no mail goes out.
NOWHERE = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 9}}

type Line = dict[str, Any]


def member(name: str) -> User:
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, name=name.capitalize())


def staff() -> User:
    """Somebody whom the admin lets in, and who was given nothing to do there."""
    return User.objects.create_user("sam", "sam@example.org", PASSWORD, name="Sam", is_staff=True)


def curator() -> User:
    carol = User.objects.create_user("carol", "carol@example.org", PASSWORD, name="Carol", is_staff=True)
    carol.groups.add(Group.objects.get(name=CURATORS))
    return carol


def superuser() -> User:
    return User.objects.create_superuser("root", "root@example.org", PASSWORD, name="Root")


def sign_in(client: Client, person: User, next: str = "/papers/") -> Any:
    """By the page, as people do, in Firefox."""
    form = {"login": person.username, "password": PASSWORD, "next": next}
    return client.post(SIGN_IN, form, headers={"User-Agent": FIREFOX})


def browser_of(person: User) -> Client:
    """One in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/paste/").status_code == 200


def ingest_bytes(
    content: bytes, name: str = "digest.jsonl", *, written: dt.date | None = None, **options: Any
) -> Report:
    """Takes in a file of these bytes."""
    return ingest(InputFile(name, lambda: io.BytesIO(content), written), Options(**options))


def ingest_text(text: str, name: str = "digest.jsonl", **options: Any) -> Report:
    return ingest_bytes(text.encode(), name, **options)


def ingest_lines(lines: Iterable[Line], name: str = "digest.jsonl", **options: Any) -> Report:
    """Takes in a file of JSON Lines."""
    return ingest_text("".join(json.dumps(line) + "\n" for line in lines), name, **options)


def line(n: int, **values: Any) -> Line:
    """A line of JSON Lines about paper number `n`, of a digest of 11 March 2025."""
    return {
        "title": f"On the Nature of Problem {n:06}",
        "abstract": f"We solve problem {n}. The method is simple.",
        "authors": [f"Ada Author{n}", "Ben Bystander"],
        "arxiv_id": f"2503.{n:05}",
        "published": "2025-03-10",
        "tags": ["problems", f"topic {n % 5}"],
        "source": "Daily list",
        "digest_date": "2025-03-11",
        **values,
    }


def library(size: int, **values: Any) -> None:
    """A library of so many papers."""
    report = ingest_lines(line(n, **values) for n in range(1, size + 1))
    assert report.error is None
    assert report.found == size


def export() -> list[Line]:
    """The library's papers as `export` writes them, without their keys, in an order of their own."""
    lines = [json.loads(text) for text in writers()["jsonl"].write(dump(Paper.objects.in_date_order()))]
    for exported in lines:
        del exported["key"]
    return sorted(lines, key=lambda exported: json.dumps(exported, sort_keys=True))


def reading_list(owner: User, name: str = "Thursday readers", **roles: User | list[User] | Group) -> ReadingList:
    """A list of this person's; `viewer`, `contributor` and `editor` have these roles on it, and `pending` was offered
    it. A group is a team, and has its role at once."""
    made = ReadingList.objects.create(owner=owner, name=name)
    for name_of_role, given in roles.items():
        role = Role.VIEWER if name_of_role == "pending" else Role[name_of_role.upper()]
        joined = None if name_of_role == "pending" else timezone.now()
        for each in given if isinstance(given, list) else [given]:
            whose: dict[str, Any] = {"team": each} if isinstance(each, Group) else {"person": each, "joined_at": joined}
            Membership.objects.create(reading_list=made, role=role, offered_by=owner, **whose)
    return made
