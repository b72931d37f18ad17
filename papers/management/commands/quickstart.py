"""`quickstart`: from a fresh checkout to a library in the browser."""

import os
import secrets
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ...models import Digest, User

_SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Sets up a library, takes in the files given or else a sample, and serves it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="digests to take in; without any, the bundled sample"
        )
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="only set up")

    def handle(self, *, files: Sequence[str], port: int, no_serve: bool, **said: Any) -> None:
        if not no_serve and _is_taken(port):
            raise CommandError(f"port {port} is taken; choose another, as in: make run PORT={port + 1}")
        _make_secret_key()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        self._make_curator()
        failed = self._ingest(files)
        if not no_serve:
            self._serve(port)
        elif failed:
            sys.exit(1)

    def _make_curator(self) -> None:
        """The first person who looks after the library, unless there is one."""
        if User.objects.filter(is_staff=True).exists():
            return
        name = os.environ.get("DJANGO_SUPERUSER_USERNAME", "curator")
        given = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        password = given or secrets.token_urlsafe(12)
        User.objects.create_superuser(name, os.environ.get("DJANGO_SUPERUSER_EMAIL", ""), password)
        if given:
            self.stdout.write(f"The curator is {name}, with the password from the environment.")
        else:
            self.stdout.write(f"The curator is {name}, and the password, said only now, is {password}")

    def _ingest(self, files: Sequence[str]) -> bool:
        """Whether some of the files could not be taken in. The sample goes only into an empty library."""
        if not files and Digest.objects.exists():
            return False
        try:
            call_command("ingest", *(files or [os.path.relpath(_SAMPLES)]), stdout=self.stdout, stderr=self.stderr)
        except SystemExit as ended:
            return bool(ended.code)
        return False

    def _serve(self, port: int) -> None:
        """Becomes the server."""
        os.environ["SITE_URL"] = f"http://{_HOST}:{port}"
        os.environ.setdefault("MALLOC_ARENA_MAX", "1")  # as Python's threads need no heaps of their own
        self.stdout.write(f"Lectern is at http://{_HOST}:{port}/ until you press Ctrl-C.")
        self.stdout.flush()
        gunicorn = [sys.executable, "-m", "gunicorn", "digest_site.wsgi", f"--bind={_HOST}:{port}"]
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [*gunicorn, "--workers=2", "--threads=4", "--log-level=warning"])


def _make_secret_key() -> None:
    """Makes the key that signs sessions once, where none is given; the server reads it when it starts."""
    path = settings.DATA_DIR / "secret_key"
    if not path.exists() and "SECRET_KEY" not in os.environ and "SECRET_KEY_FILE" not in os.environ:
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50) + "\n")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return True
    return False
