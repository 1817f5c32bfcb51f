"""Shows IT staff all of a bundle but its records, and says what a whole verification proves and what it does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.bundle.manifest import Manifest
from app.bundle.reading import BundleReader, whole_attachments
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.records import PeerKey
from app.models.schema import table_title
from app.services.exchange.enrol import read_file
from app.services.exchange.opening import NOT_FOR_US, open_own, open_received
from app.services.exchange.peers import site_name
from app.services.exchange.totals import ControlTotals, compare_totals

PROVES = (
    "文件完整：结构、每一段的长度和校验值都与签过名的目录相同。",
    "目录、检查点和回执由上面写明的签名密钥签发，之后没有改动。",
    "每条流水前后衔接，起止、条数和控制合计与目录相同。",
    "带全的附件与它的校验值相同。",
)
PROVES_NOT = (
    "不证明填写的内容属实。",
    "不证明这是最新的一个，也不证明前面没有缺。这些在导入时核对。",
    "不证明与本单位已收的历史一致，也不证明记录合乎业务规则。这些在导入时核对。",
)
_KEY_STATES = {
    "admitted": "已登记，可以签发",
    "former": "换密钥以前的旧密钥",
    "announced": "换的新密钥，还没有电话核对指纹",
    "stopped": "已停用",
    "revoked": "已注销",
}
_UNKNOWN_KEY = "没有登记"


@dataclass(frozen=True)
class ShowBundle:
    """What a bundle says of itself, from its manifest alone, or with everything verified."""

    file: Path
    is_whole: bool = False


@performs(ShowBundle, title="查看上报包", permission=Permission.EXCHANGE)
def show_bundle(task: Task, request: ShowBundle) -> dict[str, Any]:
    """The verified manifest as plain fields; no record, name or text of one, though the office's key could open them.

    Raises the file's faults, Refused E726 where the control sums are not the signed ones.
    """
    with task.look() as look, _opened(look, request.file) as reader:
        if request.is_whole:
            _verify(task, reader)
        found = _fields(look, reader.manifest)
        proof = {"proves": list(PROVES), "proves_not": _proves_not(found)} if request.is_whole else {}
        return {**found, "size": request.file.stat().st_size, "is_verified": request.is_whole, **proof}


def _fields(look: Look, manifest: Manifest) -> dict[str, Any]:
    signed = manifest.fields()
    known = {*signed, "signature", "epochs", "parents", "number"}
    kept = {
        name: signed[name] for name in ("format", "suite", "contract", "least_reader", "direction", "made_at")
    }
    whole = whole_attachments(manifest)
    return {
        "id": manifest.id,
        **kept,
        "sender": manifest.sender,
        "sender_name": site_name(look, manifest.sender),
        "sender_key": manifest.sender_key,
        "key_state": _key_state(look, manifest),
        "check_code": manifest.check_code,
        "entries": manifest.entry_count,
        "tables": _tables(manifest),
        "recipients": signed["recipients"],
        "slices": signed["slices"],
        "checkpoints": signed["checkpoints"],
        "receipts": signed["receipts"],
        "wanted": signed["wanted"],
        "members": [*_members(manifest), "manifest.age"],
        "segments": signed["segments"],
        "attachments": sorted({one.part.attachment for one in manifest.segments if one.part} & whole),
        "bytes_unpacked": manifest.bytes_needed,
        "epochs": signed.get("epochs", []),
        "parents": signed.get("parents", []),
        "unknown_fields": sorted(manifest.raw.keys() - known),
    }


def _members(manifest: Manifest) -> Iterator[str]:
    return (f"{one.n:04d}.age" for one in manifest.segments)


def _tables(manifest: Manifest) -> dict[str, int]:
    """Kind of record → how many, over all slices."""
    found = defaultdict[str, int](int)
    for part in manifest.slices:
        for name, number in part.counts.items():
            found[table_title(name)] += number
    return dict(found)


def _key_state(look: Look, manifest: Manifest) -> str:
    """Whether the signing key is one that this office knows, in words."""
    if manifest.sender_key == look.safe.site_keys.public.signing:
        return "本单位自己的密钥"
    row = (
        look.session.query(PeerKey)
        .filter_by(site=manifest.sender, sign_key=manifest.sender_key)
        .order_by(PeerKey.changed_at.desc())
        .first()
    )
    return _KEY_STATES.get(row.state, _UNKNOWN_KEY) if row is not None else _UNKNOWN_KEY


def _proves_not(found: dict[str, Any]) -> list[str]:
    """With the key's state where nobody can tell by it who wrote the bundle."""
    known = {_KEY_STATES["admitted"], _KEY_STATES["former"], "本单位自己的密钥"}
    if found["key_state"] in known:
        return list(PROVES_NOT)
    return [f"不证明是谁写的：签名密钥{found['key_state']}。", *PROVES_NOT]


def _verify(task: Task, reader: BundleReader) -> None:
    """Everything that can be told from the file alone. Raises its faults, and Refused E726."""
    sums = defaultdict[str, ControlTotals](ControlTotals)
    reader.verify(
        lambda done, total: task.progress.step(done, total, "正在核对"),
        lambda entry: sums[entry.fields["stream"]].take(entry.fields),
    )
    compare_totals(reader.manifest, sums)


@contextmanager
def _opened(look: Look, path: Path) -> Iterator[BundleReader]:
    """Open a bundle as its recipient or, for one of our own, as its sender."""
    read_file(path)
    with path.open("rb") as file:
        try:
            reader = open_received(look, file)
        except Refused as refusal:
            if refusal.code != NOT_FOR_US:
                raise
            reader = open_own(look, file)
        yield reader
