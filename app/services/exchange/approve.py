"""Approves a partner's new epoch and takes in what waited for that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.services.exchange.new_epoch import AdmitEpoch, Admitted
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.receive import take_waiting


@dataclass(frozen=True)
class ApproveEpoch:
    """The restored office read this fingerprint out by telephone. site: its code or name."""

    site: str
    fingerprint: str

    def problems(self) -> Iterable[Problem]:
        """Those of the fingerprint."""
        return AdmitEpoch(self.site, self.fingerprint).problems()


@dataclass(frozen=True)
class Approved:
    """What was approved, and what came of the bundles that had waited for it."""

    admitted: Admitted
    outcomes: tuple[BundleOutcome, ...]


@performs(ApproveEpoch, title="认可换了密钥的单位", permission=Permission.ENROL)
def approve_epoch(task: Task, request: ApproveEpoch) -> Approved:
    """Raises Refused E794, E795, E738, and Fork E702 where the histories differ after all."""
    admitted: Admitted = task.do(AdmitEpoch(request.site.strip(), request.fingerprint))
    return Approved(admitted, take_waiting(task))
