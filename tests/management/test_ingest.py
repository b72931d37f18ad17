"""`ingest`: what its options take."""

import json
from pathlib import Path

import pytest

from tests import world
from tests.installation import Installation


@pytest.mark.parametrize("option", ["--source", "--tag"])
@pytest.mark.parametrize("name", ["   ", "!!!", "\udcff", "x" * 201])
def test_a_name_without_letters_or_without_end_is_refused_in_one_line(
    option: str, name: str, installation: Installation
) -> None:
    ran = installation.run("ingest", "digest.jsonl", option, name)
    assert ran.code != 0
    assert "is no name: up to 200 characters, letters among them" in ran.err
    assert "Traceback" not in ran.err


def test_a_name_with_line_ends_in_it_is_told_in_one_line(installation: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.md\nb.md (jsonl): 9 found").write_text("nothing")
    (folder / "c\nd.jsonl").write_text(json.dumps(world.line(1)))
    ran = installation.run("ingest", str(folder))
    assert [len(told.splitlines()) for told in (ran.out, ran.err)] == [1, 1]
