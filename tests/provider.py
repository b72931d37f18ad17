"""An OpenID provider in a process of its own, and what is done there by people and by who runs it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote, urlencode, urlsplit

from .installation import answers, free_port


@dataclass(frozen=True)
class Provider:
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What tells Lectern of it."""
        return {"OIDC_ISSUER": self.url, "OIDC_CLIENT_ID": "lectern", "OIDC_CLIENT_SECRET": "s3cret"}

    def knows(self, subject: str, **claims: object) -> None:
        """From now on, this is what it says of somebody."""
        self._ask("PUT", f"/users/{quote(subject)}", json.dumps(claims), "application/json")

    def answer(self, address: str, **form: str) -> str:
        """What somebody says at the page to which they were led, and where they are led then."""
        return self._ask("POST", address.removeprefix(self.url), urlencode(form), "application/x-www-form-urlencoded")

    def _ask(self, method: str, path: str, body: str, kind: str) -> str:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        connection.request(method, path, body, {"Content-Type": kind})
        response = connection.getresponse()
        said = response.read()
        connection.close()
        assert response.status < 400, said
        return response.headers.get("Location", "")


@contextmanager
def provided() -> Iterator[Provider]:
    """Runs a provider."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert answers(port, process), "the provider ended"
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait()
