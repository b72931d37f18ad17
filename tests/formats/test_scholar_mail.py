"""A mail of Google Scholar alerts: in HTML with and without its class names, and in plain text."""

import io
from email.message import EmailMessage

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Reading

READER = readers()["scholar-mail"]
SENDER = "Google Scholar Alerts <scholaralerts-noreply@google.com>"


def document(content: str | bytes) -> Document:
    content = content.encode() if isinstance(content, str) else content
    return Document("alert", lambda: io.BytesIO(content))


def html(
    title: str = "A title", byline: str = "A Author - 2025", snippet: str = "It …", url: str = "https://a.b"
) -> str:
    return (
        f'<h3><a href="{url}" class="gse_alrt_title">{title}</a></h3><div style="color:#006621">{byline}</div>'
        f'<div class="gse_alrt_sni">{snippet}</div><div style="width:auto"><table><tr><td>Save</td></tr></table></div>'
    )


def only(page: str) -> PaperRecord:
    [item] = READER.read(document(page))
    assert isinstance(item, Found)
    return item.record


def mail(*, sender: str = SENDER, subject: str = "lamps - new results", plain: str = "", page: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = sender, subject, "Tue, 11 Mar 2025 23:30:00 -0800"
    message["Message-ID"] = "<1@example.org>"
    if plain:
        message.set_content(plain)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def read(content: bytes) -> Reading:
    reader, text = recognise(document(content))
    assert reader == READER
    return reader.read(text)


@pytest.mark.parametrize(
    "subject",
    [
        '"lamps that learn" - new results',
        "Ada Author - new related research",
        "2 new citations to articles by Ada Author",
        "Ada Author - 新文章",
        "Новые статьи пользователя Ada Author",
        "Ada Author さんの論文からの引用: 1 件",
    ],
)
def test_the_subject_in_any_language_is_the_title_of_the_digest_of_that_day(subject: str) -> None:
    [item] = read(mail(subject=subject, page=html()))
    assert item.digest == DigestRecord("Google Scholar alerts", PartialDate(2025, 3, 11), subject)


def test_a_mail_sent_on_is_the_same_digest() -> None:
    [item] = read(mail(sender="ada@example.org", subject="Fwd: FW: lamps - new results", page=html()))
    assert item.digest.title == "lamps - new results"


def test_a_page_saved_from_a_mail_says_only_who_sends_it() -> None:
    reader, text = recognise(document(f"<html><body>{html()}</body></html>"))
    assert reader == READER
    [item] = reader.read(text)
    assert item.digest == DigestRecord("Google Scholar alerts")


def test_the_papers_keep_their_order_and_their_lines() -> None:
    found = list(READER.read(document(f"<html>\n{html('One')}\n{html('Two')}\n</html>")))
    assert [(item.record.title, item.place, item.line) for item in found if isinstance(item, Found)] == [
        ("One", 1, 2),
        ("Two", 2, 3),
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Salt &amp; pepper", "Salt & pepper"),
        ("A title\n   over lines", "A title over lines"),
        ("[PDF] A title", "A title"),
        ("[PDF][B] A title", "A title"),
        ("[Retracted] A title", "[Retracted] A title"),
        ("Of <b>lamps</b>", r"Of \textbf{lamps}"),
    ],
)
def test_a_title_has_no_label_before_it(written: str, title: str) -> None:
    assert only(html(written)).title == title


def test_a_label_beside_the_title_is_no_part_of_it() -> None:
    assert only(html().replace("<h3>", "<h3><span>[PDF]</span> ")).title == "A title"


@pytest.mark.parametrize(
    ("byline", "authors", "venue", "year"),
    [
        ("A Author, B Beam - Journal of Dusk, 2019", ("A Author", "B Beam"), "Journal of Dusk", 2019),
        ("A Author&nbsp;- Journal of Dusk, 2019", ("A Author",), "Journal of Dusk", 2019),
        ("A Author - Journal of Dusk, 2019 - Elsewhere", ("A Author",), "Journal of Dusk", 2019),
        ("A Author - Dusk - a journal, 2019", ("A Author",), "Dusk - a journal", 2019),
        ("A Author - 2019", ("A Author",), "", 2019),
        ("A Author, B Beam", ("A Author", "B Beam"), "", None),
        ("A Author, B Beam… - 2019", ("A Author", "B Beam"), "", 2019),
        ("A Author, B Beam, … - 2019", ("A Author", "B Beam"), "", 2019),
        ("A Author - 2019 Conference on Lamps …", ("A Author",), "2019 Conference on Lamps …", None),
        ("A Author - … on Lamps (LAMP), 2019", ("A Author",), "… on Lamps (LAMP)", 2019),
        ("Journal of Dusk, 2019", (), "Journal of Dusk", 2019),
        ("", (), "", None),
    ],
)
def test_the_byline_says_who_where_and_when(
    byline: str, authors: tuple[str, ...], venue: str, year: int | None
) -> None:
    record = only(html(byline=byline))
    assert (record.authors, record.venue) == (authors, venue)
    assert record.published == (PartialDate(year) if year else None)


