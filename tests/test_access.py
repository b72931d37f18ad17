"""Who may see and do what: every address there is, for everybody there is."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from papers.exchange.naming import call
from papers.models import (
    Change,
    Digest,
    Errand,
    Ingest,
    Invitation,
    LikelyDuplicate,
    Mark,
    Marking,
    Paper,
    Remark,
    Rule,
    Tag,
    Team,
    User,
)
from papers.models.visit import Visitor
from tests import world
from tests.page import Page

# read: the page. sign-in: to sign-in, and back. away: to another page.
# By GET, nobody in particular has two columns: where the library is public, and where it is its members'.
# Staff has nothing to do in the admin; a curator is staff in the group of curators. does: the page, or on from it.
# What is on a reading list, and for whom, tests/test_list_access tells.
# No OpenID provider is set; who signs in at one, and how, tests/openid tells.
TABLE = """
                                     | by GET                                                | by POST, with a token
                                     | public   members  member   staff    curator  root     | nobody   member   staff    curator  root
today                                | read     sign-in  read     read     read     read     | 405      405      405      405      405
digests                              | read     sign-in  read     read     read     read     | 405      405      405      405      405
day                                  | read     sign-in  read     read     read     read     | 405      405      405      405      405
digest                               | read     sign-in  read     read     read     read     | 405      405      405      405      405
week                                 | read     sign-in  read     read     read     read     | 405      405      405      405      405
month                                | read     sign-in  read     read     read     read     | 405      405      405      405      405
next_unread                          | sign-in  sign-in  away     away     away     away     | 405      405      405      405      405
papers                               | read     sign-in  read     read     read     read     | 405      405      405      405      405
questions                            | read     sign-in  read     read     read     read     | 405      405      405      405      405
suggestions                          | away     sign-in  away     away     away     away     | 405      405      405      405      405
colleagues                           | sign-in  sign-in  away     away     away     away     | 405      405      405      405      405
tags                                 | read     sign-in  read     read     read     read     | 405      405      405      405      405
pastes                               | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
paste                                | sign-in  sign-in  read     404      404      404      | 405      405      405      405      405
paste_removal                        | 405      405      405      405      405      405      | sign-in  away     404      404      404
paper                                | read     sign-in  read     read     read     read     | 405      405      405      405      405
state                                | 405      405      405      405      405      405      | sign-in  away     away     away     away
note                                 | 405      405      405      405      405      405      | sign-in  away     away     away     away
activity                             | sign-in  sign-in  read     read     read     read     | 405      405      405      405      405
recommendation                       | 405      405      405      405      405      405      | sign-in  away     away     away     away
recommendation_removal               | 405      405      405      405      405      405      | sign-in  away     away     away     away
paper_remarks                        | 405      405      405      405      405      405      | sign-in  409      409      409      409
paper_remark                         | 405      405      405      405      405      405      | sign-in  409      403      403      403
paper_remark_removal                 | 405      405      405      405      405      405      | sign-in  away     403      403      403
paper_remark_hiding                  | 405      405      405      405      405      405      | sign-in  403      403      400      400
paper_tags                           | 405      405      405      405      405      405      | sign-in  400      400      400      400
paper_tag_removal                    | 405      405      405      405      405      405      | sign-in  403      403      away     away
markings                             | 405      405      405      405      405      405      | sign-in  400      400      400      400
marking_removal                      | 405      405      405      405      405      405      | sign-in  away     404      404      404
invitation                           | 404      404      404      404      404      404      | 405      405      405      405      405
pending                              | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
pending_removal                      | 405      405      405      405      405      405      | sign-in  away     away     away     away
theme                                | 405      405      405      405      405      405      | away     away     away     away     away
session_removal                      | 405      405      405      405      405      405      | sign-in  away     404      404      404
account                              | sign-in  sign-in  read     read     read     read     | sign-in  400      400      400      400
account_export                       | sign-in  sign-in  read     read     read     read     | 405      405      405      405      405
keys                                 | read     sign-in  read     read     read     read     | sign-in  away     away     away     away
paper_lists                          | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
papers_lists                         | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
lists                                | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
held_invitation                      | sign-in  sign-in  404      404      404      404      | sign-in  404      404      404      404
held_invitation_removal              | 405      405      405      405      405      405      | sign-in  away     away     away     away
shared                               | 404      404      404      404      404      404      | 405      405      405      405      405

