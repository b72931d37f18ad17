"""A real provider, and a site that knows it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.provider import Provider, provided


@pytest.fixture(scope="package")
def running() -> Iterator[Provider]:
    with provided() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: Settings) -> Provider:
    knows(settings, running.url)
    return running


def knows(settings: Settings, issuer: str) -> None:
    """As settings.py makes it of the variables; that it does, another test tells."""
    settings.OIDC_ISSUER = issuer
    settings.OIDC_GROUPS_CLAIM = "groups"
    settings.OIDC_CURATORS = "librarians"
    app = {"provider_id": "openid", "name": "the Institute", "client_id": "lectern", "secret": "s3cret"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APP": {**app, "settings": {"server_url": issuer}}}
    }
