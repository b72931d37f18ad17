"""Archives, mailboxes and mails with files attached are the files in them; a hostile one is refused as a whole."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.exchange.files import LONGEST_NAME, InputFile
from papers.exchange.members import DEEPEST, MOST_MEMBERS, members
from papers.formats import recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.parts.mail import MOST_PARTS
from tests import world

LIST = b"".join(json.dumps(world.line(n)).encode() + b"\n" for n in (1, 2))
OTHER = json.dumps(world.line(3)).encode() + b"\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 11, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 1_741_651_200
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def gzipped_tar(files: Mapping[str, bytes]) -> bytes:
    return gzip.compress(tarred(files))


def mail(text: str = "A mail.\n", attached: Mapping[str, bytes] | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Weekly <weekly@example.org>", "Papers"
    message["Date"] = "Tue, 11 Mar 2025 10:00:00 +0000"
    message.set_content(text)
    for name, content in (attached or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mailbox(*mails: bytes) -> bytes:
    return b"\n".join(b"From weekly@example.org Tue Mar 11 10:00:00 2025\n" + each for each in mails)


def given_file(content: bytes, path: str = "given") -> InputFile:
    return InputFile(path, lambda: io.BytesIO(content))


def read(content: bytes) -> dict[str, bytes | str]:
    """What each file in it holds, or why it cannot be opened."""
    found: dict[str, bytes | str] = {}
    for member in members(given_file(content)):
        assert member.path not in found
        try:
            with member.open() as stream:
                found[member.path] = stream.read()
        except UnreadableFile as error:
            found[member.path] = str(error)
    return found


PACKED = [zipped, tarred, gzipped_tar]


@pytest.mark.parametrize("packed", PACKED)
def test_an_archive_is_the_files_in_it(packed: Callable[[Mapping[str, bytes]], bytes]) -> None:
    content = packed({"a.jsonl": LIST, "deep/b.jsonl": OTHER})
    assert read(content) == {"given/a.jsonl": LIST, "given/deep/b.jsonl": OTHER}


@pytest.mark.parametrize("packed", PACKED)
def test_a_file_in_an_archive_has_the_time_it_has_there(packed: Callable[[Mapping[str, bytes]], bytes]) -> None:
    [member] = members(given_file(packed({"a.jsonl": LIST})))
    assert str(member.time) == "2025-03-11"


@pytest.mark.parametrize("packed", PACKED)
def test_hidden_files_and_what_a_mac_adds_are_left_out(packed: Callable[[Mapping[str, bytes]], bytes]) -> None:
    content = packed({"a.jsonl": LIST, ".DS_Store": b"x", "__MACOSX/._a.jsonl": b"x", "deep/.git/index": b"x"})
    assert list(read(content)) == ["given/a.jsonl"]


def test_links_and_devices_in_an_archive_are_left_out() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"special-{kind.decode()}")
            info.type, info.linkname = kind, "elsewhere"
            archive.addfile(info)
        info = tarfile.TarInfo("a.jsonl")
        info.size = len(LIST)
        archive.addfile(info, io.BytesIO(LIST))
    assert read(packed.getvalue()) == {"given/a.jsonl": LIST}


def test_archives_in_one_another_are_opened_up() -> None:
    content = zipped({"a.tar": tarred({"b.zip": zipped({"c.jsonl": LIST})}), "d.jsonl": OTHER})
    assert read(content) == {"given/a.tar/b.zip/c.jsonl": LIST, "given/d.jsonl": OTHER}


def test_too_deep_is_refused_and_the_others_are_read() -> None:
    content = LIST
    for _ in range(DEEPEST + 2):
        content = zipped({"a": content})
    found = read(zipped({"deep": content, "flat": LIST}))
    assert found.pop("given/flat") == LIST
    [(path, reason)] = found.items()
    assert path.count("/") == DEEPEST
    assert "too often" in str(reason)


def test_a_mailbox_is_its_mails() -> None:
    first, second = mail("The first.\nFrom here on it is nice.\n"), mail("The second.\n\nFrom me, with regards.\n")
    found = read(mailbox(first, second))
    assert list(found) == ["given/mail 1.eml", "given/mail 2.eml"]
    texts = [content.decode() for content in found.values() if isinstance(content, bytes)]
    assert "The first.\nFrom here" in texts[0]
    assert "The second.\n\nFrom me" in texts[1]


def test_a_mailbox_with_one_mail_is_that_mail() -> None:
    assert list(read(mailbox(mail()))) == ["given"]


def test_a_mail_that_brings_a_list_is_that_list() -> None:
    assert read(mail("See the list.\n", {"list.jsonl": LIST})) == {"given/list.jsonl": LIST}


def test_a_mail_that_is_a_list_itself_and_brings_another_is_both() -> None:
    content = mail(LIST.decode(), {"other.jsonl": OTHER, "logo.png": b"\x89PNG"})
    assert read(content) == {"given": content, "given/other.jsonl": OTHER}


def test_a_mail_that_brings_nothing_to_read_is_itself() -> None:
    content = mail("Nothing.\n", {"logo.png": b"\x89PNG", "letter.txt": b"Dear all"})
    assert read(content) == {"given": content}


def test_a_mail_within_a_mail_is_read_too() -> None:
    forward = EmailMessage()
    forward["From"], forward["Subject"] = "ada@example.org", "Fwd: Papers"
    forward.set_content("For you.\n")
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = "weekly@example.org", "Papers", "Tue, 11 Mar 2025 10:00:00 +0000"
    inner.set_content(LIST.decode())
    forward.add_attachment(inner)
    assert list(read(forward.as_bytes())) == ["given/Papers.eml"]


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("name", ["../a.jsonl", "deep/../../a.jsonl", "/etc/a.jsonl", "..\\a.jsonl", "C:\\a.jsonl"])
def test_an_archive_with_a_name_that_leads_out_of_it_is_refused(
    packed: Callable[[Mapping[str, bytes]], bytes], name: str
) -> None:
    [reason] = read(packed({"good.jsonl": LIST, name: OTHER})).values()
    assert "leads out of it" in str(reason)


@pytest.mark.parametrize("packed", PACKED)
def test_an_archive_of_too_many_files_is_refused(packed: Callable[[Mapping[str, bytes]], bytes]) -> None:
    [reason] = read(packed({f"{number}": b"x" for number in range(MOST_MEMBERS + 1)})).values()
    assert "more than 10,000 files" in str(reason)


@pytest.mark.parametrize("packed", PACKED)
def test_an_archive_without_files_says_so(packed: Callable[[Mapping[str, bytes]], bytes]) -> None:
    assert list(read(packed({".hidden": b"x"})).values()) == ["an archive without files"]


@pytest.mark.parametrize(("name", "content"), [("[Content_Types].xml", b"x"), ("mimetype", b"application/epub+zip")])
def test_an_office_document_is_no_archive(name: str, content: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
        archive.writestr("content.xml", b"x")
    assert read(packed.getvalue()) == {"given": packed.getvalue()}
    with pytest.raises(UnreadableFile, match="an Office document"):
        recognise(Document("given", lambda: io.BytesIO(packed.getvalue())))


def test_an_archive_with_a_password_says_so() -> None:
    content = bytearray(zipped({"a.jsonl": LIST}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert list(read(bytes(content)).values()) == ["an archive with a password: unpack it first"]


def test_an_archive_that_unpacks_to_far_too_much_is_refused() -> None:
    [reason] = read(zipped({"bomb.txt": bytes(150_000_000)})).values()
    assert "unpacks to more than 200 times its size" in str(reason)


def test_a_mail_of_too_many_parts_is_refused() -> None:
    part = "--b\nContent-Type: text/plain\n\nx\n\n"
    head = "From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    [reason] = read((head + part * (MOST_PARTS + 1) + "--b--\n").encode()).values()
    assert "more than 1,000 parts" in str(reason)


def test_parts_are_counted_whatever_way_their_boundary_is_written() -> None:
    head = 'From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary*0="a"; boundary*1="b"\n\n'
    [reason] = read((head + "--ab\n\nx\n" * (MOST_PARTS + 1) + "--ab--\n").encode()).values()
    assert "more than 1,000 parts" in str(reason)


def test_an_archive_of_links_alone_is_refused() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("list.jsonl")
        info.type, info.linkname = tarfile.SYMTYPE, "/srv/list.jsonl"
        archive.addfile(info)
    assert list(read(packed.getvalue()).values()) == ["an archive without files"]


def test_an_archive_whose_files_are_holes_fills_no_disk() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("list.jsonl")
        info.pax_headers = {"GNU.sparse.map": "0,0", "GNU.sparse.size": "300000000", "GNU.sparse.numblocks": "1"}
        archive.addfile(info)
    assert list(read(packed.getvalue()).values()) == ["an archive with files that have holes in them: unpack it first"]


def test_a_file_from_a_day_that_no_calendar_has_is_read_all_the_same() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
        info = tarfile.TarInfo("list.jsonl")
        info.size, info.mtime = len(LIST), 2**62
        archive.addfile(info, io.BytesIO(LIST))
    assert read(packed.getvalue()) == {"given/list.jsonl": LIST}


def test_a_name_of_any_length_and_with_line_ends_is_one_short_line() -> None:
    first, second = members(given_file(zipped({"a\nb.jsonl": LIST, "x" * 10_000: OTHER})))
    assert (first.name, len(second.name)) == ("a b.jsonl", LONGEST_NAME)


@pytest.mark.parametrize("deep", [100, 300, 600, 990])
def test_parts_deep_within_one_another_are_read_or_refused(deep: int) -> None:
    content = "From: a@example.org\nSubject: x\nMIME-Version: 1.0\n"
    for number in range(deep):
        content += f"Content-Type: multipart/mixed; boundary=b{number:04}\n\n--b{number:04}\n"
    [found] = read((content + "\n\nx\n").encode()).values()
    assert isinstance(found, bytes) or "within one another" in found


SAMPLES = [
    zipped({"a.jsonl": LIST, "deep/b.jsonl": OTHER}),
    tarred({"a.jsonl": LIST, "b.zip": zipped({"c.jsonl": OTHER})}),
    gzipped_tar({"a.jsonl": LIST}),
    mailbox(mail(LIST.decode()), mail("x", {"list.jsonl": OTHER})),
    mail(LIST.decode(), {"other.jsonl": OTHER}),
]


@pytest.mark.parametrize("content", SAMPLES, ids=["zip", "tar", "tar.gz", "mbox", "mail"])
@given(data=st.data())
@settings(max_examples=300)
def test_whatever_happens_to_an_archive_it_is_read_or_refused_in_words(content: bytes, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    put = data.draw(st.binary(max_size=20))
    changed = data.draw(st.sampled_from([content[:start] + put + content[end:], content[:end] + content[start:]]))
    for member in members(given_file(changed)):
        try:
            member.open().close()
        except UnreadableFile as error:
            refusal = str(error)
        else:
            refusal = "it was opened"
        assert refusal
        assert "\n" not in refusal
