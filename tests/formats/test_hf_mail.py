"""The daily mail of Hugging Face papers: links whose words are titles, in HTML and in plain text."""

import base64
import io
import quopri
from collections.abc import Sequence

import pytest

from papers.dates import DayOfYear, PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document
from papers.formats.record import DigestRecord, Found, Unreadable

SENDER = "Hugging Face <daily_papers_digest@notifications.huggingface.co>"
SENT = "Tue, 11 Mar 2025 18:00:00 +0000"
SUBJECT = "Daily papers of 11 Mar 2025"
URL = "https://huggingface.co/papers"
INTRO = "Here is the selection of papers for today (11 Mar):"
BODY = (
    f'<p>{INTRO}</p><a href="{URL}/2503.00001?utm_source=digest-papers&amp;utm_campaign=x">Kettles (123 ▲)</a><br>\n'
    f'<a href="{URL}/2503.00002?utm_source=digest-papers">Sparse Umbrellas (4 ▲)</a>\n'
)
PLAIN = (
    f"Daily Papers\nby AK and the AI research community\n{INTRO}\n"
    f"Kettles (123 ▲)\n<{URL}/2503.00001?utm_source=digest-papers>\n"
    f"Sparse Umbrellas (4 ▲) <{URL}/2503.00002>\nTo view more, see today's page.\n{URL}?utm\n"
)
BOTH = [("Kettles", "arxiv:2503.00001"), ("Sparse Umbrellas", "arxiv:2503.00002")]


def part(kind: str, text: str, how: str = "8bit") -> bytes:
    """A part of a mail, or its only one, with its own headers."""
    content = text.encode()
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(how, bytes)(content)
    return f"Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: {how}\n\n".encode() + coded


def mail(
    body: bytes, subject: str = SUBJECT, sender: str = SENDER, date: str = "Tue, 11 Mar 2025 18:00:00 +0000"
) -> bytes:
    return f"From: {sender}\nSubject: {subject}\nDate: {date}\nMIME-Version: 1.0\n".encode() + body


def multipart(*parts: bytes) -> bytes:
    between = b"".join(b"\n--edge\n" + each for each in parts)
    return b'Content-Type: multipart/alternative; boundary="edge"\n' + between + b"\n--edge--\n"


def read(content: bytes) -> list[Found | Unreadable]:
    reader, text = recognise(Document("mail.eml", lambda: io.BytesIO(content)))
    assert reader.name == "hf-mail"
    return list(reader.read(text))


def papers(items: Sequence[Found | Unreadable]) -> list[tuple[str, str]]:
    assert all(isinstance(item, Found) for item in items), items
    return [
        (item.record.title, " ".join(map(str, item.record.identifiers))) for item in items if isinstance(item, Found)
    ]


def alone(text: str) -> list[Found | Unreadable]:
    """What is read of a mail's text without the mail."""
    return list(readers()["hf-mail"].read(Document("text", lambda: io.BytesIO(text.encode()))))


