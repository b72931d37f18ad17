"""The search index as models, so that a question about words joins it like any other table."""

from typing import Any

from django.db import models

from ..search import engine
from .paper import Paper


class MatchedField(models.TextField):  # type: ignore[type-arg]
    """The column that is matched with what is sought; its name in the database is the index's own, as FTS5 has it."""


@MatchedField.register_lookup
class Matches(models.Lookup):
    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        condition, sought = engine(connection).condition(column, self.rhs)
        return condition, (*parameters, *sought)


class PaperIndex(models.Model):
    """A row of the index. The database keeps it by triggers, and `search/` puts it in place."""

    paper = models.OneToOneField(
        Paper,
        models.DO_NOTHING,
        to_field="position",
        db_column="rowid",
        primary_key=True,
        related_name="index",
        db_constraint=False,
    )
    document = MatchedField(db_column="papers_search")

    class Meta:
        managed = False
        db_table = "papers_search"

    def __str__(self) -> str:
        return str(self.paper_id)


class PaperFacets(models.Model):
    """What facets are counted by, kept like the index: a thousand of these narrow rows are soon read, where a thousand
    papers are pages all over the disk."""

    position = models.BigIntegerField(primary_key=True)
    paper = models.OneToOneField(Paper, models.DO_NOTHING, related_name="+", db_constraint=False)
    named_on = models.DateField()
    author_lines = models.TextField(db_column="authors")
    tokens = models.TextField(help_text="Those of tags, sources and digests: see `search.token`.")

    class Meta:
        managed = False
        db_table = "papers_search_facets"

    def __str__(self) -> str:
        return str(self.paper_id)
