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
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    sections = re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]
    examples = (re.search(r"^(`{3,})\w*\n(.*?)^\1$", section, re.DOTALL | re.MULTILINE) for section in sections[1::2])
    return [
        Shown(title, example[2] if example else "") for title, example in zip(sections[0::2], examples, strict=True)
    ]


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
