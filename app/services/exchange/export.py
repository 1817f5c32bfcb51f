"""Exports bundles: what each receiver has not acknowledged yet, written, read back, then on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import chain
from pathlib import Path

from sqlalchemy import func, select

from app.bundle.drafts import (
    ChangeSet,
    ManifestDraft,
    Piece,
    Recipients,
    WrittenBundle,
    bundle_file_name,
    pieces_of,
)
from app.bundle.manifest import OWN, RETURNED
from app.bundle.read_back import read_back
from app.bundle.reading import whole_attachments
from app.bundle.signing import Checkpoint
from app.bundle.writing import write_bundle
from app.errors import Problem, Refused
from app.kernel.attachments import read_attachment
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.bundle_files import SentBundle
from app.models.records import PeerKey
from app.models.schema import CONTRACT
from app.safe_write import open_safely
from app.services.exchange.case_files import DueFile, note_sent
from app.services.exchange.own_place import note_place, refuse_elsewhere
from app.services.exchange.peers import children, parent, parent_or_none, site_name
from app.services.exchange.plan import Plan, plan_for, rest_of
from app.services.exchange.runs import Run, entries_of
from app.services.exchange.totals import ControlTotals
from app.services.exchange.unfinished import UnfinishedFiles
from app.services.targets.site_figures import RefreshFigures
from app.services.update.hand_down import lay_updates
from app.services.update.install import running_program
from app.text import told_name

LEAST_READER = 1
UNREADABLE = frozenset({"E374", "E375"})
"""A scan that is not here, or was altered on this disk."""


@dataclass(frozen=True)
class ExportBundles:
    """Write a bundle for the parent, if there is one, and one for each admitted child (or for one office only)."""

    folder: Path
    site: str = ""
    from_seq: int = 0
    """Resend from this number of each stream on, acknowledged or not; 0: only what is not acknowledged."""
    lays_updates: bool = True
    """Whether the updates that are handed down are laid beside the replies, as on a stick."""


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A bundle that was written and read back, or why this receiver got none (code, text).

    set_aside: in words, the entries that were too long to be carried whole. beside: files of updates that lie beside it.
    """

    id: str
    file: str
    recipient: str
    recipient_name: str
    entries: int
    size: int
    check_code: str
    code: str = ""
    text: str = ""
    set_aside: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether the file lies there."""
        return not self.code


@performs(ExportBundles, title="导出上报包", permission=Permission.EXCHANGE)
def export_bundles(task: Task, request: ExportBundles) -> tuple[Exported, ...]:
    """One or more for each receiver; one's failure stops nobody else.

    Raises Refused E731, E735, E736, E786, E787, and where no receiver got anything, what stood in the way.
    """
    if not request.folder.is_dir():
        raise Refused("E736", f"找不到文件夹“{told_name(request.folder)}”，请检查 U 盘是否插好。")
    with task.look() as look:
        refuse_elsewhere(look)
        receivers = _receivers(look, request.site)
        peers = [(peer.id, peer.site, site_name(look, peer.site)) for peer in receivers]
        below = {peer.site for peer in receivers if peer.relation == "child"}
        unfinished = UnfinishedFiles(look.safe.data.root)
        gives_figures = look.office.is_bureau and any(peer.relation == "parent" for peer in receivers)
    unfinished.clear(request.folder)
    if gives_figures:
        task.do(RefreshFigures())
    done: list[Exported] = []
    for number, (peer, site, name) in enumerate(peers):
        task.progress.step(number, len(peers), "正在导出上报包")
        try:
            for bundle in _export_to(task, request, peer):
                done.append(bundle)
        except Refused as refusal:
            if len(peers) == 1:
                raise
            done.append(_not_written(site, name, refusal))
    if not any(item.is_written for item in done):
        raise Refused.of(Problem("", f"{item.recipient_name}：{item.text}", item.code) for item in done)
    if request.lays_updates and any(item.is_written and item.recipient in below for item in done):
        done = _with_updates(task, request.folder, done, below)
    task.progress.step(len(peers), len(peers), "导出完成")
    return tuple(done)


def _with_updates(task: Task, folder: Path, done: list[Exported], below: set[str]) -> list[Exported]:
    """The replies as they are, with the updates beside them or, in a line of its own, why those are not there."""
    try:
        laid = lay_updates(task, folder)
    except Refused as refusal:
        return [*done, _not_written("", "程序更新", refusal)]
    return [
        replace(item, beside=laid) if item.is_written and item.recipient in below else item for item in done
    ]


def _not_written(site: str, name: str, refusal: Refused) -> Exported:
    return Exported(
        id="",
        file="",
        recipient=site,
        recipient_name=name,
        entries=0,
        size=0,
        check_code="",
        code=refusal.code,
        text=refusal.message,
    )


def _receivers(look: Look, site: str) -> list[PeerKey]:
    if not look.office.is_bureau:
        return [parent(look)]
    above = parent_or_none(look)
    found = [peer for peer in (*([above] if above else []), *children(look)) if site in ("", peer.site)]
    if not found:
        raise Refused("E735", "还没有已登记的下级单位，没有可导出的回执包。请先邀请并登记下级。")
    return found


def _export_to(task: Task, request: ExportBundles, peer_id: str) -> Iterator[Exported]:
    """One file, or as many as the ceiling of a file asks for."""
    folder = request.folder
    with task.look() as look:
        plan = plan_for(look, look.session.get_one(PeerKey, peer_id), request.from_seq)
    bundle = _write(task, folder, plan)
    yield _exported(bundle, plan, folder)
    while not bundle.is_complete:
        plan = rest_of(plan, bundle)
        bundle = _write(task, folder, plan)
        yield _exported(bundle, plan, folder)


def _write(task: Task, folder: Path, plan: Plan) -> WrittenBundle:
    with task.look() as look:
        draft = _draft(look, plan)
        target = folder / bundle_file_name(draft.id)
        written: list[WrittenBundle] = []
        keys = look.safe.site_keys
        UnfinishedFiles(look.safe.data.root).note(target.name)
        with open_safely(target, verify=lambda part: read_back(part, keys, written[0])) as out:
            recipients = Recipients({plan.peer: plan.age_recipient}, plan.escrow)
            contents: Iterator[ChangeSet | Piece] = chain(
                (_changes(look, run) for run in plan.runs), _pieces(look, plan.files)
            )
            written.append(write_bundle(out, draft, contents, keys, recipients))
    # Only once the file was read back: killed in between, the next export carries the same entries once more.
    task.do(RecordExport(written[0], plan.peer, plan.epoch, target.name))
    return written[0]


def _exported(bundle: WrittenBundle, plan: Plan, folder: Path) -> Exported:
    manifest = bundle.manifest
    return Exported(
        id=bundle.id,
        file=str(folder / bundle.file_name),
        recipient=plan.peer,
        recipient_name=plan.name,
        entries=manifest.entry_count,
        size=bundle.size,
        check_code=bundle.check_code,
        set_aside=tuple(one.words for one in plan.set_aside),
    )


def _draft(look: Look, plan: Plan) -> ManifestDraft:
    key = look.safe.site_keys.signing
    own = [run for run in plan.runs if not run.proof]
    number = (look.session.scalar(select(func.count()).select_from(SentBundle)) or 0) + 1
    notes = tuple(Checkpoint.signed(key, run.stream, run.last, run.head) for run in own if run.last)
    return ManifestDraft(
        look.office.code, plan.direction, CONTRACT, LEAST_READER, look.now.at, notes, plan.receipts,
        plan.wanted, epochs=plan.epochs, parents=plan.parents, number=number,
        program=running_program(),
    )  # fmt: skip


def _changes(look: Look, run: Run) -> ChangeSet:
    totals = ControlTotals()
    kind = RETURNED if run.proof else OWN
    entries = entries_of(look, run, totals)
    return ChangeSet(run.stream, run.epoch, run.first, run.previous, entries, totals.sums, kind, run.proof)


def _pieces(look: Look, files: Iterable[DueFile]) -> Iterator[Piece]:
    """The scans one after the other, decrypted as they are written.

    One that turns out to be damaged stays behind and goes on being due; the check names it, all others travel.
    """
    for one in files:
        try:
            content = read_attachment(look, one.digest)
        except Refused as refusal:
            if refusal.code not in UNREADABLE:
                raise
            continue
        yield from pieces_of(BytesIO(content), one.digest, len(content))


@dataclass(frozen=True)
class RecordExport:
    """A bundle lies on its medium, read back; it awaits its receipt. epoch: the recipient's."""

    written: WrittenBundle
    recipient: str
    epoch: int
    file: str


@handles(RecordExport, title="登记导出", permission=Permission.EXCHANGE)
def record_export(work: Work, command: RecordExport) -> datetime:
    """When it was recorded."""
    manifest = command.written.manifest
    slices = [
        {"stream": part.stream, "from": part.first, "to": part.last, "epoch": command.epoch}
        for part in manifest.slices
    ]
    work.session.add(
        SentBundle(
            id=manifest.id,
            recipient=command.recipient,
            file=command.file,
            made_at=work.now.at,
            made_by=work.actor.account,
            slices=slices,
            check_code=manifest.check_code,
        )
    )
    note_sent(work, command.recipient, whole_attachments(manifest))
    work.subjects.append(manifest.id)
    note_place(work)
    return work.now.at
