"""Imports bundles: quarantine, verify all of it, then apply in one short transaction; every outcome is on record."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused
from app.models.records import ReceivedBundle
from app.models.schema import CONTRACT
from app.services.dispatch import Look, Task, Work, handles, performs
from app.services.exchange.apply import ApplyBundle
from app.services.exchange.enrol import read_file
from app.services.exchange.format.faults import NewerReader
from app.services.exchange.format.reading import BundleReader, open_bundle
from app.services.exchange.outcome import ALARM, NOOP, PARKED, REFUSED, Outcome
from app.services.exchange.standing import Fork, Gap, Standing, Stranger, standing_of
from app.services.security.permissions import Permission


@dataclass(frozen=True)
class ImportBundles:
    """Bundle files, in any order; a folder means every .hmb in it."""

    files: tuple[Path, ...]


@performs(ImportBundles, permission=Permission.EXCHANGE)
def import_bundles(task: Task, request: ImportBundles) -> tuple[Outcome, ...]:
    """One outcome a file; a bad file hinders no other. Parked bundles follow as soon as their gap closes."""
    files = [file for path in request.files for file in _files(path)]
    outcomes = []
    for number, file in enumerate(files):
        task.progress.step(number, len(files), "正在导入上报包")
        outcomes.append(_import_one(task, file))
    while _retry_parked(task):
        pass
    task.progress.step(len(files), len(files), "导入完成")
    return tuple(outcomes)


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.hmb")) if path.is_dir() else [path]


def _import_one(task: Task, file: Path) -> Outcome:
    try:
        kept, digest = _quarantine(task, file)
    except Refused as refusal:
        return _record(task, Outcome(file.name, REFUSED, 0, refusal.code, refusal.message))
    outcome = replace(_judge(task, kept), file=file.name, sha256=digest)
    if outcome.outcome != PARKED:
        kept.unlink(missing_ok=True)
    return _record(task, outcome)


def _quarantine(task: Task, file: Path) -> tuple[Path, str]:
    """A copy under the name of its hash, so that the medium may be pulled and its name means nothing."""
    with task.look() as look:
        folder = look.safe.data.quarantine
    folder.mkdir(exist_ok=True)
    part = folder / "incoming.part"
    try:
        shutil.copyfile(file, part)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused("E734", f"读不到文件“{file.name}”（{error.strerror}），请检查 U 盘是否插好。") from error
    with part.open("rb") as copied:
        digest = hashlib.file_digest(copied, "sha256").hexdigest()
    kept = folder / f"{digest}.hmb"
    part.replace(kept)
    return kept, digest


def _judge(task: Task, kept: Path) -> Outcome:
    """Verify everything, then apply; the outcome of one quarantined file."""
    known = Outcome(kept.name, REFUSED, 0, "", "")
    try:
        with kept.open("rb") as file, task.look() as look:
            reader = _open(look, file)
            reader.require_room(shutil.disk_usage(kept.parent).free)
            manifest = reader.manifest
            known = replace(known, bundle_id=manifest.id, sender=manifest.sender, check_code=manifest.check_code)
            standing = standing_of(look, manifest)
            _verify(task, look, reader, standing)
        return _apply(task, kept, standing, known)
    except (Gap, NewerReader) as reason:
        return replace(known, outcome=PARKED, code=reason.code, text=reason.message)
    except (Fork, Stranger) as alarm:
        task.do(RaiseAlarm(alarm.code, alarm.message, known.sender))
        return replace(known, outcome=ALARM, code=alarm.code, text=alarm.message)
    except Refused as refusal:
        return replace(known, outcome=REFUSED, code=refusal.code, text=refusal.message)


def _open(look: Look, file: BinaryIO) -> BundleReader:
    return open_bundle(file, look.safe.site_keys, contract=CONTRACT, site=look.office.code)


def _verify(task: Task, look: Look, reader: BundleReader, standing: Standing) -> None:
    """Read every segment once: hashes, chain, counts, and that what overlaps is what we hold."""
    for entry in reader.read_changes(lambda done, total: task.progress.step(done, total, "正在核对")):
        standing.check(look, entry)


def _apply(task: Task, kept: Path, standing: Standing, known: Outcome) -> Outcome:
    with kept.open("rb") as file, task.look() as look:
        reader = _open(look, file)
        applied = task.do(ApplyBundle(reader, standing))
    if applied.new == 0:
        return replace(known, outcome=NOOP, text="没有新内容，0 条", summary=applied.summary)
    words = f"已接收 {applied.new} 条"
    if applied.faulty:
        words += f"，其中 {applied.faulty} 条不能入账，已列入退回"
    return replace(known, outcome="APPLIED", applied=applied.new, text=words, summary=applied.summary)


def _retry_parked(task: Task) -> bool:
    """Try each waiting bundle again; whether any of them was applied."""
    with task.look() as look:
        waiting = [(row.id, row.sha256, row.file) for row in look.session.query(ReceivedBundle)
                   .filter(ReceivedBundle.outcome == PARKED).order_by(ReceivedBundle.id)]
        folder = look.safe.data.quarantine
    moved = False
    for row_id, digest, name in waiting:
        kept = folder / f"{digest}.hmb"
        if not kept.exists():
            continue
        outcome = replace(_judge(task, kept), file=name, sha256=digest)
        if outcome.outcome != PARKED:
            kept.unlink(missing_ok=True)
            task.do(RecordOutcome(outcome, row_id))
            moved = True
    return moved


def _record(task: Task, outcome: Outcome) -> Outcome:
    task.do(RecordOutcome(outcome))
    return outcome


@dataclass(frozen=True)
class RecordOutcome:
    """What came of a file, for the inbox; of a parked one, what came of it in the end."""

    outcome: Outcome
    parked: int = 0


@handles(RecordOutcome, permission=Permission.EXCHANGE)
def record_outcome(work: Work, command: RecordOutcome) -> None:
    """A file parked twice is listed once."""
    outcome = command.outcome
    row = work.session.get(ReceivedBundle, command.parked) if command.parked else None
    if row is None and outcome.outcome == PARKED:
        row = work.session.query(ReceivedBundle).filter_by(sha256=outcome.sha256, outcome=PARKED).first()
    if row is None:
        row = ReceivedBundle(file=outcome.file, sha256=outcome.sha256)
        work.session.add(row)
    row.bundle_id, row.sender, row.check_code = outcome.bundle_id, outcome.sender, outcome.check_code
    row.outcome, row.code, row.text, row.applied = outcome.outcome, outcome.code, outcome.text, outcome.applied
    row.summary, row.at = dict(outcome.summary), work.now.at


@dataclass(frozen=True)
class RaiseAlarm:
    """A bundle that points to forgery or a rewritten history."""

    code: str
    text: str
    sender: str


@handles(RaiseAlarm, permission=Permission.EXCHANGE)
def raise_alarm(work: Work, command: RaiseAlarm) -> None:
    """Stays open until somebody dismisses it."""
    work.alarm("exchange", f"{command.code} {command.text}（{command.sender or '未知单位'}）")


@dataclass(frozen=True)
class ShowBundle:
    """What a bundle says of itself, from its manifest alone, or with everything verified."""

    file: Path
    is_whole: bool = False


@performs(ShowBundle, permission=Permission.EXCHANGE)
def show_bundle(task: Task, request: ShowBundle) -> dict[str, object]:
    """The verified manifest as plain fields. Raises the file's faults."""
    with task.look() as look, _opened(look, request.file) as reader:
        if request.is_whole:
            reader.verify()
        manifest = reader.manifest
        return {"id": manifest.id, "sender": manifest.sender, "direction": manifest.direction,
                "made_at": manifest.made_at, "check_code": manifest.check_code, "entries": manifest.entry_count,
                "slices": [part.fields() for part in manifest.slices], "receipts": len(manifest.receipts),
                "is_verified": request.is_whole}


@contextmanager
def _opened(look: Look, path: Path) -> Iterator[BundleReader]:
    """Open a bundle as its recipient or, for one of our own, as its sender."""
    read_file(path)
    with path.open("rb") as file:
        try:
            reader = _open(look, file)
        except Refused as refusal:
            if refusal.code != "E704":
                raise
            reader = open_bundle(file, look.safe.site_keys, contract=CONTRACT, role="sender")
        yield reader
