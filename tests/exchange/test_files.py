"""Files as people really have them, given to `ingest`: one clear line for each that is broken, and the others load."""

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import world
from tests.installation import Installation, Ran, copied

MEGABYTE = 1_000_000
ABSTRACT = "We attend to all of it, and it is all we need. " * 6
HEADER = "Get trending papers in your email inbox!\n\n11 March 2025"
PAGE = f"{HEADER}\n\nOn Attention\n\n{ABSTRACT}\n\nÜber Residual Nets\n\n{ABSTRACT}\n"
LINE = json.dumps(world.line(1)).encode() + b"\n"

#: Files of one page, which differ in their bytes alone.
SAME_PAGE = {
    "page.txt": PAGE.encode(),
    "page-crlf.txt": PAGE.replace("\n", "\r\n").encode(),
    "page-bom.txt": b"\xef\xbb\xbf" + PAGE.encode(),
    "page-utf16.txt": PAGE.encode("utf-16"),
    "page-utf16-unmarked.txt": PAGE.encode("utf-16-le"),
    "page-latin1.txt": PAGE.encode("latin-1"),
    "page-spaced.txt": PAGE.replace("\n\n", "\n \n\n\t\n").encode(),
    "page.txt.gz": gzip.compress(PAGE.encode()),
}
#: Files that cannot be read, and what is said of them.
BROKEN: Mapping[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 4, "not text"),
    "zeros.jsonl": (bytes(5_000), "not text"),
    "paper.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF"),
    "prose.txt": (b"Dear all,\nhere is nothing to read.\n", "in no format that Lectern knows"),
    "cut.jsonl.gz": (gzip.compress(LINE * 500)[:-200], "damaged gzip"),
    "wrong.jsonl.gz": (gzip.compress(LINE * 500)[:-8] + bytes(8), "damaged gzip"),
    "cut-utf16.jsonl.gz": (gzip.compress((LINE * 500).decode().encode("utf-16"))[:-200], "damaged gzip"),
    "not-a.gz": (b"\x1f\x8bnothing of the kind", "damaged gzip"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Broken files among good ones."""
    folder = tmp_path_factory.mktemp("files")
    for name, content in SAME_PAGE.items():
        (folder / name).write_bytes(content)
    for name, (content, _) in BROKEN.items():
        (folder / name).write_bytes(content)
    (folder / "list.jsonl").write_bytes(LINE)
    (folder / "cut.jsonl").write_bytes(LINE.replace(b"000001", b"000002").replace(b"00001", b"00002") + LINE[:50])
    (folder / "page-cut.txt").write_bytes(PAGE[: len(PAGE) - len(ABSTRACT) - 10].encode())
    (folder / "zz-last.jsonl").write_bytes(LINE.replace(b"000001", b"000003").replace(b"00001", b"00003"))
    (folder / ".hidden").write_bytes(b"\0")
    (folder / "deep" / ".git").mkdir(parents=True)
    (folder / "deep" / ".git" / "index").write_bytes(b"\0")
    (folder / "deep" / "list.jsonl").write_bytes(LINE)
    (folder / "nowhere.jsonl").symlink_to(folder / "gone.jsonl")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"nothing")
    return folder


@pytest.fixture(scope="module")
def ran(_installed: Installation, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    with copied(_installed, tmp_path_factory.mktemp("installation")) as installation:
        nothing = folder.parent / "nothing"
        nothing.mkdir()
        yield installation.run("ingest", str(folder), str(nothing), str(folder / "missing.txt"), "--report", "json")


@pytest.fixture(scope="module")
def reports(ran: Ran) -> dict[str, dict[str, Any]]:
    return {os.path.basename(file["path"]): file for file in ran.report["files"]}


def counts(report: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in ("found", "created", "updated", "unchanged", "quarantined"))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_what_is_wrong_with_it(name: str, reports: Mapping[str, Any]) -> None:
    assert BROKEN[name][1] in reports[name]["error"]
    assert "\n" not in reports[name]["error"]
    assert counts(reports[name]) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("missing.txt", "cannot be opened: No such file or directory"),
        ("nowhere.jsonl", "cannot be opened: No such file or directory"),
        ("pipe.jsonl", "not a file but a device or a pipe; pipe its output to `ingest -`"),
        ("nothing", "a folder without files"),
        ("caf�.txt", "in no format that Lectern knows"),
    ],
)
def test_what_is_no_file_says_so(name: str, error: str, reports: Mapping[str, Any]) -> None:
    assert error in reports[name]["error"]


def test_a_page_is_the_same_however_it_is_written_down(reports: Mapping[str, Any]) -> None:
    found = {name: (reports[name]["error"], counts(reports[name])) for name in SAME_PAGE}
    first = min(SAME_PAGE)
    assert found == {name: (None, (2, 2, 0, 0, 0) if name == first else (2, 0, 0, 2, 0)) for name in SAME_PAGE}


def test_what_is_cut_off_is_read_as_far_as_it_goes(reports: Mapping[str, Any]) -> None:
    assert counts(reports["cut.jsonl"]) == (2, 1, 0, 0, 1)
    found, *_, quarantined = counts(reports["page-cut.txt"])
    assert (found, quarantined) == (2, 1)


def test_the_others_load(ran: Ran, reports: Mapping[str, Any]) -> None:
    assert counts(reports["zz-last.jsonl"]) == (1, 1, 0, 0, 0)
    assert ran.code == 1


def test_a_folder_is_all_its_files_but_hidden_ones(ran: Ran, folder: Path) -> None:
    paths = [file["path"] for file in ran.report["files"]]
    assert str(folder / "deep" / "list.jsonl") in paths
    assert not [path for path in paths if "/." in path]


def test_the_report_is_one_object_and_says_what_is_promised(ran: Ran) -> None:
    counted = ["digests", "found", "created", "updated", "unchanged", "quarantined", "seconds"]
    keys = ["path", "format", *counted, "error", "ingest", "retry"]
    assert list(ran.report) == ["files", "totals"]
    for file in ran.report["files"]:
        assert list(file) == keys
        assert file["found"] == sum(counts(file)[1:])
    totals = ran.report["totals"]
    assert list(totals) == counted
    assert counts(totals) == tuple(map(sum, zip(*map(counts, ran.report["files"]), strict=True)))
    assert ran.err == ""


def test_in_words_each_file_has_one_line(installation: Installation, folder: Path) -> None:
    ran = installation.run("ingest", str(folder / "empty.txt"), str(folder / "list.jsonl"), str(folder / "prose.txt"))
    assert ran.code == 1
    empty, prose = ran.err.splitlines()
    assert empty == f"{folder}/empty.txt: empty: there is nothing in it"
    assert prose.startswith(f"{folder}/prose.txt: in no format that Lectern knows")
    created = "1 found, 1 created, 0 updated, 0 unchanged, 0 quarantined"
    assert ran.out == f"{folder}/list.jsonl (jsonl): {created}\n"


def test_standard_input_is_a_file_too(installation: Installation, folder: Path) -> None:
    ran = installation.run("ingest", "-", "--report", "json", given=folder / "list.jsonl")
    assert ran.code == 0
    assert ran.report["files"][0]["path"] == "-"
    assert counts(ran.report["totals"]) == (1, 1, 0, 0, 0)
    again = installation.run("ingest", "-", "--report", "json", given=folder / "page.txt.gz")
    assert counts(again.report["totals"]) == (2, 2, 0, 0, 0)
    nothing = installation.run("ingest", "-", "--report", "json")
    assert nothing.code == 1
    assert "empty" in nothing.report["files"][0]["error"]


def test_a_library_that_is_not_set_up_is_said_in_words(tmp_path: Path, folder: Path) -> None:
    ran = Installation(tmp_path, f"sqlite:///{tmp_path}/new.sqlite3").run("ingest", str(folder / "list.jsonl"))
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "no such table" in ran.err


@pytest.mark.parametrize(("start", "error"), [(b'{"title": "', None), (b"all work and no play ", "in no format")])
def test_200_megabytes_of_one_line_are_answered_in_bounded_memory(
    start: bytes, error: str | None, installation: Installation, tmp_path: Path
) -> None:
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_bytes(LINE)
    with large.open("wb") as file:
        file.write(LINE if error is None else b"")
        file.write(start)
        for _ in range(200):
            file.write(b"a" * MEGABYTE)
    usual = installation.run("ingest", str(small), "--dry-run")
    ran = installation.run("ingest", str(large), "--report", "json")
    large.unlink()
    report = ran.report["files"][0]
    if error is None:
        assert counts(report) == (2, 1, 0, 0, 1)
    else:
        assert error in report["error"]
    assert ran.memory < usual.memory + 60 * MEGABYTE


def test_a_gzip_bomb_is_answered_in_bounded_memory(installation: Installation, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.jsonl.gz"
    with gzip.open(bomb, "wb", compresslevel=9) as file:
        file.write(LINE)
        for _ in range(400):
            file.write(b" " * MEGABYTE)
    usual = installation.run("ingest", str(bomb.parent / "missing"))
    ran = installation.run("ingest", str(bomb), "--report", "json")
    assert ran.memory < usual.memory + 60 * MEGABYTE
    assert ran.report["totals"]["found"] in (0, 1, 2)


def test_ten_times_as_many_lines_take_no_more_memory(installation: Installation, tmp_path: Path) -> None:
    def lines(name: str, numbers: range) -> str:
        texts = (json.dumps({"title": f"On Problem {n}", "arxiv_id": f"2503.{n:05}"}) for n in numbers)
        (tmp_path / name).write_text("\n".join(texts))
        return str(tmp_path / name)

    few = installation.run("ingest", lines("few.jsonl", range(2_000)), "--report", "json")
    many = installation.run("ingest", lines("many.jsonl", range(2_000, 22_000)), "--report", "json")
    assert counts(many.report["totals"]) == (20_000, 20_000, 0, 0, 0)
    assert many.memory < few.memory * 1.5
