"""How to ask: every example on the page is understood, and finds what it says."""

import pytest
from django.test import Client
from django.urls import reverse

from papers.language import parse
from papers.views.questions import KINDS
from tests.page import Page

EXAMPLES = [example for examples in KINDS.values() for example in examples]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_understood(example: str) -> None:
    node, ignored = parse(example)
    assert node
    assert ignored == ()


def test_each_example_leads_to_its_answer(client: Client, db: None) -> None:
    page = Page(client.get(reverse("questions")))
    links = [link for link in page.all("a") if link["href"].startswith("/papers/?q=")]
    assert set(EXAMPLES) <= {link.text for link in links}
    for link in links:
        assert client.get(link["href"]).status_code in (200, 302)
