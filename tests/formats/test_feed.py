"""Feeds of any kind: journals', preprint servers', searches', blogs'."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Reading

LONG = "Kettles that follow instructions are rare. " * 6


def document(content: str) -> Document:
    return Document("x", lambda: io.BytesIO(content.encode()))


def read(content: str) -> Reading:
    return readers()["feed"].read(document(content))


def record(fields: str, name: str = "item") -> PaperRecord:
    [item] = read(f"<{name}><title>A title</title>{fields}</{name}>")
    assert isinstance(item, Found)
    return item.record


def titled(title: str) -> str:
    [item] = read(f"<item><title>{title}</title></item>")
    assert isinstance(item, Found)
    return item.record.title


def named(paper: PaperRecord) -> list[str]:
    return [str(each) for each in paper.identifiers]


@pytest.mark.parametrize(
    ("start", "is_known"),
    [
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>', True),
        ('<!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91">', True),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">', True),
        ('<rdf:RDF xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>News</title>', True),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>', True),
        ('<ns0:feed xmlns:ns0="http://www.w3.org/2005/Atom"><ns0:title>News</ns0:title>', True),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#">', True),
        ('<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="x"><bib:Article>', False),
        ("<html><title>About rss</title></html>", False),
        ('<opml version="2.0"><outline type="rss" xmlUrl="x"/></opml>', False),
        ("# About <rss>", False),
    ],
)
def test_it_is_known_by_its_outermost_element(start: str, is_known: bool) -> None:
    assert bool(readers()["feed"].recognise(document(start))) is is_known


def test_a_feed_of_nobody_s_in_particular_is_read_as_this() -> None:
    assert recognise(document('<rss version="2.0"><channel><title>News</title></channel></rss>'))[0].name == "feed"


@pytest.mark.parametrize(
    "content",
    [
        "<rss><channel><title>News &amp;amp; Papers</title><pubDate>Tue, 11 Mar 2025 05:26:54 GMT</pubDate>{}",
        "<rss><channel><title>News &amp; Papers</title><lastBuildDate>11 Mar 2025 05:26 GMT</lastBuildDate>{}",
        "<RDF><channel><title>News &amp; Papers</title><dc:date>2025-03-11T00:00:00+01:00</dc:date></channel>{}</RDF>",
        '<feed><title type="html">News &amp;amp; Papers</title><updated>2025-03-11T06:00:00Z</updated>{}</feed>',
    ],
)
def test_the_digest_is_the_feed_on_its_day(content: str) -> None:
    [item] = read(content.format("<item><title>A</title></item>"))
    assert item.digest == DigestRecord("News & Papers", PartialDate(2025, 3, 11))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Tea &lt;i&gt;in vivo&lt;/i&gt;", r"Tea \emph{in vivo}"),
        ("<![CDATA[Tea & H<sub>2</sub>O]]>", "Tea & H$_{2}$O"),
        ("Tea for z &lt; 6.6 &amp;amp; more", "Tea for z < 6.6 & more"),
        ("Tea\n  for two", "Tea for two"),
        ("[ASAP] Tea", "Tea"),
        ("[PDF] Tea", "Tea"),
        ('<div xmlns="http://www.w3.org/1999/xhtml">Tea <em>for</em> two</div>', r"Tea \emph{for} two"),
    ],
)
def test_a_title_may_be_html_in_any_disguise(written: str, title: str) -> None:
    assert titled(written) == title


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("<link>https://arxiv.org/abs/2503.01234v2</link>", ["arxiv:2503.01234"]),
        ("<guid>https://doi.org/10.1000/X</guid>", ["doi:10.1000/x"]),
        ("<prism:doi>10.1000/x</prism:doi><dc:identifier>doi:10.1000/x</dc:identifier>", ["doi:10.1000/x"]),
        ("<dc:identifier>pmid:38731185</dc:identifier><guid>pubmed:38731185</guid>", ["pmid:38731185"]),
        ('<link href="https://openreview.net/forum?id=Ab-1" rel="alternate"/>', ["openreview:Ab-1"]),
        (
            "<link>https://www.biorxiv.org/content/10.1101/2024.05.20.594987v1?rss=1</link>",
            ["doi:10.1101/2024.05.20.594987"],
        ),
        ("<link>https://huggingface.co/papers/2503.01234</link>", ["arxiv:2503.01234"]),
        ('<link href="https://doi.org/10.1000/other" rel="related"/>', []),
        ("<description>&lt;p&gt;DOI: 10.1000/x&lt;/p&gt;</description>", ["doi:10.1000/x"]),
        ("<description>It follows 10.1000/other.</description>", []),
    ],
)
def test_identifiers_stand_in_many_places(fields: str, identifiers: list[str]) -> None:
    assert named(record(fields)) == identifiers


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        (
            "<dc:creator>Ada Author</dc:creator><dc:creator>Bystander, Ben</dc:creator>",
            ("Ada Author", "Ben Bystander"),
        ),
        ("<dc:creator>Author, A., Bystander, B. C.</dc:creator>", ("A. Author", "B. C. Bystander")),
        ("<dc:creator><![CDATA[\nAda Author, \nBen Bystander]]></dc:creator>", ("Ada Author", "Ben Bystander")),
        ("<dc:creator>Author, Ada</dc:creator>", ("Ada Author",)),
        ("<author><name>Ada Author</name></author><author><name>B.</name></author>", ("Ada Author", "B.")),
        ("<author>ada@tea.example (Ada Author)</author>", ("Ada Author",)),
        ("<author>ada@tea.example</author>", ()),
        ("<authors>Ada Author;Ben Bystander;</authors>", ("Ada Author", "Ben Bystander")),
        (
            "<description>&lt;b&gt;Authors:&lt;/b&gt; A. Author, B. Bystander</description>",
            ("A. Author", "B. Bystander"),
        ),
        ("<description>Author(s): A. Author and B. Bystander</description>", ("A. Author", "B. Bystander")),
    ],
)
def test_authors_stand_in_many_places(fields: str, authors: tuple[str, ...]) -> None:
    assert record(fields).authors == authors


def test_a_first_paragraph_of_all_authors_is_none_of_the_abstract() -> None:
    paper = record(
        f"""<author>Ada Author</author><description>&lt;p&gt; Ada Author, Ben Bystander &lt;/p&gt;
        &lt;p&gt;{LONG}&lt;/p&gt;&lt;p&gt;&lt;b&gt; Comments: &lt;/b&gt; see https://github.com/a/b &lt;/p&gt;
        &lt;p&gt;&lt;b&gt; PDF: &lt;/b&gt; &lt;a&gt;https://arxiv.org/pdf/2503.01234v1&lt;/a&gt;&lt;/p&gt;</description>"""
    )
    assert (paper.abstract, paper.authors) == (LONG.strip(), ("Ada Author", "Ben Bystander"))
    assert (named(paper), paper.links) == (["arxiv:2503.01234"], (Link("code", "https://github.com/a/b"),))


