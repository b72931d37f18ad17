"""A member's browser: signed in, over one connection that is kept."""

import time
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple, Self
from urllib.parse import urlencode

from . import member

ENCODING = "gzip, deflate, br, zstd"
"""What browsers can unpack."""


class Reply(NamedTuple):
    status: int
    headers: Message
    body: bytes
    """As it was sent: compressed, where it was."""
    seconds: float
    """From the request to the last byte."""


class Session:
    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=600)
        self.cookies = dict(cookies or {})

    def sign_in(self, name: str = member.NAME) -> Self:
        self.get("/account/login/")
        self.post("/account/login/", login=name, password=member.PASSWORD)
        return self

    def close(self) -> None:
        self._connection.close()

    def get(self, address: str, *, encoding: str = ENCODING, unless: str = "", is_part: bool = False) -> Reply:
        """`unless` is the ETag of what the browser has of this address; a part is what htmx asks for."""
        headers = {"If-None-Match": unless} if unless else {}
        return self._ask("GET", address, None, encoding, headers | ({"HX-Request": "true"} if is_part else {}))

    def post(self, address: str, **fields: str) -> Reply:
        """Sends a form, which leads somewhere."""
        form = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields})
        reply = self._ask("POST", address, form, ENCODING, {"Content-Type": _FORM})
        assert reply.status == 302, (reply.status, address)
        return reply

    def text(self, address: str) -> str:
        reply = self.get(address, encoding="identity")
        assert reply.status == 200, (reply.status, address)
        return reply.body.decode()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, method: str, address: str, body: str | None, encoding: str, more: dict[str, str]) -> Reply:
        headers = {"Accept": "text/html", "Accept-Encoding": encoding, "Cookie": self.cookie, **more}
        try:
            return self._sent(method, address, body, headers)
        except (HTTPException, ConnectionError):  # the server closes a connection that was idle for a while
            self._connection.close()
            return self._sent(method, address, body, headers)

    def _sent(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Reply:
        started = time.perf_counter()
        self._connection.request(method, address, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - started
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Reply(response.status, response.headers, content, seconds)


_FORM = "application/x-www-form-urlencoded"