account_deletion                     | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
account_login                        | read     read     away     away     away     away     | read     away     away     away     away
account_logout                       | away     away     read     read     read     read     | away     away     away     away     away
account_signup                       | read     read     away     away     away     away     | read     away     away     away     away
account_inactive                     | read     read     read     read     read     read     | 405      405      405      405      405
account_reauthenticate               | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
account_email                        | sign-in  sign-in  read     read     read     read     | sign-in  away     away     away     away
account_email_verification_sent      | read     read     read     read     read     read     | 405      405      405      405      405
account_confirm_email                | read     read     read     read     read     read     | away     away     away     away     away
account_change_password              | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
account_set_password                 | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
account_reset_password               | read     read     read     read     read     read     | read     read     read     read     read
account_reset_password_done          | read     read     read     read     read     read     | 405      405      405      405      405
account_reset_password_from_key      | read     read     read     read     read     read     | read     read     read     read     read
account_reset_password_from_key_done | read     read     read     read     read     read     | 405      405      405      405      405
account_confirm_login_code           | away     away     away     away     away     away     | away     away     away     away     away
usersessions_list                    | sign-in  sign-in  read     read     read     read     | sign-in  away     away     away     away
mfa_index                            | sign-in  sign-in  read     read     read     read     | sign-in  405      405      405      405
mfa_authenticate                     | away     away     away     away     away     away     | away     away     away     away     away
mfa_reauthenticate                   | sign-in  sign-in  read     away     away     away     | sign-in  read     away     away     away
mfa_activate_totp                    | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
mfa_deactivate_totp                  | sign-in  sign-in  away     404      404      404      | sign-in  away     404      404      404
mfa_view_recovery_codes              | sign-in  sign-in  away     404      404      404      | sign-in  405      405      405      405
mfa_generate_recovery_codes          | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
mfa_download_recovery_codes          | sign-in  sign-in  away     404      404      404      | sign-in  away     404      404      404
mfa_list_webauthn                    | sign-in  sign-in  read     read     read     read     | sign-in  405      405      405      405
mfa_add_webauthn                     | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
mfa_edit_webauthn                    | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
mfa_remove_webauthn                  | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
mfa_reauthenticate_webauthn          | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
mfa_login_webauthn                   | away     away     away     away     away     away     | away     away     away     away     away

socialaccount_login_cancelled        | read     read     read     read     read     read     | 405      405      405      405      405
socialaccount_login_error            | sign-in  sign-in  401      401      401      401      | sign-in  405      405      405      405
socialaccount_signup                 | away     away     away     away     away     away     | away     away     away     away     away
socialaccount_connections            | sign-in  sign-in  read     read     read     read     | sign-in  read     read     read     read
social/login/cancelled/              | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
social/login/error/                  | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
social/signup/                       | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
social/connections/                  | sign-in  sign-in  away     away     away     away     | sign-in  away     away     away     away
openid_connect_login                 | 404      404      404      404      404      404      | 404      404      404      404      404
openid_connect_callback              | 404      404      404      404      404      404      | 404      404      404      404      404