@pytest.mark.parametrize(
    ("description", "abstract", "snippet"),
    [
        (LONG, LONG.strip(), ""),
        (f"{LONG} And so …", "", f"{LONG} And so …"),
        (f"{LONG} And so [...]", "", f"{LONG} And so [...]"),
        ("A teaser.", "", "A teaser."),
        ("&lt;b&gt;Summary:&lt;/b&gt; A short one.", "A short one.", ""),
        (
            "&lt;p&gt;J Tea. 2024;1:3. doi: 10.1000/x.&lt;/p&gt;&lt;b&gt;ABSTRACT&lt;/b&gt;&lt;br/&gt;Brief.",
            "Brief.",
            "",
        ),
        ("Tea, Volume 7, Issue 2, Page 1-9, March 2025.", "", ""),
        ("&lt;p&gt;Tea, Published online: 4 March 2025; doi:10.1000/x&lt;/p&gt;Why tea matters", "", "Why tea matters"),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;The post Tea appeared first on Blog.&lt;/p&gt;", "", "One."),
        ("&lt;p&gt;Publication date: May 2025&lt;/p&gt;&lt;p&gt;&lt;b&gt;Source:&lt;/b&gt; Tea&lt;/p&gt;", "", ""),
        ("&lt;b&gt;Authors:&lt;/b&gt; N/A&lt;br&gt;&lt;b&gt;Summary:&lt;/b&gt; N/A", "", ""),
        ("", "", ""),
    ],
)
def test_a_description_is_an_abstract_or_a_piece_of_one(description: str, abstract: str, snippet: str) -> None:
    paper = record(f"<description>{description}</description>")
    assert (paper.abstract, paper.snippet) == (abstract, snippet)


@pytest.mark.parametrize(
    ("description", "abstract"),
    [
        (f"{LONG}\n  and wrapped\nlines.\n\n\nAnd more.", f"{LONG.strip()}\nand wrapped\nlines.\n\nAnd more."),
        (f"&lt;p&gt;{LONG}\nwrapped&lt;/p&gt;&lt;p&gt;And more.&lt;/p&gt;", f"{LONG}wrapped\n\nAnd more."),
        (f"Authors: A. Author\nAbstract: {LONG}\nwrapped\nComments: none", f"{LONG.strip()}\nwrapped"),
    ],
)
def test_paragraphs_are_told_from_wrapped_lines(description: str, abstract: str) -> None:
    assert record(f"<description>{description}</description>").abstract == abstract


