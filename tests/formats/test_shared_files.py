"""Real digest files, read from beside the repository where they are: what other programs found in them is found."""

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from papers.formats import recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import Found, PaperRecord
from papers.ids import identifiers
from papers.text import clean
from tests import conftest

pytestmark = pytest.mark.usefixtures("shared")

SHARED = conftest.SHARED / "digests"

#: By folder, or by the files in one that a pattern names, the formats that they may be recognised as.
FORMATS: dict[str, set[str]] = {
    "arxiv_api_atom": {"arxiv-api"},
    "arxiv_daily_markdown": {"markdown-list"},
    "arxiv_digest_email": {"arxiv-mail"},
    "arxiv_monthly_listing": {"arxiv-listing"},
    "arxiv_pastweek_listing": {"arxiv-listing"},
    "awkward/JabRef-*": {"bibtex"},
    "awkward/derived__hf_zh_*": {"markdown-list", "html-list"},
    "awkward/derived__seed.*": {"hf-page"},
    "awkward/subset__*": {"jsonl"},
    "bibtex": {"bibtex"},
    "csv_tables": {"csv"},
    "endnote_xml": {"endnote-xml"},
    "hf-papers-page.txt": {"hf-page"},
    "hf_api_json": {"hf-api"},
    "hf_html": {"html-list"},
    "hf_markdown": {"markdown-list", "markdown-table"},
    "hf_saved_text": {"labelled-blocks"},
    "kaggle_arxiv_jsonl": {"arxiv-metadata"},
    "medline_nbib": {"nbib"},
    "oai_pmh": {"oai-pmh"},
    "pubmed_xml": {"pubmed-xml"},
    "repec_nep_digest": {"nep"},
    "ris": {"ris"},
    "rss_atom": {"feed"},
    "scholar_alert_email": {"scholar-mail"},
}
#: By folder, as what its files are refused: they are of a kind that is not read.
REFUSED = {
    "isi_wos": "Web of Science",
    "mods": "MODS",
    "opml": "OPML",
    "ovid_txt": "Ovid",
    "refer": "refer",
}


def shared_files(place: str) -> list[Path]:
    """The files of a place with a list of what is in them, as two programs found it."""
    pattern = f"{place}/*" if (SHARED / place).is_dir() else place
    expected = sorted(SHARED.glob(f"{pattern}.expected.json"))
    return [path.with_name(path.name.removesuffix(".expected.json")) for path in expected]


def each_of(places: Iterable[str]) -> list[Any]:
    return [
        pytest.param(path, place, id=str(path.relative_to(SHARED))) for place in places for path in shared_files(place)
    ]


def read(path: Path) -> tuple[str, list[PaperRecord]]:
    """The format that a file is recognised as, and the papers in it. Raises UnreadableFile."""
    reader, document = recognise(Document(path.name, lambda: path.open("rb")))
    return reader.name, [item.record for item in reader.read(document) if isinstance(item, Found)]


def refusal(path: Path) -> str:
    """Why a file is not read; empty where it is."""
    try:
        read(path)
    except UnreadableFile as error:
        return str(error)
    return ""


def folded(text: str) -> str:
    """Letters and digits only: white space, accents of TeX, markup of HTML and dashes differ between honest readers."""
    text = html.unescape(clean(text))
    text = re.sub(r"</?[a-z]+>|(?:nbsp|lt|gt);", "", text)  # a reader of TeX takes the “&” of an entity for its own
    text = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"\\[a-z]+", "", text))


def expected_identifiers(paper: dict[str, Any]) -> set[str]:
    texts = [str(paper[name]) for name in ("arxiv_id", "doi") if paper.get(name)]
    pmid = {f"pmid:{paper['pmid']}"} if paper.get("pmid") else set()
    return pmid | {str(identifier) for text in texts for identifier, _ in identifiers(text)}


@pytest.mark.parametrize(("path", "place"), each_of(FORMATS))
def test_what_is_in_a_real_file_is_found_and_nothing_else(path: Path, place: str) -> None:
    listed: list[dict[str, Any]] = json.loads(path.with_name(path.name + ".expected.json").read_text())
    expected = [paper for paper in listed if paper.get("title")]
    if not expected and (said := refusal(path)):
        assert "in no format that Lectern knows" not in said, "it has no papers in it, but a format"
        return
    name, records = read(path)
    assert name in FORMATS[place]
    found = Counter(folded(record.title) for record in records)
    named = Counter(folded(paper["title"]) for paper in expected if not paper.get("ambiguous"))
    assert not named - found, "titles that were not found"
    assert len(records) == len(expected)
    for record, paper in zip(records, expected, strict=True):
        if not paper.get("ambiguous"):
            assert folded(record.title) == folded(paper["title"])
        assert expected_identifiers(paper) <= set(map(str, record.identifiers))
        text = folded(record.abstract or record.snippet or record.note)
        beginning = folded(paper.get("abstract80") or "")
        assert text.startswith(beginning[: max(0, len(beginning) - 4)])
        assert bool(text) == bool(beginning), "an abstract that is not there"


@pytest.mark.parametrize(("path", "place"), each_of(REFUSED))
def test_a_real_file_of_a_kind_that_is_not_read_is_refused_by_its_name(path: Path, place: str) -> None:
    said = refusal(path)
    is_empty = not any(map(str.isalnum, path.read_text(errors="replace")))
    assert ("in no format" if is_empty else REFUSED[place]) in said
    assert "\n" not in said


def test_no_folder_is_left_out() -> None:
    tried = {path for place in (*FORMATS, *REFUSED) for path in shared_files(place)}
    listed = {path.with_name(path.name.removesuffix(".expected.json")) for path in SHARED.rglob("*.expected.json")}
    assert listed - tried == set()
