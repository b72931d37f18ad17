"""Papers that follow what was done to their digests: a few thousand at once, more of them in steps."""

from ..models import Digest, Edition
from .keep import keep, sole_writer
from .works import works_of

#: About so many papers follow while somebody waits for it; who says "go on" waits again.
AT_ONCE = 5_000
_BATCH = 250
#: What a step costs at least, in papers.
_LEAST = 25


def catch_up(*, wholly: bool = False) -> None:
    """Fills papers of the digests that are behind again, as many as somebody waits for, or all of them `wholly`. Each
    step is a transaction of its own; what is left is known by the digests, whoever closes which browser."""
    done = 0
    while (wholly or done < AT_ONCE) and (step := _step()):
        done += step


def _step() -> int:
    """What a step cost; nothing where no digest is behind."""
    with sole_writer():
        digest = Digest.objects.behind().order_by("pk").first()
        if digest is None or digest.filled_to is None:
            return 0
        papers = digest.entries.papers_beyond(digest.filled_to, _BATCH)
        keep(works_of(papers))
        digest.filled_to = papers[-1] if len(papers) == _BATCH else None
        digest.save(update_fields=["filled_to"])
        Edition.objects.next()
    return max(len(papers), _LEAST)
