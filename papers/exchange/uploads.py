"""Files that a browser sends: how much of each is let in, and how they are opened as often as needed."""

import io
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .load import Options, Report, ingest
from .paths import sent_files

type Upload = UploadedFile[Any]


class Bounded(FileUploadHandler):
    """Lets through little more of a file than may be sent: one sees that it is too large, and no disk fills."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_LIMIT else None

    def file_complete(self, file_size: int) -> Any:
        """What the others made of it counts."""
        return None


def take_in(file: Upload, options: Options) -> Iterator[Report]:
    """Takes in what was sent as one file, which may hold several. Nothing is written by the name that it bears."""
    name = str(file.name)
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        yield Report(path=name, error=too_large())
        return
    for each in sent_files(name, _opener(file)):
        yield ingest(each, options)


def too_large() -> str:
    """What is said of a file that may not be sent."""
    limit = settings.UPLOAD_LIMIT // 1_000_000
    return f"larger than {limit} MB: copy it to the server, and run there: python manage.py ingest FILE"


def _opener(file: Upload) -> Callable[[], IO[bytes]]:
    if isinstance(file, TemporaryUploadedFile):
        path = file.temporary_file_path()
        return lambda: open(path, "rb")
    content = cast(bytes, file.read())
    return lambda: io.BytesIO(content)
