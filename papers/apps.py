"""The papers app: connections are made ready for search, and after each migrate what migrations do not carry is put in
place."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from .search import engine


class PapersConfig(AppConfig):
    name = "papers"

    def ready(self) -> None:
        connection_created.connect(_make_ready)
        post_migrate.connect(_put_in_place, sender=self)


def _make_ready(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    engine(connection).prepare(connection)


def _put_in_place(sender: AppConfig, using: str, **kwargs: Any) -> None:
    engine(connections[using]).install(connections[using])
    call_command("createcachetable", database=using, verbosity=0)
