"""A small library whose papers can be told apart by anything, and somebody who reads it."""

import pytest
from django.test import Client

from papers.models import Paper, User
from tests import world


@pytest.fixture
def shelf(db: None) -> dict[str, Paper]:
    """Three papers, by the first word of their titles, the newest last."""
    report = world.ingest_lines(
        [
            {
                "title": "Diffusion on Graphs",
                "abstract": "We diffuse over the edges of a graph.",
                "authors": ["Ada Lovelace", "Ben Bystander"],
                "arxiv_id": "2405.00001",
                "doi": "10.1000/graphs",
                "venue": "Journal of Graphs",
                "published": "2024-05-01",
                "tags": ["Vision", "Moving pictures"],
                "source": "Daily list",
                "digest_date": "2024-05-02",
            },
            {
                "title": "Time as Diffusion",
                "abstract": "Time diffuses, too.",
                "authors": ["Ben Bystander"],
                "published": "2025-01-10",
                "tags": ["Vision"],
                "source": "Friday letter",
                "digest_date": "2025-01-11",
            },
            {
                "title": "Attention Again",
                "abstract": "Attention, once more.",
                "authors": ["Ada Lovelace"],
                "published": "2025-03-10",
                "tags": ["Language"],
                "source": "Daily list",
                "digest_date": "2025-03-11",
            },
        ]
    )
    assert report.created == 3, report
    return {paper.title.split()[0]: paper for paper in Paper.objects.order_by("position")}


@pytest.fixture
def reader(client: Client, alice: User) -> Client:
    """Alice's browser."""
    client.force_login(alice)
    return client
