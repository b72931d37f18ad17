"""`ingest`: what its options take."""

import pytest

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
