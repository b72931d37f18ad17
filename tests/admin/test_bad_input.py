"""Whatever is sent to the desk by hand, or by a page that has grown old, gives a page and no error."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from papers.access import CURATORS
from papers.exchange.tags import set_tag
from papers.models import Change, Digest, LikelyDuplicate, Paper, Tag, User
from tests import world

pytestmark = pytest.mark.django_db
ABSURD = ["", "0", "-1", "9" * 20, "9223372036854775808", "9" * 5_000, "abc", "1 2", "\x00", "٣", "²", "1.5", "%00"]
ACTIONS = {
    "paper": ("correct", "hide", "show"),
    "tag": ("merge",),
    "digest": ("join_two",),
    "quarantined": ("try_again", "dismiss", "bring_back"),
    "likelyduplicate": ("merge_selected", "keep_apart_selected"),
    "errand": ("go_on",),
}


@pytest.fixture
def desk(client: Client, curator: User) -> Client:
    """Carol's browser, and a library with something of everything."""
    world.library(2)
    world.ingest_text("{broken\n", "broken.jsonl")
    first, second = Paper.objects.order_by("pk")
    LikelyDuplicate.objects.create(first=first, second=second, score=50, kind="title", evidence="a likeness")
    set_tag(Tag.objects.earliest("pk"), {"description": "What there is to solve."}, by=curator)
    client.force_login(curator)
    return client


@pytest.mark.parametrize("sent", ABSURD)
def test_actions_on_what_cannot_be_there_do_nothing(sent: str, desk: Client) -> None:
    for model, actions in ACTIONS.items():
        for action in actions:
            asked = {"action": action, "_selected_action": [sent], "newest": sent, "kept": sent}
            assert desk.post(reverse(f"admin:papers_{model}_changelist"), asked).status_code in (200, 302)
    assert Change.objects.count() == 1


@pytest.mark.parametrize("sent", ABSURD)
def test_addresses_of_what_cannot_be_there_are_answered(sent: str, desk: Client) -> None:
    lists = {model: reverse(f"admin:papers_{model}_changelist") for model in (*ACTIONS, "change", "rule", "ingest")}
    for address in lists.values():
        for name in ("p", "q", "only", "kind", "by", "ingest__file"):
            assert desk.get(address, {name: sent}).status_code in (200, 302, 400)
    if sent.isdecimal():
        for address in lists.values():
            assert desk.get(f"{address}{sent}/change/").status_code in (200, 302, 404)


@pytest.mark.parametrize("to", ABSURD)
def test_undo_leads_to_a_page_whatever_was_asked_for(to: str, desk: Client) -> None:
    change = Change.objects.get()
    assert desk.post(reverse("admin:papers_change_undo", args=[change.pk]), {"next": to}).status_code == 302
    change.refresh_from_db()
    assert change.taken_back_at


def test_a_tag_is_renamed_and_keeps_its_name_in_one_form(desk: Client) -> None:
    tag = Tag.objects.get(name="problems")
    sent = {"name": "Riddles", "other_names": "problems\nPuzzles", "parent": "", "description": ""}
    assert desk.post(reverse("admin:papers_tag_change", args=[tag.pk]), sent).status_code == 302
    assert sorted(Tag.objects.get(name="Riddles").aliases.values_list("name", flat=True)) == ["Puzzles", "problems"]


def test_who_may_not_change_tags_cannot_undo_what_was_done_to_them(desk: Client) -> None:
    Group.objects.get(name=CURATORS).permissions.remove(Permission.objects.get(codename="change_tag"))
    change = Change.objects.get()
    undo = reverse("admin:papers_change_undo", args=[change.pk])
    page: Any = desk.get(reverse("admin:papers_change_changelist"))
    assert undo not in page.text
    assert desk.post(undo).status_code == 403
    change.refresh_from_db()
    assert not change.taken_back_at


def test_a_reason_is_kept_as_any_database_can(desk: Client) -> None:
    world.ingest_lines([world.line(3, digest_date="2025-03-12")])
    first, second = Digest.objects.order_by("pk")
    address = f"{reverse('admin:papers_digest_joining')}?digest={first.pk}&digest={second.pk}"
    desk.post(address, {"kept": first.pk, "why": " One\x00 day. "})
    assert Change.objects.latest("pk").why == "One day."
