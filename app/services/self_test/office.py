"""Makes an office for the trial, changes something in it, opens it again with its password, and checks every chain."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

from app.bundle.drafts import ManifestDraft, Piece, Recipients
from app.bundle.faults import BundleFault
from app.bundle.keys import EscrowKey, SiteKeys
from app.bundle.reading import open_bundle
from app.bundle.writing import write_bundle
from app.clock import Clock
from app.kernel.packs import load_pack, pack_keys
from app.models.schema import CONTRACT
from app.paths import DataDir
from app.services.office.health import Health
from app.services.office.office import open_office
from app.services.office.set_up import NewOffice, make_office
from app.services.office.settings import ChangeSetting
from app.services.self_test.wrong import NotRight
from app.values import Level

_ADMIN, _OFFICE = "zijian", "100000"
_EXPECTED = ("backups", "rehearsal", "clock", "disk")
"""What the office's own check says of a machine or of habits, which other checks here look at."""


def check_office(root: Path, clock: Clock) -> str:
    """Raises NotRight with what is not right."""
    data, password = DataDir(root), clock.random(16).hex()
    pack = load_pack(pack_keys()[0])
    site = next(one for one in pack.sites if one.level is Level.county)
    new = NewOffice(
        code=site.code,
        name=site.name,
        level=site.level.value,
        parent=site.parent,
        pack=pack.key,
        admin=_ADMIN,
        password=password,
    )
    make_office(data, new, clock).office.close()
    if data.database.read_bytes()[:6] == b"SQLite":
        raise NotRight("数据库没有加密，请不要在这台电脑上使用，并告诉技术人员。")
    office, actor = open_office(data, _ADMIN, password, clock)
    try:
        office.do(ChangeSetting("service_phone", "12348"), actor)
        bad = [item for item in office.ask(Health(), actor) if not item.is_good and item.key not in _EXPECTED]
    finally:
        office.close()
    if bad:
        raise NotRight(f"试建的办公点检查不过：{bad[0].title}，{bad[0].text}。请把这一行告诉技术人员。")
    return "试建、写入、用密码重开、核对流水，都正常"


def check_bundle(clock: Clock) -> str:
    """A bundle is written, opened by its receiver alone, and refused when a byte of it changed."""
    sender, receiver, stranger = SiteKeys.generate(), SiteKeys.generate(), SiteKeys.generate()
    content = clock.random(100_000)
    piece = Piece(hashlib.sha256(content).hexdigest(), 0, len(content), content)
    out = BytesIO()
    draft = ManifestDraft(
        sender=_OFFICE, direction="up", contract=CONTRACT, least_reader=1, made_at=clock.now().at
    )
    write_bundle(
        out, draft, [piece], sender, Recipients({_OFFICE: receiver.recipient}, EscrowKey.generate().recipient)
    )
    data = out.getvalue()
    _read(data, receiver)
    middle = len(data) // 2
    altered = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    for bad, keys in ((altered, receiver), (data, stranger)):
        try:
            _read(bad, keys)
        except BundleFault:
            continue
        raise NotRight("改过的或给别人的上报包没有被识别，请不要在这台电脑上使用，并告诉技术人员。")
    return f"{len(data) // 1024} KB，收件人读得出，改动和外人都被识别"


def _read(data: bytes, keys: SiteKeys) -> None:
    open_bundle(BytesIO(data), keys, contract=CONTRACT).verify()
