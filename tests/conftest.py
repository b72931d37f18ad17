"""What all tests stand on: settings that leave no trace, a library of their own, and the rule that CI skips nothing."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from papers.models import User

from . import world
from .installation import Installation, copied, installed

# The same examples each time, however slow the machine; `--hypothesis-profile=explore` looks for new ones. On a server
# there are fewer of them: what they try is told on the other database, and each costs several times as much.
_PATIENT = hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
_EXAMPLES = 30 if os.environ.get("DATABASE_URL", "").startswith("postgres") else 100
hypothesis_settings.register_profile("steady", _PATIENT, max_examples=_EXAMPLES, derandomize=True, database=None)
hypothesis_settings.register_profile("explore", _PATIENT, max_examples=2_000)
hypothesis_settings.load_profile("steady")

#: The browser's tests, in two parts that are about as heavy, each with a server of its own.
_IN_A_BROWSER = (
    tuple(f"tests/browser/test_{name}.py" for name in ("axe", "desk", "keys", "morning", "suggestions", "team")),
    ("tests/browser/",),
)
#: What is tested on SQLite alone: formats and texts, commands in a data folder that they set up, the long tables of who
#: may do what and how often, and how pages behave. A browser's tests of whole mornings, of what waits and of several at
#: once are run on both.
_OF_NO_DATABASE = (
    *("tests/formats/", "tests/test_text.py", "tests/test_maths.py", "tests/test_words.py", "tests/test_house.py"),
    *("tests/management/test_quickstart.py", "tests/test_settings.py"),
    *(f"tests/test_{name}.py" for name in ("access", "limits", "list_access", "list_secrets")),
    *(f"tests/browser/test_{name}.py" for name in ("accounts", "axe", "desk", "keys", "list_entries", "my_page")),
    *(f"tests/browser/test_{name}.py" for name in ("openid", "passkeys", "reading", "sharing", "suggestions", "talk")),
)
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _leave_no_trace(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    in_memory = settings.CACHES["rendered"]
    settings.CACHES = {"default": {**in_memory, "LOCATION": "default"}, "rendered": in_memory}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def alice(db: None) -> User:
    """A member who reads."""
    return world.member("alice")


@pytest.fixture
def bob(db: None) -> User:
    """Another member."""
    return world.member("bob")


@pytest.fixture
def curator(db: None) -> User:
    return world.curator()


@pytest.fixture(scope="session")
def _installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("installed")) as original:
        yield original


@pytest.fixture
def installation(_installed: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with an empty library, where commands run in processes of their own."""
    data = tmp_path / "installation"
    data.mkdir()
    with copied(_installed, data) as copy:
        yield copy


@pytest.fixture
def another_installation(_installed: Installation, tmp_path: Path) -> Iterator[Installation]:
    data = tmp_path / "another"
    data.mkdir()
    with copied(_installed, data) as copy:
        yield copy


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real digests beside the checkout."""
    if not SHARED.exists():
        pytest.skip("no real digests in ../shared")
    return SHARED


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One more than there are cores, as who waits for a browser or a command leaves a core to another."""
    cores = yield
    return cores + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One worker has all of a part of the browser's tests, as they share a server, and one all of quickstart's, as they
    share an installation. (Its own groups, xdist loses with pytest 9.2.)"""
    scheduler = LoadScopeScheduling(config, log)
    shared = (*_IN_A_BROWSER, ("tests/management/test_quickstart.py",))
    scheduler._split_scope = lambda test: next((str(part) for part in shared if test.startswith(part)), test)
    return scheduler


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that cannot run is a failure; only the real digests may be absent."""
    report = yield
    if report.skipped and os.environ.get("CI") and "shared" not in getattr(item, "fixturenames", ()):
        report.outcome = "failed"
        report.longrepr = f"skipped, in CI: {report.longrepr}"
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test marked for one database is not collected on another, which is not the same as skipping it. Those that know
    of no database are collected on one."""
    from django.db import connection

    others = [
        item
        for item in items
        if any(connection.vendor not in mark.args for mark in item.iter_markers("database"))
        or (connection.vendor != "sqlite" and item.nodeid.startswith(_OF_NO_DATABASE))
    ]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]
