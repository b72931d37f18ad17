"""A folder into which files come: what lies still in it is found, and moved away."""

import os
from pathlib import Path

import pytest

from papers.exchange.inbox import Inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(str(tmp_path))


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_found_when_two_looks_see_the_same(inbox: Inbox, tmp_path: Path) -> None:
    file = tmp_path / "digest.md"
    file.write_text("# Half of")
    assert inbox.still() == []
    file.write_text("# Half of it, and the other half")
    assert inbox.still() == []
    assert inbox.still() == [str(file)]


def test_a_file_that_is_written_anew_with_as_many_bytes_is_not_still(inbox: Inbox, tmp_path: Path) -> None:
    file = tmp_path / "digest.md"
    file.write_text("one")
    os.utime(file, (1, 1))
    inbox.still()
    os.utime(file, (1, 2))
    assert inbox.still() == []


@pytest.mark.parametrize("name", [".hidden", "a.part", "a.md.tmp", "a.crdownload", "A.PART", ".git/index"])
def test_what_is_not_all_there_yet_or_hidden_is_never_found(name: str, inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("text")
    inbox.still()
    assert inbox.still() == []


def test_pipes_and_links_are_passed_over(
    inbox: Inbox, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "private.md"
    outside.write_text("text")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "private.md").symlink_to(outside)
    (tmp_path / "folder").symlink_to(outside.parent)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    inbox.still()
    assert inbox.still() == []


def test_folders_within_are_looked_into_and_found_again_where_files_move(inbox: Inbox, tmp_path: Path) -> None:
    for name in ("b.md", "letters/done/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    inbox.still()
    letter, digest = inbox.still()[::-1]
    inbox.put_away(digest)
    inbox.put_away(letter, "no letter")
    assert names(tmp_path) == ["done/b.md", "failed/letters/done/a.md", "failed/letters/done/a.md.txt"]
    assert (tmp_path / "failed/letters/done/a.md.txt").read_text() == "no letter\n"
    assert [inbox.still(), inbox.still()] == [[], []]


def test_names_that_are_there_already_get_a_number(inbox: Inbox, tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        (tmp_path / "digest.md").write_text(text)
        inbox.still()
        [path] = inbox.still()
        inbox.put_away(path)
    assert names(tmp_path) == ["done/digest-2.md", "done/digest-3.md", "done/digest.md"]
    assert (tmp_path / "done/digest-3.md").read_text() == "three"


def test_a_reason_never_takes_the_place_of_a_file(inbox: Inbox, tmp_path: Path) -> None:
    for name in ("list.txt", "list"):
        (tmp_path / name).write_text(name)
        inbox.still()
        [path] = inbox.still()
        inbox.put_away(path, "empty")
    assert names(tmp_path / "failed") == ["list-2", "list-2.txt", "list.txt", "list.txt.txt"]
    assert (tmp_path / "failed/list.txt").read_text() == "list.txt"


def test_what_cannot_be_moved_is_not_found_again_until_it_is_another(
    inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "digest.md"
    file.write_text("text")
    inbox.still()
    [path] = inbox.still()
    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", _refuse)
        with pytest.raises(PermissionError):
            inbox.put_away(path)
    assert [inbox.still(), inbox.still()] == [[], []]
    file.write_text("another text")
    assert [inbox.still(), inbox.still()] == [[], [path]]


def _refuse(*places: str) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_folder_that_is_away_is_said_each_time(inbox: Inbox, tmp_path: Path) -> None:
    away = tmp_path.rename(tmp_path.with_name("elsewhere"))
    with pytest.raises(FileNotFoundError):
        inbox.still()
    away.rename(tmp_path)
    assert inbox.still() == []
