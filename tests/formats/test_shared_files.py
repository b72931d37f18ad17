"""Real digest files, read from beside the repository where they are: what other programs found in them is found."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from papers.formats import recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import Found, PaperRecord, Unreadable
from papers.ids import identifiers
from papers.text import clean
from tests import conftest

pytestmark = pytest.mark.usefixtures("shared")

SHARED = conftest.SHARED / "digests"

#: By folder, the formats that its files may be recognised as.
FORMATS: dict[str, set[str]] = {
    "arxiv_api_atom": {"arxiv-api"},
    "endnote_xml": {"endnote-xml"},
    "pubmed_xml": {"pubmed-xml"},
    "scholar_alert_email": {"scholar-mail"},
    "hf_saved_text": {"hf-page"},
    "arxiv_digest_email": {"arxiv-mail"},
    "arxiv_monthly_listing": {"arxiv-listing"},
    "arxiv_pastweek_listing": {"arxiv-listing"},
    "repec_nep_digest": {"nep"},
    "oai_pmh": {"oai-pmh"},
    "rss_atom": {"feed"},
}


def shared_files(*folders: str) -> list[Path]:
    """The files with a list of what is in them, as two programs found it."""
    return [
        path
        for folder in folders
        for expected in sorted((SHARED / folder).glob("*.expected.json"))
        if (path := expected.with_name(expected.name.removesuffix(".expected.json"))).exists()
    ]


def read(path: Path) -> tuple[str, list[PaperRecord], list[Unreadable]]:
    reader, text = recognise(Document(path.name, lambda: path.open("rb")))
    items = list(reader.read(text))
    records = [item.record for item in items if isinstance(item, Found)]
    return reader.name, records, [item for item in items if isinstance(item, Unreadable)]


def refusal(path: Path) -> str:
    """Why a file is not read; empty where it is."""
    try:
        read(path)
    except UnreadableFile as error:
        return str(error)
    return ""


def folded(text: str) -> str:
    """Letters and digits only: white space, accents of TeX and dashes differ between honest readers."""
    text = unicodedata.normalize("NFKD", clean(text)).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"\\[a-z]+", "", text))


def expected_identifiers(paper: dict[str, Any]) -> set[str]:
    texts = [str(paper[name]) for name in ("arxiv_id", "doi") if paper.get(name)]
    pmid = {f"pmid:{paper['pmid']}"} if paper.get("pmid") else set()
    return pmid | {str(identifier) for text in texts for identifier, _ in identifiers(text)}


each_file = pytest.mark.parametrize(
    "path", shared_files(*FORMATS) if SHARED.exists() else [], ids=lambda path: f"{path.parent.name}/{path.name}"
)


@each_file
def test_what_is_in_a_real_file_is_found_and_nothing_else(path: Path) -> None:
    expected: list[dict[str, Any]] = json.loads(path.with_name(path.name + ".expected.json").read_text())
    if not expected and (said := refusal(path)):
        assert "in no format that Lectern knows" not in said, "it has nothing in it, but a format"
        return
    name, records, _ = read(path)
    assert name in FORMATS[path.parent.name]
    found = Counter(folded(record.title) for record in records)
    named = Counter(folded(paper["title"]) for paper in expected if paper.get("title") and not paper.get("ambiguous"))
    assert not named - found, "titles that were not found"
    assert len(records) == sum(bool(paper.get("title")) for paper in expected)
    pairs = list(zip(records, (paper for paper in expected if paper.get("title")), strict=True))
    for record, paper in pairs:
        if not paper.get("ambiguous"):
            assert folded(record.title) == folded(paper["title"])
        assert expected_identifiers(paper) <= set(map(str, record.identifiers))
        text = folded(record.abstract or record.snippet or record.note)
        beginning = folded(paper.get("abstract80") or "")
        assert text.startswith(beginning[: max(0, len(beginning) - 4)])
        assert bool(text) == bool(beginning), "an abstract that is not there"
