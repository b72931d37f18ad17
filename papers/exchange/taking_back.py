"""Changes taken back: for each kind, how."""

from collections.abc import Callable, Mapping

from django.utils import timezone

from ..models import Change, Edition, User
from . import curate, hide, joining, mend, naming, quarantine, redating, rules, rulings, tagging, tags, trusting, undo
from .errands import run_errands
from .following import catch_up
from .keep import sole_writer

_HOW: Mapping[str, Callable[[Change], None]] = {
    Change.Kind.CORRECTED: curate.take_back,
    Change.Kind.MERGED: rulings.take_back,
    Change.Kind.SPLIT: rulings.take_back,
    Change.Kind.APART: rulings.take_back,
    Change.Kind.WITHDRAWN: undo.take_back,
    Change.Kind.TAG: tags.take_back,
    Change.Kind.TAGGED: tagging.take_back,
    Change.Kind.RULE: rules.take_back,
    Change.Kind.MENDED: mend.take_back,
    Change.Kind.DISMISSED: quarantine.take_back_dismissal,
    Change.Kind.BROUGHT_BACK: quarantine.take_back_return,
    Change.Kind.REDATED: redating.take_back,
    Change.Kind.JOINED: joining.take_back,
    Change.Kind.NAMED: naming.take_back,
    Change.Kind.TRUSTED: trusting.take_back,
    Change.Kind.HIDDEN: hide.take_back,
    Change.Kind.SHOWN: hide.take_back,
}


def take_back(change: Change, by: User | None) -> None:
    """Makes a change undone. Raises Refused, with the reason in words, where what was done since does not let it;
    nothing is changed then. To do it again changes nothing."""
    with sole_writer():
        change.refresh_from_db()
        if change.taken_back_at:
            return
        _HOW[change.kind](change)
        change.taken_back_at, change.taken_back_by = timezone.now(), by
        change.save(update_fields=["taken_back_at", "taken_back_by"])
        Edition.objects.next()
    run_errands()
    catch_up()
