"""Somebody who looks after the library."""

import pytest
from django.test import Client

from papers.models import User


@pytest.fixture
def desk(client: Client, curator: User) -> Client:
    """Carol's browser: a curator is no superuser."""
    client.force_login(curator)
    return client