@pytest.mark.parametrize("how", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_mail_is_read_in_html_and_in_plain_text(kind: str, how: str) -> None:
    assert papers(read(mail(part(kind, BODY if kind == "text/html" else PLAIN, how)))) == BOTH


def test_what_stands_in_two_parts_is_read_once_from_the_one_with_links() -> None:
    without_links = f"{INTRO}\nKettles (123 ▲)\nSparse Umbrellas (4 ▲)\n"
    for plain in (PLAIN, without_links):
        assert papers(read(mail(multipart(part("text/plain", plain), part("text/html", BODY))))) == BOTH


def test_the_digest_is_of_the_day_in_the_subject() -> None:
    for item in read(mail(part("text/html", BODY))):
        assert item.digest == DigestRecord("Hugging Face daily papers", PartialDate(2025, 3, 11))


@pytest.mark.parametrize(
    ("subject", "date"),
    [
        ("Daily papers of 6 May 2025", PartialDate(2025, 5, 6)),
        ("Fwd: Daily papers of 30 Apr 2025", PartialDate(2025, 4, 30)),
        ("Daily papers of 9 September 2024", PartialDate(2024, 9, 9)),
        ("Daily papers of Mar 2025", PartialDate(2025, 3, 11)),
        ("Daily papers of  Mar 2025", PartialDate(2025, 3, 11)),
        ("Daily papers of", PartialDate(2025, 3, 11)),
    ],
)
def test_a_subject_without_a_number_leaves_the_day_to_the_text(subject: str, date: PartialDate) -> None:
    sent = "Wed, 12 Mar 2025 02:00:00 +0900"
    assert {item.digest.date for item in read(mail(part("text/html", BODY), subject, date=sent))} == {date}


def test_with_no_day_in_subject_or_text_it_is_the_day_it_was_sent() -> None:
    body = BODY.replace(INTRO, "")
    items = read(mail(part("text/html", body), "Daily papers of Mar 2025"))
    assert {item.digest.date for item in items} == {PartialDate(2025, 3, 11)}


def test_a_text_alone_says_its_day_without_the_year() -> None:
    assert {item.digest.date for item in alone(PLAIN)} == {DayOfYear(3, 11)}


def test_a_mail_that_was_forwarded_is_known_by_its_subject_and_quoted_headers() -> None:
    quoted = "".join(f"> {line}\n" for line in PLAIN.split("\n"))
    assert papers(read(mail(part("text/plain", quoted), f"Fwd: {SUBJECT}", "A Friend <friend@example.org>"))) == BOTH
    forwarded = f"---------- Forwarded message ---------\nFrom: {SENDER}\nSubject: {SUBJECT}\n\n{PLAIN}"
    items = read(mail(part("text/plain", forwarded), "Have a look", "A Friend <friend@example.org>"))
    assert papers(items) == BOTH
    assert {item.digest.date for item in items} == {PartialDate(2025, 3, 11)}


@pytest.mark.parametrize(
    "links",
    [
        '<a href="{url}">Kettles (5 ▲)</a> <a href="{url}">PDF</a> <a href="{url}#community">3 comments</a>',
        '<a href="{url}"><img src="a.png"></a> <a href="{url}">Kettles (5 ▲)</a>',
        '<a href="{url}">PDF</a> <a href="{url}">Kettles (5 ▲)</a>',
        '<a href="{url}">Read more</a> <a href="{url}">Kettles</a>',
        '<a href="{url}">Submitted by ada</a> <a href="{url}">Kettles (5 ▲)</a>',
        '<a class="x" href=\'{url}\' style="color: red"><b>Kettles</b>\n (<span>1.2k</span>&nbsp;▲)</a>',
        '<A HREF="{url}"><strong>Kettles (5 ▲)</strong></A>',
        '<a href="{url}">Kettles</a> (5 ▲)',
        '<td><a href="{url}"><div>Kettles</div><div>(5 ▲)</div></a></td>',
    ],
)
@pytest.mark.parametrize(
    "url",
    [
        f"{URL}/2503.00001",
        f"{URL}/2503.00001?utm_source=digest-papers&amp;utm_medium=email",
        "https://click.example/CL0/https:%2F%2Fhuggingface.co%2Fpapers%2F2503.00001%3Futm_source=d/1/abc",
        "https://click.example/?u=https%253A%252F%252Fhuggingface.co%252Fpapers%252F2503.00001",
    ],
)
def test_a_paper_that_is_linked_more_than_once_is_one_entry_with_its_title(links: str, url: str) -> None:
    assert papers(alone(links.replace("{url}", url))) == [("Kettles", "arxiv:2503.00001")]


@pytest.mark.parametrize("path", ["", "/submit", "/date/2025-03-11", "/2503.1", "/2513.00001"])
def test_other_pages_are_no_papers(path: str) -> None:
    assert papers(alone(f'{BODY}<a href="{URL}{path}?utm">Daily papers</a>')) == BOTH


def test_a_number_that_is_of_the_title_stays() -> None:
    assert papers(alone(f'<a href="{URL}/2503.00001">Kettles (2025) (7 ▲)</a>'))[0][0] == "Kettles (2025)"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kettles (5 ▲)", "Kettles"),
        (f"Kettles (5 ▲) {URL}/2503.00001", "Kettles"),
        (f"Kettles (5 ▲)\n\n{URL}/2503.00001", "Kettles"),
        (f"* Kettles (5 ▲) ( {URL}/2503.00001 )", "Kettles"),
        (f"[Kettles (5 ▲)]({URL}/2503.00001?utm_source=x)", "Kettles"),
        (f"Kettles\n{URL}/2503.00001", "Kettles"),
        (f"{INTRO}\nKettles\n{URL}/2503.00001\n{URL}/2503.00001", "Kettles"),
        (
            f"Kettles and Everything That Can Be Said of Kettles in One\nTitle (5 ▲) <{URL}/2503.00001>",
            "Kettles and Everything That Can Be Said of Kettles in One Title",
        ),
    ],
)
def test_in_plain_text_a_title_ends_with_its_votes_or_before_its_address(text: str, title: str) -> None:
    for around in ("", "\r", "> "):
        lines = "\n".join(f"> {line}" if around == "> " else f"{line}{around}" for line in text.split("\n"))
        assert [found for found, _ in papers(alone(f"{lines}\n\nManage your subscription\n"))] == [title]


@pytest.mark.parametrize("text", [f'<a href="{URL}/2503.00001"><img src="a.png"></a>', f"{URL}/2503.00001"])
def test_a_link_to_a_paper_without_a_title_is_told_of(text: str) -> None:
    [item] = alone(text)
    assert isinstance(item, Unreadable)
    assert (item.text, item.reason) == (text, "a link to a paper without its title")


def test_a_mail_without_papers_is_no_error() -> None:
    assert read(mail(part("text/html", "<p>No papers today.</p>"))) == []


@pytest.mark.parametrize(
    "subject", ["Subject: {}", "> *Subject:* Fwd: {}", "<b>Subject:</b> {}<br>", "From: a<br>Subject: Re: Fwd: {}"]
)
def test_a_subject_that_was_quoted_says_the_day(subject: str) -> None:
    text = f"{subject.format('Daily papers of 6 May 2025')}\n{PLAIN.replace('utm_source=digest-papers', '')}"
    assert recognise(Document("text", lambda: io.BytesIO(text.encode())))[0].name == "hf-mail"
    assert {item.digest.date for item in alone(text)} == {PartialDate(2025, 5, 6)}


def test_words_about_daily_papers_do_not_make_a_mail() -> None:
    text = f"# The daily papers of Vienna, 1 May 2025\n\n## [Kettles]({URL}/2503.00001)\n\nThe daily papers of old."
    assert recognise(Document("text", lambda: io.BytesIO(text.encode())))[0].name == "markdown-list"


def test_another_mail_that_links_to_such_papers_is_not_taken_for_it() -> None:
    content = mail(part("text/html", f'<h2><a href="{URL}/2503.00001">A</a></h2>'), "My favourites", "friend@a.example")
    assert recognise(Document("mail.eml", lambda: io.BytesIO(content)))[0].name == "html-list"
