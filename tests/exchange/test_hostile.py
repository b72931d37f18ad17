"""Files made to fill the machine: each is refused in one line, in bounded memory, and the library is as before."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installation import Installation

MEGABYTE = 1_000_000
MOST_MEMORY = 200 * MEGABYTE


def zip_bomb(path: Path) -> None:
    """Three members of 60 MB each, packed 1,000 to 1."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"{number}.jsonl", "w") as member:
                for _ in range(60):
                    member.write(b" " * MEGABYTE)


def lying_zip_bomb(path: Path) -> None:
    """One that says of its member that it is small."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.jsonl", "w") as member:
        for _ in range(400):
            member.write(b" " * MEGABYTE)
    size = (400 * MEGABYTE).to_bytes(4, "little")
    assert size in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(size, (1_000).to_bytes(4, "little")))


class Blanks(io.RawIOBase):
    """As many as are asked for; a test that held them would be measured with the command that it starts."""

    def read(self, size: int = -1) -> bytes:
        return b" " * size


def packed_tar_bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=9) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        info = tarfile.TarInfo("a.jsonl")
        info.size = 400 * MEGABYTE
        archive.addfile(info, Blanks())


def entity_bomb(path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    entry = "<entry><id>http://arxiv.org/abs/2503.00001v1</id><title>&e11;</title></entry>"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY e0 "spam">{entities}]>'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{entry}</feed>'
    )


def long_line(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(1_000):
            file.write(b"a" * MEGABYTE)


def tar_that_leads_out(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        archive.addfile(tarfile.TarInfo("../../somewhere.jsonl"))


def mail_of_many_parts(path: Path) -> None:
    head = "From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    path.write_text(head + "--b\nContent-Type: text/plain\n\nx\n\n" * 10_000 + "--b--\n")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (zip_bomb, "unpacks to more than 200 times its size"),
        (lying_zip_bomb, "a damaged archive"),
        (packed_tar_bomb, "unpacks to more than 200 times its size"),
        (long_line, "in no format that Lectern knows"),
        (tar_that_leads_out, "leads out of it"),
        (mail_of_many_parts, "a mail of more than 1,000 parts"),
    ],
)
def test_it_is_refused_in_one_line(
    make: Callable[[Path], None], reason: str, installation: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "hostile"
    make(path)
    ran = installation.run("ingest", str(path))
    path.unlink()
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert reason in ran.err
    assert ran.memory < MOST_MEMORY
    assert installation.count("papers_paper") == 0


def test_entities_of_a_file_s_own_are_not_filled_in(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "hostile"
    entity_bomb(path)
    ran = installation.run("ingest", str(path), "--report", "json")
    assert ran.memory < MOST_MEMORY
    assert ran.report["totals"]["seconds"] < 5
    assert ran.report["totals"]["created"] <= 1
