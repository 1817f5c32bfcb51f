"""Exports bundles: what each receiver has not acknowledged yet, written, read back, then on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.bundle.drafts import ChangeSet, ManifestDraft, Recipients, WrittenBundle, bundle_file_name
from app.bundle.epochs import EpochLink, Position
from app.bundle.manifest import DOWN, OWN, RETURNED, UP
from app.bundle.read_back import read_back
from app.bundle.signing import Checkpoint, Receipt
from app.bundle.writing import write_bundle
from app.errors import Problem, Refused
from app.kernel.dispatcher import Look, Task, Work, handles, performs
from app.kernel.permissions import Permission
from app.models.organisation import OfficeRow
from app.models.records import PeerKey, ReceivedStream, SentBundle
from app.models.schema import CONTRACT
from app.safe_write import open_safely
from app.services.exchange.epochs import announced_links, own_audiences, own_links, own_parents, peer_streams
from app.services.exchange.own_place import note_place, refuse_elsewhere
from app.services.exchange.peers import children, parent, site_name
from app.services.exchange.runs import Run, counted_place, entries_of, runs_for
from app.services.exchange.set_aside import SetAside
from app.services.exchange.totals import ControlTotals
from app.services.exchange.unfinished import UnfinishedFiles
from app.text import told_name

LEAST_READER = 1


@dataclass(frozen=True)
class ExportBundles:
    """Write a bundle for the parent and one for each admitted child (or for one site only) into a folder."""

    folder: Path
    site: str = ""
    from_seq: int = 0
    """Resend from this number of each stream on, acknowledged or not; 0: only what is not acknowledged."""


@dataclass(frozen=True)
class Exported:
    """A bundle that was written and read back, or why this receiver got none (code, text).

    set_aside: in words, the entries that were too long to be carried whole.
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

    @property
    def is_written(self) -> bool:
        """Whether the file lies there."""
        return not self.code


@dataclass(frozen=True)
class Plan:
    """What one receiver is to get: its keys, direction, and the runs of streams."""

    peer: str
    epoch: int
    name: str
    age_recipient: str
    direction: str
    runs: tuple[Run, ...]
    receipts: tuple[Receipt, ...]
    escrow: str
    set_aside: tuple[SetAside, ...]
    epochs: tuple[EpochLink, ...] = ()
    parents: tuple[Position, ...] = ()


@performs(ExportBundles, permission=Permission.EXCHANGE)
def export_bundles(task: Task, request: ExportBundles) -> tuple[Exported, ...]:
    """One or more for each receiver; one's failure stops nobody else.

    Raises Refused E731, E735, E736, E786, E787, and where no receiver got anything, what stood in the way.
    """
    if not request.folder.is_dir():
        raise Refused("E736", f"找不到文件夹“{told_name(request.folder)}”，请检查 U 盘是否插好。")
    with task.look() as look:
        refuse_elsewhere(look)
        peers = [(peer.id, peer.site, site_name(look, peer.site)) for peer in _receivers(look, request.site)]
        unfinished = UnfinishedFiles(look.safe.data.root)
    unfinished.clear(request.folder)
    done: list[Exported] = []
    for number, (peer, site, name) in enumerate(peers):
        task.progress.step(number, len(peers), "正在导出上报包")
        try:
            for bundle in _export_to(task, request, peer):
                done.append(bundle)
        except Refused as refusal:
            if len(peers) == 1:
                raise
            done.append(Exported("", "", site, name, 0, 0, "", refusal.code, refusal.message))
    if not any(item.is_written for item in done):
        raise Refused.of(Problem("", f"{item.recipient_name}：{item.text}", item.code) for item in done)
    task.progress.step(len(peers), len(peers), "导出完成")
    return tuple(done)


def _receivers(look: Look, site: str) -> list[PeerKey]:
    if not look.office.is_bureau:
        return [parent(look)]
    found = [peer for peer in children(look) if site in ("", peer.site)]
    if not found:
        raise Refused("E735", "还没有已登记的下级单位，没有可导出的回执包。请先邀请并登记下级。")
    return found


