"""Curators are staff of a group, and may do what its permissions say."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from papers.access import CURATORS, CURATORS_MAY

pytestmark = pytest.mark.django_db


def may() -> list[str]:
    return sorted(Group.objects.get(name=CURATORS).permissions.values_list("codename", flat=True))


def test_the_group_is_there_after_each_migrate() -> None:
    assert may() == sorted(CURATORS_MAY)
    Group.objects.get(name=CURATORS).delete()
    call_command("migrate", verbosity=0)
    assert may() == sorted(CURATORS_MAY)


def test_what_else_the_group_was_given_it_keeps() -> None:
    Group.objects.get(name=CURATORS).permissions.add(Permission.objects.get(codename="delete_paper"))
    call_command("migrate", verbosity=0)
    assert may() == sorted([*CURATORS_MAY, "delete_paper"])