@pytest.mark.parametrize(
    ("byline", "arxiv_id"),
    [
        ("A Author - arXiv preprint arXiv:2503.00001, 2025", "arxiv:2503.00001"),
        ("A Author - arXiv preprint hep-th/0001001, 2000", None),
        ("A Author - arXiv preprint arXiv:hep-th/0001001, 2000", "arxiv:hep-th/0001001"),
        ("A Author - arXiv preprint arXiv:2503.0000 …", None),
        ("A Author - arXiv preprint arXiv …, 2025", None),
    ],
)
def test_the_venue_may_be_an_arxiv_id_unless_it_is_cut_off(byline: str, arxiv_id: str | None) -> None:
    assert [str(each) for each in only(html(byline=byline)).identifiers] == ([arxiv_id] if arxiv_id else [])


SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fscholar.google.com%2Fscholar_url%3Furl%3D"


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        (
            "https://scholar.google.com/scholar_url?url=https://example.org/a&amp;hl=en&amp;sa=X",
            "https://example.org/a",
        ),
        ("http://scholar.google.co.jp/scholar_url?hl=ja&amp;url=https://example.org/a", "https://example.org/a"),
        (
            "https://scholar.google.com/scholar_url?url=https://a.org/b%3Fc%3D1%26d%3D2&amp;hl=en",
            "https://a.org/b?c=1&d=2",
        ),
        (f"{SAFE}https%3A%2F%2Fexample.org%2Fa%26hl%3Den&amp;data=05", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/a"),
        ("scholar_url?url=", None),
    ],
)
def test_an_address_is_where_it_leads_in_the_end(url: str, leads_to: str | None) -> None:
    assert only(html(url=url)).links == ((Link("page", leads_to),) if leads_to else ())


def test_an_address_that_identifies_the_paper_is_no_link_beside() -> None:
    record = only(html(url="https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2503.00001v2&amp;hl=en"))
    assert (str(record.identifiers[0]), record.arxiv_version, record.links) == ("arxiv:2503.00001", 2, ())


def test_what_is_said_of_a_paper_is_a_piece_of_its_abstract() -> None:
    record = only(html(snippet="Lamps of a light-<br>weight kind <br>count&nbsp;…"))
    assert (record.snippet, record.abstract, record.note) == ("Lamps of a light-weight kind count …", "", "")


def test_without_its_class_names_a_title_is_what_leads_through_scholar() -> None:
    page = (
        '<p><a href="https://scholar.google.com/scholar_url?url=https://a.b/c&amp;hl=en">A title</a></p>'
        "<p>A Author - Journal of Dusk, 2019</p><p>Lamps can<br>count …</p>"
        "<p>This message was sent by Google Scholar.</p>"
        '<a href="https://scholar.google.com/scholar_url?url=https://a.b/x.gif"><img></a>'
    )
    [item] = read(mail(sender="ada@example.org", page=page))
    assert isinstance(item, Found)
    assert (item.record.title, item.record.venue, item.record.snippet) == (
        "A title",
        "Journal of Dusk",
        "Lamps can count …",
    )


PLAIN = """\
[PDF] A title over
two lines
<https://scholar.google.com/scholar_url?url=https://a.b/c.pdf&hl=en>
A Author, B Beam - Journal of
Dusk, 2019
Lamps of a light-
weight kind count …
Cites: Somebody's paper

Another title
<https://scholar.google.com/scholar_url?url=https://arxiv.org/abs/2503.00001&hl=en>
C Candle - 2025
Wicks …

This message was sent by Google Scholar because you're following new results.
"""


@pytest.mark.parametrize("text", [PLAIN, "".join(f"> {line}\n" for line in PLAIN.splitlines())])
def test_plain_text_has_title_address_byline_and_snippet_on_lines_of_their_own(text: str) -> None:
    first, second = read(mail(plain=text))
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert first.record == PaperRecord(
        title="A title over two lines",
        authors=("A Author", "B Beam"),
        venue="Journal of Dusk",
        published=PartialDate(2019),
        snippet="Lamps of a light-weight kind count …",
        links=(Link("pdf", "https://a.b/c.pdf"),),
    )
    assert (second.record.title, second.record.snippet, second.line) == ("Another title", "Wicks …", 10)


def test_of_a_mail_in_both_shapes_the_html_is_read() -> None:
    [item] = read(mail(plain=PLAIN, page=html("In HTML")))
    assert isinstance(item, Found)
    assert item.record.title == "In HTML"


def test_a_title_that_never_ends_is_not_taken_together_with_the_next() -> None:
    titles = "".join(f'<a class="gse_alrt_title" href="https://a.b/{number}">Title {number}' for number in (1, 2))
    found = list(READER.read(document(f"<h3>{titles}")))
    assert [item.record.title for item in found if isinstance(item, Found)] == ["Title 1", "Title 2"]


def test_a_mail_without_papers_is_said_to_be_one() -> None:
    with pytest.raises(UnreadableFile, match="without papers"):
        list(read(mail(subject="Confirm your alert", page="<p>Click <a href='https://a.b'>here</a>.</p>")))


def test_a_page_about_the_class_names_is_no_mail() -> None:
    assert not READER.recognise(document("<style>.gse_alrt_title{color:red}</style><p>gse_alrt_title</p>"))
