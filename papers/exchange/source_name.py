"""What to call the source of a file in which nobody says who sends it."""

from email.utils import parseaddr

from ..dates import split_date
from ..formats import Reader
from ..formats.document import Document
from .files import InputFile

#: What programs call a file where people do not; a digest is better called by its format.
_NO_NAMES = {"", "download", "export", "exported items", "untitled"}


def source_name(file: InputFile, document: Document, reader: Reader) -> str:
    """Who sent the mail, else the file's own name without extension and date, else the format's."""
    if document.mail and (sender := parseaddr(document.mail.sender)[0].strip()):
        return sender
    stem = split_date(file.name.split(".")[0])[0] if file.path != "-" else ""
    words = stem.replace("-", " ").replace("_", " ").strip()
    return reader.title if words.casefold() in _NO_NAMES else f"{words[0].upper()}{words[1:]}"
