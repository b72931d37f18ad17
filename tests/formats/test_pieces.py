"""A piece of a file is read alone as it is read in its place."""

from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.dates import DayOfYear, PartialDate
from papers.formats import Reader, readers, record
from papers.formats.document import UnreadableFile
from papers.formats.record import DigestRecord, Found, Unreadable

from .test_contract import assert_sound, document, each_reader, sample

#: Behind the beginning of each unreadable piece of the broken samples, what it is mended to.
MENDED = {
    "arxiv-mail": {
        "\\\\\narXiv:25O3.00021": (
            "\\\\\narXiv:2503.00021\n\nTitle: An Id without a Letter in It\n\\\\\n  It is a zero.\n\\\\ ( here )"
        ),
        "\\\\\nDate: Tue, 4 Mar 2025 08:16:00": (
            "\\\\\narXiv:2503.00022\n\nTitle: A Paper with its First Line\n\\\\\n  Somebody wrote it again.\n\\\\"
        ),
        "\\\\\narXiv:2503.00024": "\\\\\narXiv:2503.00024\n\nTitle: A Title Found Again\n\\\\\n  Its abstract.\n\\\\",
        "\\\\\narXiv:2503.00025": "{}da Founder\n\\\\ ( https://arxiv.org/abs/2503.00025 ,  8kb)",
    },
    "nep": {
        "2. A Title": "{}\nBy: Emil Engineer\nURL: http://d.repec.org/n?u=RePEc:abc:wpaper:22",
        "3.": "3. A Title Found Again\nBy: Ben Bystander\nDate: 2025-02",
        "4. One": (
            "4. One of Two Papers\nBy: Cem Companion\nURL: http://d.repec.org/n?u=RePEc:abc:wpaper:24\n\n"
            "5. The Other of Two Papers\nBy: Dora Doctor\nURL: http://d.repec.org/n?u=RePEc:abc:wpaper:25"
        ),
    },
    "arxiv-listing": {
        "\\\\\nPaper: cond-mat/96O5002": "\\\\\nPaper: cond-mat/9605002\n\nTitle: An Id without a Letter in It\n\\\\",
        "\\\\\nPaper: cond-mat/9605003": "\\\\\nPaper: cond-mat/9605003\n\nTitle: A Title Found Again\n\\\\",
        "\\\\\nPaper: cond-mat/9605004": "{} Doctor\n\\\\",
    "arxiv-api": {
        "<entry>\n    <id>http://arxiv.org/abs/2503.00002v1": "<entry><title>A Title Found Again</title></entry>",
        "<entry>\n    <id>http://arxiv.org/abs/2503.00003v1": "{}</entry>",
        "<entry>\n    <id>http://arxiv.org/abs/2503.00005v1": "{}ere.</summary></entry>",
    },
    "arxiv-feed": {
        '<item rdf:about="http://arxiv.org/abs/1907.00002': "<item><title>A Title Found Again</title></item>",
        '<item rdf:about="http://arxiv.org/abs/1907.00003': "{}</item>",
        '<item rdf:about="http://arxiv.org/abs/1907.00005': "{}ere.</description></item>",
    },
    "feed": {
        "<entry>\n    <title type": "<entry><title>A Title Found Again</title></entry>",
        "<entry>\n    <title>An Entry That": "{}</entry>",
        "<entry>\n    <title>An Entry on": "{}ere.</summary></entry>",
    "endnote-xml": {
        "<record><rec-number>2<": "<record><titles><title>Found again</title></titles></record>",
        "<record><rec-number>3<": "{}</record>",
        "<record><rec-number>4<": "<record><titles><title>Words</title></titles></record>",
        "<record><rec-number>5<": "{}</title></titles></record>",
    },
    "hf-page": {
        "An abstract whose title": "A Title Found Again\n\n{}",
        "A Title That Lost": "{}\n\nIts abstract, which was found behind the sofa.",
        "A Title at the Very End": "{}\n\nIts abstract, which stood on the next page.",
    },
    "jsonl": {
        '{"title": "A line that breaks': '{"title": "A line that goes on"}',
        '{"abstract"': '{"title": "With a title", "abstract": "A line without a title."}',
        '{"title": "   "}': '{"title": "Words"}',
        '{"title": "An identifier': '{"title": "An identifier that is one", "arxiv_id": "2503.00009"}',
        '{"title": "A date': '{"title": "A date that is one", "published": "2025-03-04"}',
        '{"title": ["A list"]}': '{"title": "A list"}',
        '["no"': '{"title": "An object"}',
        "no JSON": '{"title": "no JSON at all"}',
    },
    "markdown-list": {
        "Before all": "## Somebody's\n\n{}",
        "## A Heading": "{}\n\nhttps://arxiv.org/abs/2503.00009",
        "## Too many": "## This\n\nhttps://arxiv.org/abs/2503.00002\n\n## That\n\nhttps://arxiv.org/abs/2503.00003",
    },
    "oai-pmh": {
        "<record>\n<header><identifier>oai:archive.example:2": (
            "<record><metadata><dc><title>A Record in This Form</title></dc></metadata></record>"
        ),
        "<record>\n<header><identifier>oai:archive.example:3": (
            "<record><metadata><dc><title>Its Metadata</title></dc></metadata></record>"
        ),
        "<record>\n<header><identifier>oai:archive.example:4": "{}</oai_dc:dc></metadata></record>",
        "<record>\n<header><identifier>oai:archive.example:6": (
            "<record><metadata><dc><title>A Title Found Again</title></dc></metadata></record>"
        ),
    "scholar-mail": {
        f'<h3><a href="https://example.org/{number}"': f'<h3><a href="x" class="gse_alrt_title">Title {number}</a></h3>'
        for number in ("lost", "label", "blank")
    },
    "pubmed-xml": {
        "<PubmedArticle><MedlineCitation><PMID>2<": "<PubmedArticle><MedlineCitation><PMID>2</PMID><Article>"
        "<ArticleTitle>Found again</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
        "<PubmedArticle><MedlineCitation><PMID>3<": "{}</PubmedArticle>",
        "<PubmedBookArticle><BookDocument><PMID>4<": "<PubmedBookArticle><BookDocument><Book>"
        "<BookTitle>A title</BookTitle></Book></BookDocument></PubmedBookArticle>",
        "<PubmedArticle><MedlineCitation><PMID>5<": "{}</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
    },
    "zotero-rdf": {
        '<bib:Article rdf:about="#item_2"': '<bib:Article rdf:about="#item_2"><dc:title>Found</dc:title></bib:Article>',
        '<bib:Book rdf:about="#item_3"': "{}</bib:Book>",
        '<rdf:Description rdf:about="#item_4"': '<bib:Book rdf:about="#item_4"><dc:title>Words</dc:title></bib:Book>',
        '<bib:Thesis rdf:about="#item_5"': "{}</dc:title></bib:Thesis>",
    },
}


def mended(reader: Reader, piece: Unreadable) -> str:
    [new] = (new for start, new in MENDED[reader.name].items() if piece.text.startswith(start))
    return new.replace("{}", piece.text)


@each_reader
def test_each_piece_of_a_file_is_read_alone_as_in_its_place(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(reader.read(document(sample(reader, "good"))))
    with monkeypatch.context() as patched:
        patched.setattr(record, "LONGEST_PAPER", 0)
        pieces = list(reader.read(document(sample(reader, "good"))))
    found: list[Found | Unreadable] = []
    for piece in pieces:
        assert isinstance(piece, Unreadable)
        assert piece.reason == "longer than 0 characters, which is no paper but a book"
        alone = reader.reread(piece.text, piece.place, piece.digest)
        found += [item._replace(line=piece.line) for item in alone]
    assert found == whole


@each_reader
def test_each_broken_piece_can_be_mended_and_is_then_read_alone(reader: Reader) -> None:
    items = list(reader.read(document(sample(reader, "broken"))))
    pieces = [item for item in items if isinstance(item, Unreadable)]
    assert len(pieces) == len(MENDED[reader.name])
    sound = next(item for item in items if isinstance(item, Found))
    for piece in pieces:
        [still] = reader.reread(piece.text, piece.place, piece.digest)
        assert isinstance(still, Unreadable)
        found = list(reader.reread(mended(reader, piece), piece.place, piece.digest))
        assert found
        for item, place in zip(found, count(piece.place)):
            assert isinstance(item, Found)
            assert (item.place, item.digest) == (place, sound.digest)


@each_reader
def test_mended_in_the_file_they_are_what_they_are_alone(reader: Reader) -> None:
    text = sample(reader, "broken").decode()
    alone: list[Found | Unreadable] = []
    for item in reader.read(document(text.encode())):
        if isinstance(item, Unreadable):
            new = mended(reader, item)
            alone += reader.reread(new, item.place, item.digest)
            text = text.replace(item.text, new, 1) if not item.text.startswith("Before all") else text
        else:
            alone.append(item)
    in_file = list(reader.read(document(text.encode())))
    records = [item.record for item in alone if isinstance(item, Found)]
    assert [item.record for item in in_file if isinstance(item, Found)] == [
        each for each in records if each.title != "Somebody's"
    ]


TEXTS = (
    st.text(max_size=200)
    | st.sampled_from([new for each in MENDED.values() for new in each.values()])
    | st.lists(st.sampled_from(["#", "\n", "{", '"title":', '"a"', "}", "https://arxiv.org/abs/2503.00001", "x"])).map(
        "".join
    )
)


@each_reader
@given(text=TEXTS, place=st.integers(1, 9))
@example(text="%PDF-1.4", place=1)
@example(text="\ufeff\ud800", place=1)
@example(text="\x1f\x8b", place=1)
def test_any_text_is_read_alone_or_refused_in_words(reader: Reader, text: str, place: int) -> None:
    try:
        items = list(reader.reread(text, place, DigestRecord("Weekly")))
    except UnreadableFile as error:
        refusal = str(error)
    else:
        refusal = "it was read"
        assert_sound(items)
    assert refusal


def test_what_a_piece_says_of_its_digest_itself_is_believed_and_the_file_says_the_rest() -> None:
    told = DigestRecord("Weekly", DayOfYear(3, 11), "Issue 9")
    [item] = readers()["jsonl"].reread('{"title": "A", "digest_date": "2024-02"}', 7, told)
    assert isinstance(item, Found)
    assert (item.place, item.digest) == (7, DigestRecord("Weekly", PartialDate(2024, 2), "Issue 9"))


def test_a_paper_s_parts_below_deeper_headings_belong_to_its_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "## [One](https://arxiv.org/abs/2503.00001)\n\n### Summary\n\nA must.\n\n## [Two](https://arxiv.org/abs/2503.00002)"
    monkeypatch.setattr(record, "LONGEST_PAPER", 0)
    first, _ = readers()["markdown-list"].read(document(text.encode()))
    assert isinstance(first, Unreadable)
    assert first.text == text.partition("\n\n## [Two")[0]
