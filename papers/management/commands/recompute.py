"""`recompute`: derives papers from their records again."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from ...exchange.recompute import recompute
from ...models import Paper


class Command(BaseCommand):
    help = "Fills all papers from what was found in their digests again: texts are cleaned and rendered anew."

    def handle(self, **said: Any) -> None:
        with tqdm(total=Paper.objects.count(), unit=" papers", disable=None) as bar:
            recompute(bar.update)
