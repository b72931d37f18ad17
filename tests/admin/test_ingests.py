"""Ingests on the desk: what is in the library of each, and how it is undone or done again."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from papers.models import Change, DigestFile, Ingest, Paper, User
from tests import upkeep, world
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> Ingest:
    world.ingest_lines([world.line(1)])
    world.ingest_lines([world.line(n) for n in range(1, 4)], "second.jsonl")
    return Ingest.objects.latest("pk")


def address(run: Ingest, act: str = "change") -> str:
    return f"/admin/papers/ingest/{run.pk}/{act}/"


def test_its_page_shows_what_is_in_the_library_of_it_and_who_or_what_started_it(desk: Client, run: Ingest) -> None:
    page = Page(desk.get(address(run)))
    shown = [link.text for link in page.all("a") if re.fullmatch(r"/admin/papers/paper/\d+/change/", link["href"])]
    assert shown == [f"On the Nature of Problem {n:06}" for n in (1, 2, 3)]
    assert "the ingest command" in page.text


def test_it_is_undone_and_that_is_undone_from_the_message(desk: Client, run: Ingest, curator: User) -> None:
    before = world.export()
    undone = Page(desk.post(address(run, "undo"), {"why": "The wrong file."}, follow=True))
    assert Paper.objects.count() == 1
    assert "2 entries and 2 papers taken out" in undone.text
    change = Change.objects.get()
    assert (change.by, change.why) == (curator, "The wrong file.")
    assert "it was undone" in undone.text
    desk.post(f"/admin/papers/change/{change.pk}/undo/")
    assert world.export() == before
    upkeep.assert_in_step()


def test_its_file_is_read_again_and_the_page_of_that_is_shown(desk: Client, run: Ingest, curator: User) -> None:
    page = Page(desk.post(address(run, "again"), follow=True))
    assert "Read again: 3 found, 0 created, 0 updated, 3 unchanged, 0 in quarantine." in page.text
    newest = Ingest.objects.latest("pk")
    assert (newest.way, newest.started_by) == (Ingest.Way.AGAIN, curator)
    assert "run again at the desk" in page.text


def test_where_the_bytes_were_not_kept_it_says_so(desk: Client, run: Ingest) -> None:
    DigestFile.objects.update(kept=False)
    page = Page(desk.get(address(run)))
    assert "bytes were not kept" in page.text
    assert "Read the file again" not in page.text
    assert "ingest it again from where it is" in Page(desk.post(address(run, "again"), follow=True)).text


def test_one_too_large_for_a_page_is_undone_by_a_command(
    desk: Client, run: Ingest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("papers.admin.ingests.WHOLE", 2)
    page = Page(desk.post(address(run, "undo"), follow=True))
    assert f"python manage.py undo_ingest {run.pk}" in page.text
    assert Paper.objects.count() == 3
    call_command("undo_ingest", str(run.pk))
    assert capsys.readouterr().out.startswith("Undid the ingest of second.jsonl: 2 entries")
    assert Paper.objects.count() == 1
    for number in (run.pk, 999):
        with pytest.raises(CommandError):
            call_command("undo_ingest", str(number))


def test_who_may_not_change_ingests_is_offered_nothing_and_does_nothing(client: Client, run: Ingest) -> None:
    looker = world.curator()
    group = looker.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_ingest"))
    client.force_login(looker)
    assert "Undo this ingest" not in client.get(address(run)).text
    assert [client.post(address(run, act)).status_code for act in ("undo", "again")] == [403, 403]
    assert Paper.objects.count() == 3


def test_one_that_failed_wants_no_attention_once_it_is_undone(desk: Client) -> None:
    world.ingest_text("Nothing of the kind.", "letter.txt")
    failed = Ingest.objects.failed().get()
    assert "in no format" in Page(desk.get(address(failed))).text
    desk.post(address(failed, "undo"), {"why": "It is no digest."})
    assert not Ingest.objects.failed().exists()


def test_failed_ones_are_settled_many_at_once_and_the_others_stay(desk: Client, run: Ingest) -> None:
    for number in range(3):
        world.ingest_text(f"A letter, number {number}.", f"{number}.txt")
    every = [str(pk) for pk in Ingest.objects.values_list("pk", flat=True)]
    assert Ingest.objects.failed().count() == 3
    answer = desk.post("/admin/papers/ingest/", {"action": "settle", "_selected_action": every}, follow=True)
    assert "3 settled" in answer.text
    assert not Ingest.objects.failed().exists()
    assert Paper.objects.count() == 3
    assert Change.objects.count() == 3
