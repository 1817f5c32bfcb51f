"""Writes down what came of each file that somebody tried to import."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.bundle_files import ReceivedBundle
from app.services.exchange.outcome import WHOLE, BundleOutcome, Outcome
from app.services.reading.incoming import BEGUN


@dataclass(frozen=True)
class RecordOutcome:
    """What came of a file that was not applied, for the inbox."""

    outcome: BundleOutcome


@handles(RecordOutcome, title="登记收件结果", permission=Permission.EXCHANGE)
def record_outcome(work: Work, command: RecordOutcome) -> None:
    """A bundle that points to forgery or a rewritten history also leaves an alarm, open until somebody dismisses it."""
    outcome = command.outcome
    if outcome.outcome == Outcome.alarm:
        work.alarm("exchange", f"{outcome.code} {outcome.text}（{outcome.sender or '未知单位'}）")
    write_down(work, outcome)


def write_down(work: Work, outcome: BundleOutcome) -> None:
    """One line a file; what was parked keeps its line, whichever copy of it brings the end.

    One of which a part is here keeps saying so until it is whole, whatever stops it.
    """
    row = None
    if outcome.sha256:
        row = (
            work.session.query(ReceivedBundle)
            .filter_by(sha256=outcome.sha256, outcome=Outcome.parked)
            .first()
        )
    if row is not None and row.code == BEGUN and outcome.code != BEGUN and outcome.outcome not in WHOLE:
        row.text = f"只接收了一部分（{row.applied} 条），没有接完：{outcome.text}"
        return
    if row is None:
        row = ReceivedBundle(file=outcome.file, sha256=outcome.sha256)
        work.session.add(row)
    row.bundle_id, row.sender, row.check_code = outcome.bundle_id, outcome.sender, outcome.check_code
    row.outcome, row.code, row.text, row.applied = (
        outcome.outcome,
        outcome.code,
        outcome.text,
        outcome.applied,
    )
    row.summary, row.program, row.at = dict(outcome.summary), dict(outcome.program), work.now.at