def _export_to(task: Task, request: ExportBundles, peer_id: str) -> Iterator[Exported]:
    """One file, or as many as the ceiling of a file asks for."""
    folder = request.folder
    with task.look() as look:
        plan = _plan(look, look.session.get_one(PeerKey, peer_id), request.from_seq)
    bundle = _write(task, folder, plan)
    yield _exported(bundle, plan, folder)
    while not bundle.is_complete:
        plan = replace(plan, runs=_remaining(plan, bundle), receipts=(), set_aside=())
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
            written.append(
                write_bundle(out, draft, (_changes(look, run) for run in plan.runs), keys, recipients)
            )
    task.do(RecordExport(written[0], plan.peer, plan.epoch, target.name))
    return written[0]


def _remaining(plan: Plan, bundle: WrittenBundle) -> tuple[Run, ...]:
    """What the full file could not take."""
    done = {part.stream: part for part in bundle.manifest.slices}
    rest = []
    for run in plan.runs:
        part = done.get(run.stream)
        first, previous = (part.last + 1, part.head) if part else (run.first, run.previous)
        if first <= run.last:
            rest.append(replace(run, first=first, previous=previous))
    return tuple(rest)


def _exported(bundle: WrittenBundle, plan: Plan, folder: Path) -> Exported:
    manifest = bundle.manifest
    return Exported(
        bundle.id, str(folder / bundle.file_name), plan.peer, plan.name, manifest.entry_count, bundle.size,
        bundle.check_code, set_aside=tuple(one.words for one in plan.set_aside),
    )  # fmt: skip


def _plan(look: Look, peer: PeerKey, from_seq: int = 0) -> Plan:
    is_up = peer.relation == "parent"
    runs = runs_for(look, peer, from_seq)
    return Plan(
        peer.site, peer.epoch, site_name(look, peer.site), peer.age_recipient, UP if is_up else DOWN, runs,
        _receipts(look, peer), look.session.get_one(OfficeRow, 1).escrow,
        tuple(one for run in runs for one in run.set_aside), (*own_links(look), *announced_links(look, peer.site)),
        own_parents(look, own_audiences(peer)),
    )  # fmt: skip


def _receipts(look: Look, peer: PeerKey) -> tuple[Receipt, ...]:
    names = peer_streams(look, peer)
    held = look.session.query(ReceivedStream).filter(ReceivedStream.id.in_(names), ReceivedStream.seq > 0)
    key = look.safe.site_keys.signing
    places = (counted_place(look, stream) for stream in held)
    return tuple(Receipt.countersigned(key, one.stream, one.seq, one.head) for one in places if one.seq)


def _draft(look: Look, plan: Plan) -> ManifestDraft:
    key = look.safe.site_keys.signing
    own = [run for run in plan.runs if not run.proof]
    notes = tuple(Checkpoint.signed(key, run.stream, run.last, run.head) for run in own if run.last)
    return ManifestDraft(
        look.office.code, plan.direction, CONTRACT, LEAST_READER, look.now.at, notes, plan.receipts,
        epochs=plan.epochs, parents=plan.parents,
    )  # fmt: skip


def _changes(look: Look, run: Run) -> ChangeSet:
    totals = ControlTotals()
    kind = RETURNED if run.proof else OWN
    return ChangeSet(
        run.stream, run.epoch, run.first, run.previous, entries_of(look, run, totals), totals.sums, kind, run.proof
    )  # fmt: skip


@dataclass(frozen=True)
class RecordExport:
    """A bundle lies on its medium, read back; it awaits its receipt. epoch: the recipient's."""

    written: WrittenBundle
    recipient: str
    epoch: int
    file: str


@handles(RecordExport, permission=Permission.EXCHANGE)
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
    work.subjects.append(manifest.id)
    note_place(work)
    return work.now.at
