"""`reindex`: fills the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from ...search import engine


class Command(BaseCommand):
    help = "Fills the search index anew from the papers. Readers go on with the old one until it is done."

    def handle(self, **said: Any) -> None:
        with transaction.atomic():
            engine(connection).install(connection)
            engine(connection).rebuild(connection)
        self.stdout.write("The search index is filled anew.")
