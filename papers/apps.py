"""The papers app: connections are made ready for search, and after each migrate what migrations do not carry is put in
place."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from .search import engine


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = "The library"

    def ready(self) -> None:
        connection_created.connect(_make_ready)
        post_migrate.connect(_put_in_place, sender=self)


class DeskConfig(admin.AdminConfig):
    """Django's admin, as the curator's desk."""

    default = False
    default_site = "papers.admin.desk.Desk"

    def ready(self) -> None:
        import_module("papers.admin")  # whole, before anybody looks for the desk in it
        super().ready()


def _make_ready(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    engine(connection).prepare(connection)


def _put_in_place(sender: AppConfig, using: str, **kwargs: Any) -> None:
    engine(connections[using]).install(connections[using])
    call_command("createcachetable", database=using, verbosity=0)
    _make_curators(sender, using)


def _make_curators(papers: AppConfig, using: str) -> None:
    """The group of curators with what they may do. What else its members were given they keep."""
    # ruff: disable[PLC0415] - models, which are not ready when this module is read
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    from .access import CURATORS, CURATORS_MAY
    # ruff: enable[PLC0415]

    create_permissions(papers, verbosity=0, using=using)  # which Django itself does later
    curators, _ = Group.objects.using(using).get_or_create(name=CURATORS)
    allowed = Permission.objects.using(using).filter(content_type__app_label=papers.label, codename__in=CURATORS_MAY)
    curators.permissions.add(*allowed)
