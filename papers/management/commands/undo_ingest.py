"""`undo_ingest`: takes out what one ingest put into the library."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from ...exchange.refusal import Refused
from ...exchange.undo import undo
from ...models import Ingest


class Command(BaseCommand):
    help = (
        "Undoes an ingest, of any size: papers that nothing else names go, and those that people marked, tagged,"
        " corrected or hid stay. The desk shows the numbers of ingests, and undoes those of common size itself."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("number", type=int, help="of the ingest, as in the address of its page on the desk")

    def handle(self, *, number: int, **said: Any) -> None:
        run = Ingest.objects.select_related("file").filter(pk=number).first()
        if run is None:
            raise CommandError(f"There is no ingest {number}; the desk lists them, under Ingests.")
        try:
            with tqdm(desc=str(run.file), unit=" papers", disable=None, leave=False) as bar:
                change = undo(run, by=None, progress=bar.update)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{change}.")
