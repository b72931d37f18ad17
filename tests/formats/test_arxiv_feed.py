"""The news feeds of arXiv, of all the years in which it had any."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Reading

RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.AI, stat.ML updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.AI+stat.ML</link>
<lastBuildDate>Wed, 12 Mar 2025 04:00:01 +0000</lastBuildDate><pubDate>Tue, 11 Mar 2025 00:00:00 -0400</pubDate>
<skipDays><day>Saturday</day><day>Sunday</day></skipDays>
{}</channel></rss>"""
ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us"><id>http://rss.arxiv.org/atom/cs.AI</id>
<title>cs.AI updates on arXiv.org</title><updated>2025-03-11T04:00:04.556492+00:00</updated>
{}</feed>"""
RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://export.arxiv.org/rss/astro-ph.GA"><title>astro-ph.GA updates on arXiv.org</title>
<link>http://fr.arxiv.org/</link><dc:date>2019-07-25T20:30:00-05:00</dc:date>
<items><rdf:Seq><rdf:li rdf:resource="http://arxiv.org/abs/1907.01234"/></rdf:Seq></items></channel>
<image rdf:about="http://arxiv.org/icons/sfx.gif"><title>arXiv.org</title></image>
{}</rdf:RDF>"""


def document(content: str) -> Document:
    return Document("x", lambda: io.BytesIO(content.encode()))


def read(content: str) -> Reading:
    return readers()["arxiv-feed"].read(document(content))


def found(content: str) -> Found:
    [item] = read(content)
    assert isinstance(item, Found)
    return item


def record(feed: str, fields: str) -> PaperRecord:
    name = "entry" if feed is ATOM else "item"
    return found(feed.format(f"<{name}>{fields}</{name}>")).record


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF])
def test_it_is_known_in_each_generation_and_empty_on_weekends(feed: str) -> None:
    assert recognise(document(feed.format("")))[0].name == "arxiv-feed"
    assert list(read(feed.format(""))) == []


@pytest.mark.parametrize(
    ("feed", "digest"),
    [
        (RSS, DigestRecord("arXiv cs.AI, stat.ML", PartialDate(2025, 3, 11))),
        (ATOM, DigestRecord("arXiv cs.AI", PartialDate(2025, 3, 11))),
        (RDF, DigestRecord("arXiv astro-ph.GA", PartialDate(2019, 7, 25))),
    ],
)
def test_the_digest_is_that_of_a_category_on_a_day(feed: str, digest: DigestRecord) -> None:
    name = "entry" if feed is ATOM else "item"
    assert found(feed.format(f"<{name}><title>A</title></{name}>")).digest == digest


def test_without_a_title_the_address_tells_the_category() -> None:
    head = "<rss><channel><link>http://rss.arxiv.org/rss/cs.AI+q-bio.NC</link><item><title>A</title></item></channel></rss>"
    assert found(head).digest == DigestRecord("arXiv cs.AI, q-bio.NC")


def test_a_feed_that_somebody_gathered_is_known_by_its_entries() -> None:
    mine = (
        "<rss><channel><title>Mine</title><item><title>A. (arXiv:1907.01234v1 [cs.KT])</title></item></channel></rss>"
    )
    assert recognise(document(mine))[0].name == "arxiv-feed"
    assert found(mine).digest.source == "Mine"


def test_a_feed_in_which_few_entries_are_of_arxiv_is_of_any_kind() -> None:
    others = "<item><title>B</title></item>" * 2
    mixed = f"<rss><channel><item><title>A. (arXiv:1907.01234v1 [cs.KT])</title></item>{others}</channel></rss>"
    assert recognise(document(mixed))[0].name == "feed"


def test_a_blog_that_speaks_of_arxiv_is_none_of_its_feeds() -> None:
    blog = "<rss><channel><title>Blog</title><item><title>I read rss.arxiv.org/rss/cs.AI</title></item></channel></rss>"
    assert recognise(document(blog))[0].name == "feed"


@pytest.mark.parametrize("space", ["\n", " \n", "  "])
def test_the_abstract_stands_behind_what_is_announced(space: str) -> None:
    paper = record(
        RSS,
        f"<title>A\n title</title><description>arXiv:2503.01234v2 Announce Type: new{space}Abstract: Rare $a&lt;b$."
        "</description><link>https://arxiv.org/abs/2503.01234</link>",
    )
    assert (paper.title, paper.abstract) == ("A title", "Rare $a<b$.")
    assert ([str(each) for each in paper.identifiers], paper.arxiv_version) == (["arxiv:2503.01234"], 2)