admin:index                          | sign-in  sign-in  403      read     read     read     | sign-in  403      read     read     read
admin:login                          | sign-in  sign-in  403      away     away     away     | sign-in  403      read     read     read
admin:logout                         | sign-in  sign-in  away     405      405      405      | sign-in  away     read     read     read
admin:password_change                | sign-in  sign-in  403      away     away     away     | sign-in  403      away     away     away
admin:password_change_done           | sign-in  sign-in  403      read     read     read     | sign-in  403      405      405      405
admin:jsi18n                         | sign-in  sign-in  403      read     read     read     | sign-in  403      405      405      405
admin:autocomplete                   | sign-in  sign-in  403      403      403      403      | sign-in  403      405      405      405
admin:view_on_site                   | sign-in  sign-in  403      away     away     away     | sign-in  403      away     away     away
admin:app_list                       | sign-in  sign-in  403      404      read     read     | sign-in  403      404      read     read
admin:(?P<url>.*)$                   | sign-in  sign-in  403      404      404      404      | sign-in  403      404      404      404
admin:edited_changelist              | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:edited_add                     | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:edited_change                  | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:edited_delete                  | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:edited_history                 | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:read_changelist                | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:read_add                       | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:read_change                    | sign-in  sign-in  403      403      read     read     | sign-in  403      403      403      403
admin:read_delete                    | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:read_history                   | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:uploaded_changelist            | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:uploaded_add                   | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:uploaded_change                | sign-in  sign-in  403      403      read     read     | sign-in  403      403      403      403
admin:uploaded_delete                | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:uploaded_history               | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:papers_ingest_again            | sign-in  sign-in  403      405      405      405      | sign-in  403      403      away     away
admin:papers_ingest_undo             | sign-in  sign-in  403      405      405      405      | sign-in  403      403      away     away
admin:papers_paper_split             | sign-in  sign-in  403      405      405      405      | sign-in  403      403      away     away
admin:papers_change_undo             | sign-in  sign-in  403      405      405      405      | sign-in  403      403      away     away
admin:papers_digest_joining          | sign-in  sign-in  403      403      away     away     | sign-in  403      403      away     away
admin:papers_digest_following        | sign-in  sign-in  403      405      405      405      | sign-in  403      403      away     away
admin:papers_paper_correction        | sign-in  sign-in  403      405      405      405      | sign-in  403      403      read     read
admin:paired_changelist              | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:paired_add                     | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:paired_change                  | sign-in  sign-in  403      403      away     away     | sign-in  403      403      403      403
admin:paired_delete                  | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:paired_history                 | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:papers_likelyduplicate_compare | sign-in  sign-in  403      403      read     read     | sign-in  403      403      away     away
admin:papers_likelyduplicate_undo    | sign-in  sign-in  403      403      405      405      | sign-in  403      403      404      404
admin:papers_likelyduplicate_look    | sign-in  sign-in  403      403      405      405      | sign-in  403      403      away     away
admin:ruled_changelist               | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:ruled_add                      | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:ruled_change                   | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:ruled_delete                   | sign-in  sign-in  403      403      read     read     | sign-in  403      403      away     away
admin:ruled_history                  | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:papers_paper_hiding            | sign-in  sign-in  403      403      away     away     | sign-in  403      403      away     away
admin:papers_paper_showing           | sign-in  sign-in  403      403      away     away     | sign-in  403      403      away     away
admin:invited_changelist             | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:invited_add                    | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:invited_change                 | sign-in  sign-in  403      403      read     read     | sign-in  403      403      403      403
admin:invited_delete                 | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:invited_history                | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:papers_invitation_revocation   | sign-in  sign-in  403      405      405      405      | sign-in  403      403      away     away
admin:person_changelist              | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:person_add                     | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      read
admin:person_change                  | sign-in  sign-in  403      403      read     read     | sign-in  403      403      403      read
admin:person_delete                  | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      away
admin:person_history                 | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:auth_user_password_change      | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      read
admin:papers_user_teams              | sign-in  sign-in  403      405      405      405      | sign-in  403      403      away     403
admin:papers_user_password_link      | sign-in  sign-in  403      405      405      405      | sign-in  403      403      read     read
admin:papers_user_handing_over       | sign-in  sign-in  403      405      405      405      | sign-in  403      403      403      403
admin:team_changelist                | sign-in  sign-in  403      403      read     read     | sign-in  403      403      does     does
admin:team_add                       | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:team_change                    | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:team_delete                    | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      away
admin:team_history                   | sign-in  sign-in  403      403      read     read     | sign-in  403      403      read     read
admin:way_in_changelist              | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      does
admin:way_in_add                     | sign-in  sign-in  403      403      403      403      | sign-in  403      403      403      403
admin:way_in_change                  | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      403
admin:way_in_delete                  | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      away
admin:way_in_history                 | sign-in  sign-in  403      403      403      read     | sign-in  403      403      403      read
admin:<path:object_id>/              | sign-in  sign-in  403      away     away     away     | sign-in  403      away     away     away
"""  # noqa: E501 - a table
COLUMNS = [
    *(("GET", "public", "nobody"), ("GET", "members", "nobody")),
    *(("GET", "members", role) for role in ("member", "staff", "curator", "root")),
    *(("POST", "members", role) for role in ("nobody", "member", "staff", "curator", "root")),
]
ROWS = {line.split()[0]: line.replace("|", "").split()[1:] for line in TABLE.splitlines()[3:] if line}
#: What the admin does with each model.
KINDS = {
    **dict.fromkeys(("paper", "tag", "digest", "source", "quarantined"), "edited"),
    "likelyduplicate": "paired",
    **dict.fromkeys(("errand", "change"), "read"),
    "ingest": "uploaded",
    "rule": "ruled",
    "invitation": "invited",
    "user": "person",
    "team": "team",
    **dict.fromkeys(("emailaddress", "authenticator", "socialaccount"), "way_in"),
}
OF_A_MODEL = re.compile(r"admin:([a-z]+)_([a-z]+)_(changelist|add|change|delete|history)")
TOKEN = "t" * 32


def names(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name or pattern.pattern}", pattern


def row_of(name: str) -> str:
    """The admin has the same pages for each model of a kind."""
    match = OF_A_MODEL.fullmatch(name)
    return f"admin:{KINDS[match[2]]}_{match[3]}" if match else name


NAMES = [name for name, pattern in names(get_resolver()) if not str(pattern.pattern).startswith("lists/<")]


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    """Everybody there is, and a library for them to see."""
    world.ingest_text(
        '{"title": "A paper", "digest_date": "2025-03-11", "source": "Daily list", "tags": ["t"]}\n{broken\n'
    )
    other = '{"title": "Another paper", "digest_date": "2025-03-11", "source": "Daily list"}'
    world.ingest_text(other, "another.jsonl")
    first, second = Paper.objects.order_by("pk")
    LikelyDuplicate.objects.create(first=first, second=second, score=50, kind="title", evidence="a likeness")
    people = {
        "member": world.member("alice"),
        "staff": world.staff(),
        "curator": world.curator(),
        "root": world.superuser(),
    }
    for person in people.values():  # as allauth notes it down when somebody looks at their addresses
        EmailAddress.objects.create(user=person, email=person.email)
    Group.objects.create(name="Tuesday readers")
    SocialAccount.objects.create(user=people["member"], provider="openid", uid="1")
    Rule.objects.create(tag=Tag.objects.get(), question="paper")
    Errand.objects.create(question="paper")
    call(Digest.objects.get(), "The Daily")
    Invitation.objects.make(people["curator"])
    Remark.objects.create(paper=first, by=people["member"], text="Hm.")
    Marking.objects.create(reader=people["member"], mark=Mark.READ)
    elsewhere = browser(people["member"]).session.session_key
    UserSession.objects.create(user=people["member"], session_key=elsewhere, ip="192.0.2.1")
    for kind, secret in {"totp": {"secret": "A" * 32}, "recovery_codes": {"seed": "a", "used_mask": 0}}.items():
        Authenticator.objects.create(user=people["member"], type=kind, data=secret)
    pasted = {"way": Ingest.Way.PASTE, "started_by": people["member"]}
    Ingest.objects.create(file=Ingest.objects.earliest("pk").file, format="jsonl", **pasted)
    return {"nobody": None, **people}


def path_of(name: str) -> str:
    """The address of that name, of something that is there."""
    digest, paper = Digest.objects.get(), Paper.objects.earliest("pk")
    day = [digest.date.year, digest.date.month, digest.date.day]
    arguments: dict[str, Sequence[Any]] = {
        "day": day,
        "week": digest.date.isocalendar()[:2],
        "month": day[:2],
        "digest": [*day, digest.source.slug],
        "paper": [paper.key],
        "state": [paper.key],
        "note": [paper.key],
        "paper_lists": [paper.key],
        "paper_tags": [paper.key],
        "paper_tag_removal": [paper.key, "t"],
        **dict.fromkeys(("recommendation", "recommendation_removal", "paper_remarks"), (paper.key,)),
        **dict.fromkeys(
            ("paper_remark", "paper_remark_removal", "paper_remark_hiding"),
            (paper.key, Remark.objects.earliest("pk").pk),
        ),
        "marking_removal": [Marking.objects.earliest("pk").pk],
        "paste": [Ingest.objects.latest("pk").pk],
        "paste_removal": [Ingest.objects.latest("pk").pk],
        "invitation": ["no-such-invitation"],
        "shared": ["no-such-link"],
        "session_removal": [UserSession.objects.earliest("pk").pk],
        "mfa_edit_webauthn": [1],
        "mfa_remove_webauthn": [1],
        "account_confirm_email": [EmailConfirmationHMAC(EmailAddress.objects.all()[0]).key],
        "account_reset_password_from_key": ["1", "no-such-key"],
        "admin:view_on_site": [ContentType.objects.get_for_model(Paper).pk, paper.pk],
        "admin:app_list": ["papers"],
        "admin:papers_ingest_again": [Ingest.objects.earliest("pk").pk],
        "admin:papers_ingest_undo": [Ingest.objects.earliest("pk").pk],
        "admin:papers_paper_split": [paper.pk],
        "admin:papers_invitation_revocation": [Invitation.objects.all()[0].pk],
        "admin:papers_user_teams": [User.objects.earliest("pk").pk],
        "admin:papers_user_password_link": [User.objects.earliest("pk").pk],
        "admin:papers_user_handing_over": [User.objects.earliest("pk").pk],
        "admin:auth_user_password_change": [User.objects.earliest("pk").pk],
        "admin:papers_change_undo": [Change.objects.all()[0].pk],
    }
    if name.startswith("openid_connect_"):
        return reverse(name, args=["openid"])
    if name.startswith("social/"):  # where they once stood
        return f"/account/{name}"
    if name == "admin:<path:object_id>/":
        return f"/admin/papers/paper/{paper.pk}/"
    if name == "admin:(?P<url>.*)$":
        return "/admin/no-such-place/"
    if (match := OF_A_MODEL.fullmatch(name)) and match[3] not in ("changelist", "add"):
        model = apps.get_model(match[1], match[2])
        first = Team.objects.powerless() if model is Team else model._default_manager.all()
        return reverse(name, args=[first[0].pk])
    return reverse(name, args=arguments.get(name))


def browser(person: User | None) -> Client:
    """A browser that holds a token, which it does not send by itself."""
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(person)
    client.cookies["csrftoken"] = TOKEN
    return client


def request(client: Client, method: str, path: str, **data: str) -> Any:
    return client.get(path) if method == "GET" else client.post(path, {"csrfmiddlewaretoken": TOKEN, **data})


def led_to(response: HttpResponseBase) -> str:
    """Where somebody comes to after sign-in, if it is there that the answer leads; else nothing."""
    to = urlsplit(response.headers.get("Location", ""))
    return "".join(parse_qs(to.query).get("next", [])) if to.path == reverse("account_login") else ""


def outcome(client: Client, response: Any) -> str:
    """The word for it in the table."""
    if response.headers.get("Location", "").startswith(reverse("admin:login") + "?"):
        return outcome(client, client.get(response["Location"]))
    if response.status_code in (301, 302):
        return "sign-in" if led_to(response) else "away"
    return "read" if response.status_code == 200 else str(response.status_code)


def test_every_address_has_its_row_and_every_row_an_address() -> None:
    assert {row_of(name) for name in NAMES} == set(ROWS)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_sees_what_they_may_see_and_nothing_else(
    name: str, people: dict[str, User | None], settings: Settings
) -> None:
    path = path_of(name)
    seen = []
    for method, settings.LIBRARY, role in COLUMNS:
        with transaction.atomic():  # each for itself
            client = browser(people[role])
            seen.append(outcome(client, request(client, method, path)))
            transaction.set_rollback(True)
    expected = ROWS[row_of(name)]
    several = {"does": {"read", "away"}}
    allowed = [several.get(cell, {cell}) for cell in expected]
    assert all(map(set.__contains__, allowed, seen)), f"{name}: {seen}, where the table has {expected}"


def state_of_everything(*, but: Collection[str] = ()) -> dict[str, list[Any]]:
    """Every row of every table; sessions are the browser's own, and end by themselves; people, `but` for columns."""
    kept = (model for model in apps.get_models() if model is not Session and model._meta.managed)
    columns = {
        model: [each.attname for each in model._meta.concrete_fields if model is not User or each.name not in but]
        for model in kept
    }
    return {
        str(model._meta): list(model._default_manager.order_by("pk").values_list(*columns[model])) for model in columns
    }


