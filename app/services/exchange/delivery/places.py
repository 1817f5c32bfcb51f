"""Registers the places that bundles are delivered to; a server's key is approved by its fingerprint first."""

from __future__ import annotations

import hashlib
import ssl
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from app.errors import Problem, Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.deliveries import DeliveryPlace
from app.services.exchange.delivery.carrying import Carrier
from app.services.exchange.delivery.to_folder import FolderCarrier
from app.text import clean

FOLDER, WEBDAV, SFTP = "文件夹", "WebDAV", "SFTP"


@dataclass(frozen=True, kw_only=True)
class AddDeliveryPlace:
    """Register a place, or register it anew under its name.

    address: a folder, or `https://…`, or `sftp://host:port/folder`. secret: a password or a private key.
    fingerprint: of the server's certificate or host key, as its keeper reads it out; "" to be told what it shows.
    """

    name: str
    address: str
    account: str = ""
    secret: str = field(default="", repr=False)
    fingerprint: str = ""

    def problems(self) -> Iterable[Problem]:
        """A name and an address that can be one, without a password in it."""
        if not clean(self.name):
            yield Problem("name", "请给送达地点起一个名称。", "E757")
        if kind_of(self.address) == "" or "@" in urlsplit(self.address).netloc:
            yield Problem(
                "address",
                "送达地点的地址须是文件夹的完整路径，或以 https:// 或 sftp:// 开头，里面不写用户名和密码。",
                "E757",
            )


@dataclass(frozen=True, kw_only=True)
class KeepDeliveryPlace:
    """The place as approved; pin: the certificate or host key."""

    name: str
    kind: str
    address: str
    account: str
    secret: str = field(repr=False)
    pin: str


@performs(AddDeliveryPlace, title="登记送达地点", permission=Permission.ENROL)
def add_delivery_place(task: Task, request: AddDeliveryPlace) -> str:
    """The fingerprint that was approved, "" for a folder.

    Raises Refused E750, E757, and E756 with what the server shows where that was not named as approved.
    """
    kind = kind_of(request.address)
    pin = _shown(kind, request.address)
    shown = shown_fingerprint(kind, pin)
    if request.fingerprint.strip() != shown:
        with task.recorded():
            raise Refused(
                "E756", f"服务器出示的指纹是 {shown}。请打电话与对方核对，一致的再填上这个指纹登记。"
            )
    kept = KeepDeliveryPlace(
        name=clean(request.name), kind=kind, address=request.address, account=request.account,
        secret=request.secret, pin=pin,
    )  # fmt: skip
    task.do(kept)
    return shown


@handles(KeepDeliveryPlace, title="登记送达地点", permission=Permission.ENROL)
def keep_delivery_place(work: Work, command: KeepDeliveryPlace) -> None:
    """Takes the place of what was registered under the name."""
    row = work.session.get(DeliveryPlace, command.name)
    if row is None:
        row = DeliveryPlace(name=command.name)
        work.session.add(row)
    row.kind, row.address, row.account = command.kind, command.address, command.account
    row.secret, row.pin = command.secret, command.pin


def kind_of(address: str) -> str:
    """The kind of place an address names; "" for none."""
    parts = urlsplit(address)
    if parts.scheme in ("https", "sftp"):
        return {"https": WEBDAV, "sftp": SFTP}[parts.scheme] if parts.hostname else ""
    return FOLDER if Path(address).is_absolute() else ""


def shown_fingerprint(kind: str, pin: str) -> str:
    """SHA-256 in the form that OpenSSL and OpenSSH show it in; "" where there is nothing to compare."""
    if kind == WEBDAV:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pin)).digest().hex(":").upper()
    if kind == SFTP:
        raw = hashlib.sha256(b64decode(pin.split()[1])).digest()
        return "SHA256:" + b64encode(raw).decode().rstrip("=")
    return ""


def carrier_to(place: DeliveryPlace) -> Carrier:
    """A way to the place. Raises Refused E750, E753, E754."""
    if place.kind == FOLDER:
        return FolderCarrier(place.address)
    if place.kind == WEBDAV:
        from app.services.exchange.delivery.to_webdav import WebDavCarrier

        return WebDavCarrier(place.address, place.account, place.secret, place.pin)
    from app.services.exchange.delivery.to_sftp import SftpCarrier

    return SftpCarrier(place.address, place.account, place.secret, place.pin)


def _shown(kind: str, address: str) -> str:
    if kind == WEBDAV:
        from app.services.exchange.delivery.to_webdav import shown_certificate

        return shown_certificate(address)
    if kind == SFTP:
        from app.services.exchange.delivery.to_sftp import shown_host_key

        return shown_host_key(address)
    return ""
