"""Uploading: what curators send is taken in as by the command, and each file says what became of it."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from papers.models import Digest, Ingest, Paper, PaperTag, User
from tests import upkeep, world
from tests.exchange.test_files import LINE
from tests.page import Page

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/papers/ingest/add/"


def file(name: str, content: bytes = LINE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(client: Client, *files: SimpleUploadedFile, **said: str) -> Any:
    return client.post(ADDRESS, {"file": list(files), **said})


def rows(answer: Any) -> dict[str, str]:
    """What is said of each file."""
    return dict(each.text.split(maxsplit=1) for each in Page(answer).all("tr")[1:])


def test_a_file_is_taken_in_and_its_row_leads_to_what_came_of_it(desk: Client, curator: User) -> None:
    answer = upload(desk, file("digest.jsonl", LINE + b"{broken\n"))
    run, digest = Ingest.objects.get(), Digest.objects.get()
    assert (run.way, run.started_by, run.created, run.quarantined) == (Ingest.Way.UPLOAD, curator, 1, 1)
    assert re.match(r"jsonl\s+2\s+1\s+0\s+0\s+1\s", rows(answer)["digest.jsonl"])
    links = {each["href"] for each in Page(answer).all("a")}
    quarantine = f"/admin/papers/quarantined/?ingest__file={run.file_id}"
    assert links >= {digest.get_absolute_url(), f"/admin/papers/ingest/{run.pk}/change/", quarantine}
    upkeep.assert_in_step()


def test_of_ten_files_of_which_one_is_broken_the_others_load(desk: Client) -> None:
    files = [file(f"{n}.jsonl", LINE.replace(b"00001", f"{n:05}".encode())) for n in range(1, 10)]
    answer = upload(desk, *files[:4], file("empty.jsonl", b""), *files[4:])
    assert Paper.objects.count() == 9
    assert "9 of 10 read; the others say why not." in answer.text
    assert "Empty: there is nothing in it" in rows(answer)["empty.jsonl"]


def test_the_same_file_again_changes_nothing_and_leads_to_the_same_digest(desk: Client) -> None:
    upload(desk, file("digest.jsonl"))
    again = upload(desk, file("digest.jsonl"))
    assert re.match(r"jsonl\s+1\s+0\s+0\s+1\s+0\s", rows(again)["digest.jsonl"])
    assert Digest.objects.get().get_absolute_url() in again.text


@pytest.mark.parametrize(
    ("sent", "shown"),
    [("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("/tmp/a.jsonl", "a.jsonl"), ("-", "-")],
)
def test_a_name_with_folders_in_it_leads_nowhere(sent: str, shown: str, desk: Client) -> None:
    upload_file = file("a.jsonl")
    upload_file._name = sent  # type: ignore[attr-defined]
    assert list(rows(upload(desk, upload_file))) == [shown]
    assert Ingest.objects.get().file.name in (shown, "standard input")


def test_a_name_or_title_that_would_be_a_script_is_words(desk: Client) -> None:
    name = "<img src=x onerror=alert(1)>.jsonl"
    answer = upload(desk, file(name, b'{"title": "<script>alert(1)</script>"}\n'), file(f"b{name}", b"<script>"))
    assert "<img" not in answer.text
    assert "<script>alert" not in answer.text
    assert "&lt;img src=x onerror=alert(1)&gt;.jsonl" in answer.text


def test_what_is_said_about_the_files_counts_as_the_command_s_options(desk: Client) -> None:
    content = b'{"title": "A paper"}\n'
    said = {"date": "2025-03-11", "source": "Friday letter", "tags": "vision, sets , vision", "format": "jsonl"}
    upload(desk, file("x.txt", content), **said)
    digest = Digest.objects.get()
    assert (str(digest.date), digest.source.name) == ("2025-03-11", "Friday letter")
    assert sorted(PaperTag.objects.values_list("tag__name", flat=True)) == ["sets", "vision"]


def test_a_dry_run_changes_nothing_and_says_what_would_be_done(desk: Client) -> None:
    answer = upload(desk, file("digest.jsonl"), dry_run="on")
    assert re.match(r"jsonl\s+1\s+1\s+0\s+0\s+0\s", rows(answer)["digest.jsonl"])
    assert "Nothing was changed; this is what would be done." in answer.text
    assert not Ingest.objects.exists()
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"date": "yesterday"}, "Enter a valid date."),
        ({"source": "!!!"}, "is no name"),
        ({"tags": "vision, ???"}, "is no name"),
        ({"tags": "x" * 300}, "A tag has up to 200 characters."),
        ({"format": "word"}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_taken_in(said: dict[str, str], error: str, desk: Client) -> None:
    answer = upload(desk, file("digest.jsonl"), **said)
    assert error in answer.text
    assert not Ingest.objects.exists()


def test_no_file_and_too_many_files_are_said(desk: Client) -> None:
    assert "Choose a file, or several." in desk.post(ADDRESS).text
    assert "These are 21 files; send up to 20 at once." in upload(desk, *(file(f"{n}.md") for n in range(21))).text
    assert not Ingest.objects.exists()


@pytest.mark.parametrize("size", [1_000_001, 4_000_000])
def test_a_file_too_large_is_told_the_command_and_the_others_load(size: int, desk: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 1_000_000
    answer = upload(desk, file("large.jsonl", LINE + b" " * (size - len(LINE))), file("small.jsonl"))
    said = rows(answer)
    assert "Larger than 1 MB: copy it to the server, and run there: python manage.py ingest" in said["large.jsonl"]
    assert said["small.jsonl"].startswith("jsonl")
    assert Ingest.objects.count() == 1


def test_a_file_that_is_written_to_disk_on_its_way_is_read_whole(desk: Client) -> None:
    lines = b"".join(LINE.replace(b"00001", f"{n:05}".encode()) for n in range(1, 31))
    answer = upload(desk, file("large.jsonl", lines + b" " * 3_000_000))
    assert re.match(r"jsonl\s+30\s+30\s", rows(answer)["large.jsonl"])


def test_the_list_of_ingests_and_the_desk_lead_there_for_who_may(desk: Client, client: Client) -> None:
    for address in ("/admin/", "/admin/papers/ingest/"):
        assert ADDRESS in [each["href"] for each in Page(desk.get(address)).all("a") if each.attributes.get("href")]
    client.force_login(world.staff())
    assert ADDRESS not in client.get("/admin/").text