def test_asking_changes_nothing_but_when_somebody_was_last_here(people: dict[str, User | None]) -> None:
    clients = [browser(person) for person in people.values()]
    visits = [field.name for field in Visitor._meta.fields]
    assert visits == ["visited_at", "last_paper", "visited_before", "last_paper_before"]
    before = state_of_everything(but=visits)
    for name in NAMES:
        for client in clients:
            client.get(path_of(name))
    assert state_of_everything(but=visits) == before
    assert clients[1].get(reverse("account_email")).status_code == 200, "still signed in"


def test_no_page_and_no_form_makes_the_server_ask_anybody_else(
    people: dict[str, User | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"the server wants to go to {arguments}")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    for name in NAMES:
        for method in ("GET", "POST"):
            with transaction.atomic():  # each for itself
                request(browser(people["root"]), method, path_of(name), text="https://arxiv.org/abs/2503.00001")
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["nobody", "member", "staff", "curator", "root"])
def test_what_is_sent_without_a_token_is_refused_with_our_own_page(role: str, people: dict[str, User | None]) -> None:
    client = browser(people[role])
    before = state_of_everything()
    for name in NAMES:
        response = client.post(path_of(name), {"status": "read"})
        assert response.status_code == 403, name
        assert "This page had grown too old" in response.text, name
    assert state_of_everything() == before


