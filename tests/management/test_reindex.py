"""`reindex`: an index that is out of step with the papers is filled anew."""

import pytest
from django.core.management import call_command
from django.db import connection

from papers.models import Paper
from papers.query import PaperQuery
from tests import upkeep, world


@pytest.mark.django_db
def test_a_damaged_index_is_mended(capsys: pytest.CaptureFixture[str]) -> None:
    world.library(3)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO papers_search(papers_search) VALUES ('delete-all')")
        else:
            cursor.execute("DELETE FROM papers_search")
    found = PaperQuery(text="problem").ask(Paper.objects.all())
    assert found.count() == 0
    call_command("reindex")
    assert found.all().count() == 3
    assert capsys.readouterr().out == "The search index is filled anew.\n"
    upkeep.assert_indexed()
