"""A curator, and a desk with work on it: the more, the larger the library is."""

import random

from .member import PASSWORD

NAME = "curator"
_RULES = 20
_REASONS = ("it has no title", "the line is no JSON", "the title is too long")


def make() -> None:
    """Makes the curator; of a hundred papers one is in a likely duplicate, one was corrected and one is in quarantine
    beside them, and of a thousand one is hidden, fifty at least. Runs inside the library's own Django."""
    from django.contrib.auth.models import Group

    from papers.access import CURATORS
    from papers.exchange.hide import hide
    from papers.models import Change, ChangeSubject, Ingest, LikelyDuplicate, Paper, Quarantined, Rule, Tag, User

    curator = User.objects.create_user(NAME, f"{NAME}@example.org", PASSWORD, is_staff=True)
    curator.groups.add(Group.objects.get(name=CURATORS))
    dice, ingest = random.Random(1), Ingest.objects.earliest("pk")
    papers = list(Paper.objects.order_by("pk").values_list("pk", "key"))
    hide([pk for pk, _ in papers[:: min(1_000, len(papers) // 50 or 1)]], by=curator, why="It is no paper.")
    LikelyDuplicate.objects.bulk_create(
        (
            LikelyDuplicate(first_id=one, second_id=other, score=dice.randint(40, 99), kind="title", evidence="alike")
            for (one, _), (other, _) in zip(papers[::100], papers[1::100], strict=False)
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    corrected = Change.objects.bulk_create(
        (Change(kind=Change.Kind.CORRECTED, by=curator, said=f"Set the title of “{key}”") for _, key in papers[::100]),
        batch_size=500,
    )
    ChangeSubject.objects.bulk_create(
        (
            ChangeSubject(change=change, name=f"paper:{key}")
            for change, (_, key) in zip(corrected, papers[::100], strict=True)
        ),
        batch_size=500,
    )
    Quarantined.objects.bulk_create(
        (
            Quarantined(ingest=ingest, line=line, text='{"title": ""}', reason=dice.choice(_REASONS))
            for line in range(1, len(papers), 100)
        ),
        batch_size=500,
    )
    tags = Tag.objects.most_used_first()[:_RULES]
    Rule.objects.bulk_create(Rule(tag=tag, question=f"never {n}") for n, tag in enumerate(tags))
