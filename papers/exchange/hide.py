"""Papers hidden from readers, and shown again: whatever digests, readers and curators say of them is kept meanwhile."""

from collections.abc import Collection, Mapping
from itertools import batched

from django.db.models import Q

from ..models import Change, ChangeSubject, Edition, FormerKey, Paper, User
from ..models.carried import hold_lists
from ..models.holdings import telling_of_any
from .keep import keep, sole_writer
from .refusal import Refused
from .works import works_of

_AT_ONCE = 250
_KINDS = (Change.Kind.HIDDEN, Change.Kind.SHOWN)


def hide(papers: Collection[int], *, by: User | None = None, why: str) -> Change | None:
    """Takes papers, by their ids, off the site; none changes where none was on it."""
    return _decide(papers, Change.Kind.HIDDEN, by, why)


def show(papers: Collection[int], *, by: User | None = None, why: str = "") -> Change | None:
    """Brings hidden papers back as they would be had nobody hidden them; none changes where none was hidden."""
    return _decide(papers, Change.Kind.SHOWN, by, why)


def take_back(change: Change) -> None:
    """Each paper becomes what was decided of it before, which after a merge may stand under another name."""
    names = _names(change)
    if not names:
        raise Refused("None of the papers is in the library any more.")
    about = ChangeSubject.objects.filter(name__in=names, change__kind__in=_KINDS, change__taken_back_at=None)
    if about.filter(change__gt=change.pk).exists():
        raise Refused("It was hidden or shown again since; undo that first.")
    before: dict[int, bool] = dict.fromkeys(names.values(), change.before["hidden"])
    decided = about.filter(change__lt=change.pk).order_by("change").values_list("name", "change__kind")
    latest = {name: kind == Change.Kind.HIDDEN for name, kind in decided}
    for name, hidden in latest.items():
        before[names[name]] |= hidden
    _set(before)


def _decide(papers: Collection[int], kind: Change.Kind, by: User | None, why: str) -> Change | None:
    hidden = kind is Change.Kind.HIDDEN
    with sole_writer():
        changed = _set(dict.fromkeys(papers, hidden))
        if not changed:
            return None
        which = f"{len(changed):,} papers" if len(changed) > 1 else "it"
        said = f"Hid {which} from readers" if hidden else f"Showed {which} to readers again"
        names = [*changed, *FormerKey.objects.of_papers([paper.pk for paper in changed])]
        Edition.objects.next()
        return Change.objects.record(
            kind, by, names, said, why=why, before={"hidden": not hidden}, after={"hidden": hidden}
        )


def _set(hidden: Mapping[int, bool]) -> list[Paper]:
    """Hides or shows papers, by their ids; those of them that were not so before."""
    changed: list[Paper] = []
    hold_lists(hidden)
    for batch in batched(hidden, _AT_ONCE):
        works = [work for work in works_of(batch) if work.hidden is not hidden[work.paper.pk]]
        for work in works:
            work.hidden = hidden[work.paper.pk]
        keep(works)
        changed += [work.paper for work in works]
        telling_of_any([work.paper.pk for work in works]).next_edition()
    return changed


def _names(change: Change) -> dict[str, int]:
    """All names that the papers of a change go by now, each with the paper's id."""
    keys = [name.removeprefix("paper:") for name in change.subjects.values_list("name", flat=True)]
    papers = Paper.objects.filter(Q(key__in=keys) | Q(former_keys__key__in=keys)).values_list("pk", flat=True)
    known = [
        *Paper.objects.filter(pk__in=papers).values_list("key", "pk"),
        *FormerKey.objects.filter(paper__in=papers).values_list("key", "paper"),
    ]
    return {f"paper:{key}": pk for key, pk in known}
