"""Delivers over WebDAV with HTTPS, to a server that shows the one certificate that was approved."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from app.services.exchange.delivery.carrying import (
    BLOCK,
    digest_of,
    name_taken,
    not_let_in,
    not_taken,
    stranger_server,
    unreachable,
)

_SECONDS = 30.0


class WebDavCarrier:
    """A folder of a server. It cannot take the rest of a file (nginx refuses Content-Range): a torn one is sent anew."""

    def __init__(self, address: str, account: str, secret: str, pin: str):
        self._base = address.rstrip("/") + "/"
        self._client = httpx.Client(
            auth=(account, secret) if account else None,
            verify=_only(pin),
            timeout=_SECONDS,
            trust_env=False,
        )

    def digest(self, name: str) -> str | None:
        """SHA-256 of a file there; None where there is none."""
        with _told(), self._client.stream("GET", self._base + name) as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            _check(answer)
            return digest_of(answer.iter_bytes(BLOCK))

    def put(self, file: Path, name: str) -> None:
        """Send it whole, unless all of it is there already."""
        size = file.stat().st_size
        with _told(), file.open("rb") as source:
            there = self._client.head(self._base + name, headers={"Accept-Encoding": "identity"})
            if there.is_success and there.headers.get("Content-Length") == str(size):
                return
            blocks = iter(lambda: source.read(BLOCK), b"")
            headers = {"Content-Length": str(size)}
            _check(self._client.put(self._base + name, content=blocks, headers=headers))

    def rename(self, old: str, new: str) -> None:
        """Only where the name is free: the server is told not to overwrite."""
        headers = {"Destination": self._base + new, "Overwrite": "F"}
        with _told():
            answer = self._client.request("MOVE", self._base + old, headers=headers)
        if answer.status_code == httpx.codes.PRECONDITION_FAILED:
            raise name_taken(new)
        _check(answer)

    def remove(self, name: str) -> None:
        """Take a file away."""
        with _told():
            _check(self._client.delete(self._base + name))

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


def shown_certificate(address: str) -> str:
    """The certificate that a server shows now, as PEM. Raises Refused E750."""
    parts = urlsplit(address)
    try:
        return ssl.get_server_certificate((parts.hostname or "", parts.port or 443), timeout=_SECONDS)
    except OSError as fault:
        raise unreachable() from fault


def _only(pin: str) -> ssl.SSLContext:
    """Trusts this certificate and nothing else; the name in it was approved together with it."""
    context = ssl.create_default_context(cadata=pin)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except httpx.TransportError as fault:
        if "CERTIFICATE_VERIFY_FAILED" in str(fault):
            raise stranger_server() from fault
        raise unreachable() from fault


def _check(answer: httpx.Response) -> None:
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise not_let_in()
    if not answer.is_success:
        raise not_taken(f"HTTP {answer.status_code}")