def test_html_may_have_been_escaped_by_halves() -> None:
    paper = record(
        f"""<author>Ada Author</author><description>&lt;![CDATA[\nAda Author, Ben Bystander\n&lt;br&gt;\n{LONG}
        For $0&lt;z&lt;13$.\n&lt;br&gt;\nComments: none\n&lt;br&gt; PDF: &lt;a href="x" /&gt; here &lt;/a&gt;
        ]]</description>"""
    )
    assert paper.abstract == f"{LONG} For $0<z<13$.".replace("  ", " ")
    assert paper.authors == ("Ada Author", "Ben Bystander")


def test_of_several_texts_the_one_that_says_most_is_taken() -> None:
    paper = record(f"<description>Kettles …</description><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded>")
    assert (paper.abstract, paper.snippet) == (LONG.strip(), "")


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("<pubDate>Thu, 20 Aug 2026 06:24:13 GMT</pubDate>", PartialDate(2026, 8, 20)),
        (
            "<published>2026-08-20T06:24:13Z</published><updated>2026-09-01T00:00:00Z</updated>",
            PartialDate(2026, 8, 20),
        ),
        ("<updated>2026-09-01T00:00:00Z</updated>", PartialDate(2026, 9, 1)),
        ("<dc:date>2024-05</dc:date>", PartialDate(2024, 5)),
        ("<prism:publicationDate>2024</prism:publicationDate>", PartialDate(2024)),
        ("<description>Publication date: Available online 22 August 2026</description>", PartialDate(2026, 8, 22)),
        ("<description>Publication date: January 2027</description>", PartialDate(2027, 1)),
        ("<pubDate>soon</pubDate>", None),
    ],
)
def test_dates_are_as_exact_as_they_are_written(fields: str, published: PartialDate | None) -> None:
    assert record(fields).published == published


@pytest.mark.parametrize(
    "fields",
    [
        "<prism:publicationName>Tea</prism:publicationName><dc:source>Other</dc:source>",
        "<dc:source>Tea, Published online: 2024-05-20; | doi:10.1000/x</dc:source>",
        "<description>&lt;p&gt;&lt;b&gt;Source:&lt;/b&gt; Tea, Volume 12&lt;/p&gt;</description>",
    ],
)
def test_the_journal_is_the_venue(fields: str) -> None:
    assert record(fields).venue == "Tea"


@pytest.mark.parametrize(
    "fields",
    [
        "<category>tea</category><category domain='x'>milk</category><category>tea</category>",
        '<category term="tea"/><category term="m" label="milk"/><category term="http://schemas.example#post"/>',
        "<dc:subject>tea</dc:subject><dc:subject>milk</dc:subject>",
        "<description>Keywords: tea, milk</description>",
    ],
)
def test_categories_are_tags(fields: str) -> None:
    assert record(fields).tags == ("tea", "milk")


def test_an_entry_that_names_no_work_keeps_its_page() -> None:
    assert record("<link>https://blog.example/tea</link>").links == (Link("page", "https://blog.example/tea"),)
    assert record("<link>https://arxiv.org/abs/2503.01234</link>").links == ()


def test_what_belongs_to_others_is_none_of_the_entry_s() -> None:
    paper = record("<media:title>A picture</media:title><source><title>A planet</title></source>", "entry")
    assert paper == PaperRecord(title="A title")


ZOTERO = """<author><name>somebody</name></author><id>http://zotero.org/somebody/items/T4</id>
    <published>2025-03-11T00:27:03Z</published><zapi:itemType>journalArticle</zapi:itemType>
    <zapi:creatorSummary>Author and Bystander</zapi:creatorSummary><zapi:year>2007</zapi:year>"""


def test_of_a_zotero_library_a_work_is_in_a_table_and_who_put_it_there_is_no_author() -> None:
    paper = record(
        f"""{ZOTERO}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><table>
        <tr class="creator"><th>Author</th><td>T. J. Author</td></tr>
        <tr class="creator"><th>Author</th><td>B. Bystander</td></tr>
        <tr><th>Publication</th><td>Journal of Tea</td></tr><tr><th>Volume</th><td>7</td></tr>
        <tr><th>Date</th><td>2007-05</td></tr><tr><th>DOI</th><td>10.1000/x</td></tr><tr></tr>
        <tr><th>Abstract</th><td>Tea is discussed.</td></tr></table></div></content>""",
        "entry",
    )
    assert paper == PaperRecord(
        title="A title",
        abstract="Tea is discussed.",
        authors=("T. J. Author", "B. Bystander"),
        identifiers=paper.identifiers,
        published=PartialDate(2007, 5),
        venue="Journal of Tea",
    )
    assert named(paper) == ["doi:10.1000/x"]


def test_of_a_zotero_library_without_tables_what_is_left_is_read() -> None:
    paper = record(f'{ZOTERO}<content type="application/json">{{"title": "A"}}</content>', "entry")
    assert paper == PaperRecord(title="A title", authors=("Author", "Bystander"), published=PartialDate(2007))
