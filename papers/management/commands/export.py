"""`export`: writes papers of the library to a file."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...exchange.dump import dump
from ...formats import writers
from ...models import Paper
from ...query import PaperQuery


class Command(BaseCommand):
    help = "Writes papers, newest first: all of them, or those that a question asks for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "question", nargs="?", default="", help="words to find, or the part of an address behind “?”"
        )
        parser.add_argument("--format", default="jsonl", choices=sorted(writers()))
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there, not to standard output")

    def handle(self, *, question: str, format: str, output: Path | None, **said: Any) -> None:
        query = PaperQuery.from_text(question)
        if query.ignored:
            raise CommandError("not understood: " + ", ".join(query.ignored))
        if query.speaks_of_reader:
            raise CommandError("“is” and “list” ask for what is a reader's own, and here nobody has signed in")
        lines = writers()[format].write(dump(query.ask(Paper.objects.shown())))
        try:
            if output:
                with output.open("w", encoding="utf-8") as file:
                    file.writelines(lines)
            else:
                self.stdout.writelines(lines)
                self.stdout.flush()
        except BrokenPipeError:  # whoever reads has had enough, as `head` has
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from None
