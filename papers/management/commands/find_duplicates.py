"""`find_duplicates`: looks through the library for papers that are there twice."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from ...exchange.duplicates import compare_all
from ...models import LikelyDuplicate, Paper


class Command(BaseCommand):
    help = (
        "Looks for likely duplicates of all papers that are new, or changed since it last looked; where it is cut off,"
        " it goes on the next time. The desk shows what it finds."
    )

    def handle(self, **said: Any) -> None:
        with tqdm(total=Paper.objects.uncompared().count(), unit=" papers", disable=None) as bar:
            done = compare_all(progress=bar.update)
        found = LikelyDuplicate.objects.undecided().count()
        self.stdout.write(f"{done:,} papers looked at; {found:,} likely duplicates are on the desk.")
