"""An ordinary member with marks on some thousands of papers. Reading lists come here when there are some."""

import datetime as dt
import random

NAME = "member"
PASSWORD = "correct horse battery staple"
MARKS = 3_000
_BEHIND = dt.timedelta(weeks=3)


def make() -> None:
    """Makes the member: caught up with all but the last weeks, with marks on new papers and on old ones. Runs inside
    the library's own Django."""
    from papers.models import Digest, Paper, ReaderState, User

    newest = Digest.objects.newest_first()[0].date
    member = User.objects.create_user(NAME, f"{NAME}@example.org", PASSWORD, caught_up_to=newest - _BEHIND)
    dice = random.Random(1)
    ids = list(Paper.objects.order_by("-position").values_list("pk", flat=True))
    marks = min(MARKS, len(ids) // 3)
    marked = [*dice.sample(ids[:marks], marks // 2), *dice.sample(ids[marks:], marks - marks // 2)]
    ReaderState.objects.bulk_create(
        (
            ReaderState(
                reader=member,
                paper_id=pk,
                status=dice.choices(["read", "reading", "unread", ""], [70, 10, 10, 10])[0],
                starred=dice.random() < 0.15,
                dismissed=dice.random() < 0.1,
            )
            for pk in marked
        ),
        batch_size=500,
    )
