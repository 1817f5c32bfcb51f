"""Makes a new office: database, first administrator, recovery code, keys, and the pack's sites."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.bundle.keys import EscrowKey, SiteKeys
from app.clock import Clock, new_id
from app.errors import Refused
from app.kernel import slots as key_slots
from app.kernel.handlers import handles
from app.kernel.logins import LoginFile
from app.kernel.packs import load_pack
from app.kernel.permissions import SYSTEM, Permission
from app.kernel.sealing import new_key
from app.kernel.slots import KeySlots, new_recovery_code, sync_folder, write_private
from app.kernel.work import Work
from app.kernel.wrong_clock import refuse_wrong_clock
from app.models.engine import open_database
from app.models.migrate import bring_up_to_date
from app.models.organisation import OfficeRow, Site
from app.models.records import Account
from app.models.schema import CONTRACT
from app.network_place import refuse_network_place
from app.paths import DataDir
from app.private_files import tighten
from app.rules.policy.tree import sites_below
from app.safe_write import make_folder
from app.services.office.office import Office, has_office
from app.services.security.account_names import name_problems, shown_name_problems
from app.services.security.passwords import password_problems
from app.turns import own_turn
from app.values import Role

ADMIN_TITLE = Role.administrator.value
"""How the first administrator is called until somebody gives the name."""


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    """What a set-up needs to know."""

    code: str
    name: str
    level: str
    parent: str
    pack: str
    admin: str
    password: str
    admin_title: str = ""
    escrow: str = ""
    """age recipient of the bureau's escrow key; a bureau without one makes its own"""
    epoch: int = 1
    """that of the office's streams; one more with each new enrolment of a site"""


@dataclass(frozen=True)
class Made:
    """A new office, open, with what is shown once: the recovery code, and a bureau's escrow key."""

    office: Office
    recovery: str
    escrow_key: str


def make_office(data: DataDir, new: NewOffice, clock: Clock) -> Made:
    """Make the office's files.

    Raises Refused E912, E937, E938 of the directory, E942 of the clock, and the password's refusals; whatever goes wrong
    on the way, the directory is left without an office.
    """
    _refuse_bad(new, clock)
    with office_to_come(data) as draft:
        key, recovery, escrow_key = _write_draft(draft, new, clock)
    try:
        return Made(Office(data, key, clock), recovery, escrow_key)
    except Exception:
        discard_office(data)
        raise


@contextmanager
def office_to_come(data: DataDir) -> Iterator[DataDir]:
    """A draft to fill with an office's three files; when the block ends well they are the office's, else nothing is.

    Whatever a killed program left of an earlier draft is removed first; so is a draft that was moved whole.
    Raises Refused E912 when the directory holds an office, E937 for half of one, E938 while another program makes one,
    E978 for a place on another machine.
    """
    refuse_network_place(data.root)
    make_folder(data.root, is_private=True)
    tighten(data.root)
    busy = Refused("E938", "另一个窗口或程序正在建立或恢复办公点，请等它完成。")
    with own_turn(data.root / "setting-up.lock", busy, 0):
        if has_office(data):
            shutil.rmtree(data.draft.root, ignore_errors=True)
            raise Refused(
                "E912", "这个数据目录里已有办公点，不能再次初始化或恢复。请换一个空目录，或直接登录。"
            )
        discard_office(data)
        data.draft.root.mkdir(mode=0o700)
        try:
            yield data.draft
            _put_in_place(data)
        except Exception:
            discard_office(data)
            raise


def _put_in_place(data: DataDir) -> None:
    """The database last, for where it is there is an office; each file is synced already."""
    draft = data.draft
    sync_folder(draft.root)
    if draft.restored.exists():
        draft.restored.replace(data.restored)
    if draft.attachments.exists():
        draft.attachments.replace(data.attachments)
    for made, place in (
        (draft.logins, data.logins),
        (draft.site_keys, data.site_keys),
        (draft.keys, data.keys),
        (draft.database, data.database),
    ):
        made.replace(place)
    sync_folder(data.root)
    shutil.rmtree(draft.root, ignore_errors=True)


def discard_office(data: DataDir) -> None:
    """Remove the files of an office that was not finished; never called on one that anybody has used."""
    name = data.database.name
    for path in (
        data.database,
        data.root / f"{name}-wal",
        data.root / f"{name}-shm",
        data.keys,
        data.site_keys,
        data.logins,
        data.restored,
        data.next_epoch_keys,
    ):
        path.unlink(missing_ok=True)
    for folder in (data.attachments, data.draft.root):
        shutil.rmtree(folder, ignore_errors=True)


def _write_draft(draft: DataDir, new: NewOffice, clock: Clock) -> tuple[bytes, str, str]:
    """The files of the office; its database key, recovery code and escrow key."""
    key, recovery = new_key(), new_recovery_code()
    escrow = None if new.escrow else EscrowKey.generate()
    _write_database(draft, new, key, escrow.recipient if escrow else new.escrow, clock)
    LoginFile(draft.logins).begin(clock.now())
    write_private(draft.site_keys, SiteKeys.generate().wrapped(key))
    first = [("account", new.admin, new.password, key), (key_slots.RECOVERY, "", recovery, key)]
    KeySlots(draft.keys).put_all(
        first if escrow is None else [*first, (key_slots.ESCROW, "", recovery, escrow.text.encode())]
    )
    office = Office(draft, key, clock)
    if office.identity.is_bureau:
        office.do(LayOutSites(), SYSTEM)
    office.close()
    return key, recovery, escrow.text if escrow else ""


def _write_database(draft: DataDir, new: NewOffice, key: bytes, escrow: str, clock: Clock) -> None:
    database = open_database(draft.database, key)
    bring_up_to_date(database)
    now = clock.now().at
    with Session(database.writer) as session, session.begin():
        session.add(
            OfficeRow(
                id=1,
                code=new.code,
                name=new.name,
                level=new.level,
                parent=new.parent,
                pack=new.pack,
                made_at=now,
                epoch=new.epoch,
                contract=CONTRACT,
                escrow=escrow,
            )
        )
        session.add(
            Account(
                id=new_id(),
                name=new.admin,
                display_name=new.admin_title.strip() or ADMIN_TITLE,
                roles=[Role.administrator.value],
                made_at=now,
            )
        )
    database.close()


def bureau_from_pack(pack_key: str, code: str) -> tuple[str, str, str]:
    """Name, level and parent of a bureau of a pack. Raises Refused E913 for any other code."""
    site = load_pack(pack_key).site(code)
    if site is None or site.duty_kind is not None:
        raise Refused("E913", f"方案 {pack_key} 里没有代码为“{code}”的司法局。县区填 6 位、市填 4 位代码。")
    return site.name, site.level.value, site.parent


def _refuse_bad(new: NewOffice, clock: Clock) -> None:
    refuse_wrong_clock(clock.now())
    problems = [
        *name_problems(new.admin, "admin"),
        *shown_name_problems(new.admin_title.strip(), "admin_title"),
        *password_problems(new.password),
    ]
    if problems:
        raise Refused.of(problems)


@dataclass(frozen=True)
class LayOutSites:
    """Store the pack's sites of this bureau and below as its own rows (Y01, Q21)."""


@handles(LayOutSites, title="建立站点", permission=Permission.KEEP_OFFICE)
def lay_out_sites(work: Work, command: LayOutSites) -> int:
    """How many sites were laid out."""
    sites = sites_below(work.office.code, work.pack)
    for site in sites:
        work.add(
            Site(id=site.code, name=site.name, short_name=site.short_name, kind=site.kind, parent=site.parent)
        )
    return len(sites)