@pytest.mark.parametrize("address", ["/papers/{}/", "/papers/{}/state/", "/digests/2025/03/{}/", "/papers/?is=unread"])
def test_a_stranger_cannot_tell_what_exists(address: str, people: dict[str, User | None], settings: Settings) -> None:
    settings.LIBRARY = "members"
    there, nowhere = ("11", "12") if "digests" in address else (Paper.objects.earliest("pk").key, "2" * 12)
    method = "POST" if "state" in address else "GET"
    for path in (address.format(there), address.format(nowhere)):
        answer = request(browser(None), method, path)
        assert (answer.status_code, answer.content) == (302, b"")
        assert led_to(answer) == (path if method == "GET" else "/")


def test_sign_in_leads_back_to_what_was_asked_for(people: dict[str, User | None]) -> None:
    client = browser(None)
    asked = client.get("/papers/?is=unread&q=a+paper")
    form = {
        "login": "carol",
        "password": world.PASSWORD,
        "next": Page(client.get(asked["Location"])).all("input", name="next")[0]["value"],
    }
    assert request(client, "POST", reverse("account_login"), **form)["Location"] == "/papers/?is=unread&q=a+paper"


def test_sign_in_leads_back_to_where_the_form_stood(people: dict[str, User | None]) -> None:
    state = reverse("state", args=[Paper.objects.earliest("pk").key])
    assert led_to(request(browser(None), "POST", state, starred="yes", next="/papers/?q=paper")) == "/papers/?q=paper"


