"""What the documentation shows is so."""

import io
import re
from typing import NamedTuple

import pytest

from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import Found
from tests.commands import ROOT


class Shown(NamedTuple):
    """A section of the page on formats."""

    title: str
    example: str


def shown() -> list[Shown]:
    """Each section with the first text that is set apart in it."""
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    parts = re.split(r"^(`{3,})\w*\n(.*?)^\1$", text, flags=re.DOTALL | re.MULTILINE)
    found: list[Shown] = []
    for words, example in zip(parts[0::3], [*parts[2::3], ""], strict=True):
        found += [Shown(title, "") for title in re.findall(r"^### (.+)$", words, re.MULTILINE)]
        if found and not found[-1].example:
            found[-1] = found[-1]._replace(example=example)
    return found


def test_every_format_that_is_read_has_a_section() -> None:
    titles = [section.title for section in shown()]
    assert sorted(titles) == sorted(reader.title for reader in readers().values())


@pytest.mark.parametrize("section", shown(), ids=lambda section: section.title)
def test_its_example_is_recognised_and_read_to_the_end(section: Shown) -> None:
    reader, document = recognise(Document("example", lambda: io.BytesIO(section.example.encode())))
    assert reader.title == section.title
    items = list(reader.read(document))
    assert items
    assert all(isinstance(item, Found) for item in items)
    assert section.example.count("\n") <= 15