def test_atom_says_the_same_as_rss() -> None:
    fields = """<title>A title</title><{text}>arXiv:2503.01234v1 Announce Type: new \nAbstract: Rare.</{text}>
    <{id}>oai:arXiv.org:2503.01234v1</{id}><{date}>{day}</{date}><arxiv:announce_type>new</arxiv:announce_type>
    <arxiv:DOI>10.1000/x</arxiv:DOI><arxiv:journal_reference>J. Kettles 7</arxiv:journal_reference>
    <dc:creator>Ada Author, Ben Bystander</dc:creator>"""
    rss = fields.format(text="description", id="guid", date="pubDate", day="Tue, 11 Mar 2025 00:00:00 -0400")
    atom = fields.format(text="summary", id="id", date="published", day="2025-03-11T00:00:00-04:00")
    paper = record(
        ATOM, f'{atom}<category term="cs.KT"/><link href="https://arxiv.org/abs/2503.01234" rel="alternate"/>'
    )
    assert paper == record(RSS, f"{rss}<category>cs.KT</category><link>https://arxiv.org/abs/2503.01234</link>")
    assert (paper.venue, paper.tags, paper.published) == ("J. Kettles 7", ("cs.KT",), PartialDate(2025, 3, 11))
    assert [str(each) for each in paper.identifiers] == ["arxiv:2503.01234", "doi:10.1000/x"]


@pytest.mark.parametrize("kind", ["cross", "replace", "replace-cross"])
def test_the_day_on_which_an_older_paper_is_announced_is_not_its_own(kind: str) -> None:
    dated = "<title>A</title><pubDate>Tue, 11 Mar 2025 00:00:00 -0400</pubDate>"
    marked = record(RSS, f"{dated}<arxiv:announce_type>{kind}</arxiv:announce_type>")
    said = record(RSS, f"{dated}<description>arXiv:2402.01234v2 Announce Type: {kind}\nAbstract: Rare.</description>")
    assert (marked.published, said.published) == (None, None)


@pytest.mark.parametrize(
    ("creator", "authors"),
    [
        ("Ada Author, Ben Bystander", ("Ada Author", "Ben Bystander")),
        ("Ada Author (Institute of Tea, Leaves, and Water), Ben Bystander", ("Ada Author", "Ben Bystander")),
        ("A. Author (1 and 2), B. Bystander (2) ((1) Tea, (2) Rain (and Sun))", ("A. Author", "B. Bystander")),
        ("Ada Author (unclosed, Ben Bystander", ("Ada Author (unclosed", "Ben Bystander")),
        ("A. Author, Jr., B. Bystander", ("A. Author, Jr.", "B. Bystander")),
        ("", ()),
    ],
)
def test_authors_are_one_text_with_affiliations_in_brackets(creator: str, authors: tuple[str, ...]) -> None:
    assert record(RSS, f"<title>A</title><dc:creator>{creator}</dc:creator>").authors == authors


@pytest.mark.parametrize(
    ("written", "title", "version", "tags"),
    [
        ("Galaxies. (arXiv:1907.01234v1 [astro-ph.GA])", "Galaxies", 1, ("astro-ph.GA",)),
        ("Is it $z \\sim 2$?. (arXiv:1907.01234v3 [hep-ph] UPDATED)", "Is it $z \\sim 2$?", 3, ("hep-ph",)),
        ("A (B) C. (arXiv:0905.01234v1 [cs.AI] CROSS LISTED)", "A (B) C", 1, ("cs.AI",)),
        ("An Erratum to (arXiv:1907.01234v1)", "An Erratum to (arXiv:1907.01234v1)", None, ()),
    ],
)
def test_what_named_a_paper_stood_behind_its_title(
    written: str, title: str, version: int, tags: tuple[str, ...]
) -> None:
    paper = record(RDF, f"<title>{written}</title>")
    assert (paper.title, paper.arxiv_version, paper.tags) == (title, version, tags)


def test_before_2024_abstracts_were_html_and_authors_links() -> None:
    paper = record(
        RDF,
        """<title>A. (arXiv:math/0309136v1 [math.GT])</title><link>http://arxiv.org/abs/math/0309136</link>
        <description rdf:parseType="Literal">&lt;p&gt;Knots, see &lt;a href="http://x.example"&gt;this URL&lt;/a&gt;.
        &lt;/p&gt;</description>
        <dc:creator>&lt;a href="http://arxiv.org/find/math/1/au:+Author_A/0/1"&gt;A. Author&lt;/a&gt; (1),
        &lt;a href="http://arxiv.org/find/math/1/au:+Bystander_B/0/1"&gt;B. Bystander&lt;/a&gt; ((1) Tea, Inc.)
        </dc:creator>""",
    )
    assert paper.abstract == "Knots, see this URL."
    assert paper.authors == ("A. Author", "B. Bystander")
    assert [str(each) for each in paper.identifiers] == ["arxiv:math/0309136"]


def test_code_that_is_told_of_in_a_comment_is_linked() -> None:
    comment = "<arxiv:comment>Code: https://github.com/kettles/tulu.</arxiv:comment>"
    assert record(RSS, f"<title>A</title>{comment}").links == (Link("code", "https://github.com/kettles/tulu"),)


def test_an_error_is_told_in_the_words_of_arxiv() -> None:
    error = """<rss version="2.0"><channel><title>Feed error for query: http://rss.arxiv.org/rss/cs.XX</title>
        <description>Bad subject code: XX.</description></channel></rss>"""
    assert recognise(document(error))[0].name == "arxiv-feed"
    with pytest.raises(UnreadableFile, match="an error of arXiv’s: Bad subject code: XX"):
        list(read(error))
