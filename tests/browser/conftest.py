"""A real server with the sample library, and a real browser that fails the test when its console complains."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.installation import answers, free_port, installed
from tests.world import PASSWORD

READERS = [f"reader{n}" for n in range(120)]
CURATOR = "carol"
_PEOPLE = f"""
from django.contrib.auth.models import Group
from django.contrib.auth.hashers import make_password
from papers.models import User
password = make_password("{PASSWORD}")
User.objects.bulk_create(User(username=name, password=password) for name in {READERS})
carol = User.objects.create(username="{CURATOR}", password=password, is_staff=True)
carol.groups.add(Group.objects.get(name="Curators"))
"""
MAKE_READERS = ("shell", "--verbosity=0", "--command", _PEOPLE)


@dataclass(frozen=True)
class Site:
    """A library that is served, and people who have not read in it yet."""

    url: str
    readers: Iterator[str]


type Visit = Callable[..., Page]


@contextmanager
def served(data: Path, *commands: Sequence[str]) -> Iterator[str]:
    """The address of a library that quickstart serves, in an empty folder where these commands were run first."""
    with installed(data, "tests.browser.settings") as library:
        for command in commands:
            ran = library.run(*command)
            assert ran.code == 0, ran.err
        port = free_port()
        with (data / "log").open("wb") as log:
            server = library.start("quickstart", f"--port={port}", stdout=log, stderr=log)
        try:
            if not answers(port, server):
                pytest.fail(f"the server ended: {(data / 'log').read_text()}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Set up and served by quickstart, as a newcomer does it."""
    with served(tmp_path_factory.mktemp("site"), MAKE_READERS) as url:
        yield Site(url, iter(READERS))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if not path:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Visit]:
    """Opens a window at an address, signed in as a new reader or as who is named if so asked; `troubled` where errors
    are expected."""
    complaints: list[str] = []

    def open_window(
        address: str = "/",
        *,
        width: int = 1440,
        signed_in: bool | str = False,
        troubled: bool = False,
        **options: object,
    ) -> Page:
        phone = width < 500
        window = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            is_mobile=phone,
            has_touch=phone,
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        page = window.new_page()
        if not troubled:
            page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        if signed_in:
            enter(window, signed_in if isinstance(signed_in, str) else next(site.readers))
        page.goto(address)
        return page

    yield open_window
    for window in chromium.contexts:
        window.close()
    assert complaints == []


def is_complaint(said: ConsoleMessage) -> bool:
    """Requests that are given up for a newer one are none, though htmx tells of them by these two words."""
    return said.type == "error" and not said.text.startswith(("htmx:sendAbort, ", "htmx:afterRequest, "))


def enter(window: BrowserContext, name: str) -> None:
    """Signs in as the browser does, but shows no page of it."""
    form = window.request.get("/account/login/").text()
    token = re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', form)[0]
    said = {"csrfmiddlewaretoken": token, "login": name, "password": PASSWORD}
    answer = window.request.post("/account/login/", form=said, max_redirects=0)
    assert answer.status == 302, f"{name} could not sign in: {answer.status}"


def sign_in(page: Page, name: str) -> None:
    """By the form that is shown."""
    page.get_by_label("User name or e-mail address").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
