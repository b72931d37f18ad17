"""Former keys: where the keys of papers lead that are no longer there, and what it takes to bring them back."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db import models

from .carried import carry, carry_back, hold_lists, values_of
from .paper import Paper
from .paper_tag import PaperTag
from .reader_state import ReaderState
from .user import User


class FormerKeyQuerySet(models.QuerySet["FormerKey"]):
    def of_papers(self, papers: Collection[int]) -> Self:
        """Those that lead to papers, by their ids."""
        return self.filter(paper__in=papers)

    def of_records(self, fingerprints: Collection[bytes]) -> Self:
        """Those of papers that were made of any of these records."""
        return self.filter(records__fingerprint__in=fingerprints)

    def made_of(self, fingerprints: Collection[bytes]) -> Self:
        """Those of papers that were made of no other records than these."""
        others = FormerRecord.objects.exclude(fingerprint__in=fingerprints)
        return self.of_records(fingerprints).exclude(pk__in=others.values("former"))

    def leading_nowhere(self) -> Self:
        return self.filter(paper__isnull=True)

    def retire(self, papers: Mapping[Paper, Collection[bytes]]) -> "list[FormerKey]":
        """Remembers papers that are about to go, and of which records they were made."""
        formers = self.bulk_create(
            FormerKey(key=paper.key, curated=paper.curated, hidden=paper.hidden) for paper in papers
        )
        FormerRecord.objects.bulk_create(
            FormerRecord(former=former, fingerprint=fingerprint)
            for former, fingerprints in zip(formers, papers.values(), strict=True)
            for fingerprint in sorted(fingerprints)
        )
        return formers

    def merge(self, gone: Paper, kept: Paper, fingerprints: Collection[bytes]) -> None:
        """Gives `kept` what people did with `gone`, and remembers how it was."""
        hold_lists([gone.pk, kept.pk])
        Paper.objects.among([gone.pk, kept.pk]).hold()
        (former,) = self.retire({gone: fingerprints})
        former.paper, former.curated_before, former.hidden_before = kept, kept.curated, kept.hidden
        former.tags = [values_of(tie) for tie in PaperTag.objects.by_people().filter(paper=gone)]
        former.tags_before = list(PaperTag.objects.by_people().filter(paper=kept).values_list("tag", "origin"))
        for column, value in carry(gone, kept).items():
            setattr(former, column, value)
        former.save()
        ReaderState.objects.settle_on(gone, kept)
        states = ReaderState.objects.select_for_update()
        held = {state.reader_id: values_of(state) for state in states.filter(paper=kept)}
        gone_states = {state.reader_id: values_of(state) for state in states.filter(paper=gone)}
        ReaderState.objects.move(gone, kept)
        PaperTag.objects.move(gone, kept)
        HeldState.objects.bulk_create(
            HeldState(
                former=former,
                reader_id=state.reader_id,
                gone=gone_states[state.reader_id],
                kept=held.get(state.reader_id),
                moved_at=state.changed_at,
            )
            for state in ReaderState.objects.filter(paper=kept, reader__in=gone_states)
        )
        if gone.curated:
            kept.curated = gone.curated | kept.curated
            kept.save(update_fields=["curated"])
        self.filter(paper=gone).update(paper=kept)


class FormerKey(models.Model):
    """The public key of a paper that was merged into another, where it leads for ever, or that went with its ingest.

    If its records come to be a work of their own again, it is that work's key again.
    """

    key = models.CharField(max_length=12, unique=True)
    paper = models.ForeignKey(Paper, models.SET_NULL, null=True, related_name="former_keys")
    curated = models.JSONField(default=dict, help_text="What was set of the paper that is gone.")
    curated_before = models.JSONField(default=dict, help_text="What was set of the one that took it in, before.")
    hidden = models.BooleanField(default=False, help_text="Whether it was.")
    hidden_before = models.BooleanField(default=False, help_text="Whether the one that took it in was.")
    tags = models.JSONField(default=list, help_text="What people tied to it.")
    tags_before = models.JSONField(default=list, help_text="Which the one that took it in bore already.")
    list_entries = models.JSONField(default=list, help_text="Where it stood on reading lists.")
    list_entries_before = models.JSONField(default=list, help_text="Where the one that took it in stood on these.")
    remarks = models.JSONField(default=list, help_text="Which were on it, by their ids.")
    recommendations = models.JSONField(default=list, help_text="Who said that it is worth reading.")

    objects = FormerKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key

    @property
    def fingerprints(self) -> set[bytes]:
        """Of the records that its paper was made of."""
        return {bytes(record.fingerprint) for record in self.records.all()}

    def give_back(self, paper: Paper) -> None:
        """To the paper that has this key again, what people did with it, and takes it from the one that had it
        meanwhile. What was done since with the one stays there. Forgets the key."""
        kept = self.paper
        if kept:
            for held in self.held.all():
                held.give_back(paper, kept)
            for tie in self.tags:
                if [tie["tag_id"], tie["origin"]] not in self.tags_before:
                    PaperTag.objects.filter(paper=kept, tag=tie["tag_id"], origin=tie["origin"]).delete()
            PaperTag.objects.put_back(paper, self.tags)
            carry_back(self, paper, kept)
            theirs = {name for name, value in self.curated.items() if name not in self.curated_before}
            kept.curated = {
                name: value
                for name, value in kept.curated.items()
                if not (name in theirs and value == self.curated[name])
            }
            kept.save(update_fields=["curated"])
        paper.curated = self.curated
        paper.save(update_fields=["curated"])
        self.delete()


class FormerRecord(models.Model):
    """A record of which the paper with a former key was made."""

    former = models.ForeignKey(FormerKey, models.CASCADE, related_name="records")
    fingerprint = models.BinaryField(max_length=16, editable=False)

    class Meta:
        indexes = [models.Index(fields=["fingerprint"], name="former_keys_by_record")]

    def __str__(self) -> str:
        return f"a record of {self.former}"


class HeldState(models.Model):
    """A reader's state on a paper that was merged into another, and on that one before."""

    former = models.ForeignKey(FormerKey, models.CASCADE, related_name="held")
    reader = models.ForeignKey(User, models.CASCADE, related_name="+")
    gone = models.JSONField()
    kept = models.JSONField(null=True)
    moved_at = models.DateTimeField(help_text="The state that was made of both has not changed while it says so too.")

    def __str__(self) -> str:
        return f"{self.reader}: {self.former}"

    def give_back(self, paper: Paper, kept: Paper) -> None:
        mine = ReaderState.objects.filter(reader=self.reader, paper=kept)
        if mine.filter(changed_at=self.moved_at).exists():
            if self.kept:
                mine.update(**self.kept)
            else:
                mine.delete()
        state = ReaderState.objects.create(reader=self.reader, paper=paper)
        ReaderState.objects.filter(pk=state.pk).update(**self.gone)  # which leaves the time as it was