def test_who_signed_out_meanwhile_is_led_away_from_the_whole_page(
    people: dict[str, User | None], settings: Settings
) -> None:
    settings.LIBRARY = "members"
    asked = Client().get("/papers/?q=a", headers={"HX-Request": "true", "HX-Target": "results"})
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked["HX-Redirect"] == "/account/login/?next=/papers/%3Fq%3Da"
    state = reverse("state", args=[Paper.objects.earliest("pk").key])
    marked = Client().post(state, {"next": "/digests/"}, headers={"HX-Request": "true"})
    assert (marked.content, marked["HX-Redirect"]) == (b"", "/account/login/?next=/digests/")


ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "///evil",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_next_never_leads_off_the_site(elsewhere: str, people: dict[str, User | None]) -> None:
    alice, key = people["member"], Paper.objects.earliest("pk").key
    sign_in = {"login": "carol", "password": world.PASSWORD}
    answers = [
        request(browser(None), "POST", reverse("account_login"), next=elsewhere, **sign_in),
        browser(alice).get(reverse("account_login"), {"next": elsewhere}),
        request(browser(alice), "POST", reverse("account_logout"), next=elsewhere),
        request(browser(None), "POST", reverse("theme"), theme="dark", next=elsewhere),
        request(browser(alice), "POST", reverse("state", args=[key]), starred="yes", next=elsewhere),
        request(browser(alice), "POST", reverse("markings"), mark="read", next=elsewhere),
        request(browser(alice), "POST", path_of("marking_removal"), next=elsewhere),
    ]
    home, papers, paper = "/", "/papers/", f"/papers/{key}/#row-{key}"
    assert [answer["Location"] for answer in answers] == [home, home, home, home, paper, papers, papers]
    assert led_to(request(browser(None), "POST", reverse("state", args=[key]), next=elsewhere)) == home
    assert elsewhere not in request(browser(alice), "POST", reverse("state", args=[key]), next=elsewhere).text
