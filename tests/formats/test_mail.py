"""A mail is read by its texts, and by what stands above it."""

import datetime as dt
import io
from email.message import EmailMessage

import pytest

from papers.formats import recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.parts.mail import LARGEST, Mail, is_mail
from papers.formats.record import Found

HEADER = b"From: Weekly <weekly@example.org>\nSubject: Papers\nDate: Tue, 11 Mar 2025 10:00:00 +0000\n"


def document(content: bytes) -> Document:
    return Document("given.eml", lambda: io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    return [body.text() for body in document(content).bodies()]


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (HEADER + b"\nHello.\n", True),
        (HEADER.replace(b"\n", b"\r\n") + b"\r\nHello.\r\n", True),
        (b"\xef\xbb\xbf" + HEADER + b"\nHello.\n", True),
        (b"\n" + HEADER + b"\nHello.\n", True),
        (b"From weekly@example.org Tue Mar 11 10:00:00 2025\n" + HEADER + b"\nHello.\n", True),
        (b"Received: by x\n\tid 1; Tue, 11 Mar 2025\nDelivered-To: me\nSubject: x\n\nHello.\n", True),
        (b"Message-ID: <1@example.org>\n\nHello.\n", True),
        (b"Title: A Paper\nAuthors: Ada Author\nDate: 2025\n\nAn abstract.\n", False),
        (b"Subject: astro-ph daily\nDate: Tue, 11 Mar 2025\n\n----\n", False),
        (b"From: nobody\n\nHello.\n", False),
        (b"From here on: words\n\nHello.\n", False),
        (HEADER, False),
        (b"", False),
    ],
)
def test_it_is_known_by_its_header(head: bytes, is_one: bool) -> None:
    assert is_mail(head) is is_one


def test_what_stands_above_it_is_kept() -> None:
    [body] = document(HEADER + b"\nHello.\n").bodies()
    assert body.mail == Mail("Weekly <weekly@example.org>", "Papers", dt.date(2025, 3, 11))
    assert body.text().strip() == "Hello."


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        (b"Subject: =?utf-8?b?w5xiZXIgUGFwaWVyZQ==?=", "Über Papiere"),
        (b"Subject: =?iso-8859-1?q?=DCber?=\n =?iso-8859-1?q?_Papiere?=", "Über Papiere"),
        (b"Subject: wrapped\n\tonto two lines", "wrapped onto two lines"),
        (b"Subject: =?no-such-charset?b?w5xiZXI=?=", "=?no-such-charset?b?w5xiZXI=?="),
        (b"Subject: =?utf-8?b?w?=", "=?utf-8?b?w?="),
        (b"X-Other: x", ""),
    ],
)
def test_a_subject_is_read_however_it_is_encoded(line: bytes, subject: str) -> None:
    [body] = document(b"From: a@example.org\nDate: x\n" + line + b"\n\nHello.\n").bodies()
    assert body.mail
    assert body.mail.subject == subject
    assert body.mail.date is None


def test_the_day_is_that_of_the_sender() -> None:
    content = HEADER.replace(b"10:00:00 +0000", b"23:30:00 -0500") + b"\nHello.\n"
    [body] = document(content).bodies()
    assert body.mail
    assert body.mail.date == dt.date(2025, 3, 11)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_text_is_read_however_it_is_encoded(encoding: str, charset: str) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "x"
    message.set_content("论文 = 100 %\n", charset=charset, cte=encoding)
    assert texts(message.as_bytes()) == ["论文 = 100 %\n"]


@pytest.mark.parametrize("charset", [b"", b"; charset=no-such-charset", b"; charset=ascii"])
def test_a_text_in_no_encoding_that_it_says_is_read_by_what_it_looks_like(charset: bytes) -> None:
    content = HEADER + b"Content-Type: text/plain" + charset + b"\n\n" + "Über Papiere".encode("cp1252")
    assert texts(content) == ["Über Papiere"]


def test_of_a_text_that_is_there_twice_each_is_a_text_of_its_own() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "x"
    message.set_content("Plain.")
    message.add_alternative("<p>Marked up.</p>", subtype="html")
    message.add_attachment(b"attached", maintype="text", subtype="plain", filename="a.txt")
    assert [text.strip() for text in texts(message.as_bytes())] == ["Plain.", "<p>Marked up.</p>"]


def test_the_text_that_a_format_knows_is_read() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "x"
    message.set_content("This mail is best seen in a browser.")
    message.add_alternative('{"title": "A Paper"}\n{"title": "Another"}\n', subtype="html")
    reader, text = recognise(document(message.as_bytes()))
    assert [item.record.title for item in reader.read(text) if isinstance(item, Found)] == ["A Paper", "Another"]


def test_a_file_that_is_no_mail_is_its_own_text() -> None:
    plain = document(b"Hello.\n")
    assert plain.bodies() == [plain]


@pytest.mark.parametrize("content", [HEADER + b"\n", HEADER + b"Content-Type: image/png\n\nx\n"])
def test_a_mail_without_text_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="a mail without text"):
        document(content + b" ").bodies()


def test_a_mail_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="larger than 50 MB"):
        document(HEADER + b"\n" + b"x" * LARGEST).bodies()


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7"])
def test_halves_of_letters_in_a_text_spoil_no_mail(charset: str) -> None:
    halves = {"unicode_escape": b"\\ud800 x", "utf-7": b"+2AA- x"}[charset]
    head = f"From: a@example.org\nSubject: x\nContent-Type: text/plain; charset={charset}\n\n"
    assert "x" in texts(head.encode() + halves)[0]
