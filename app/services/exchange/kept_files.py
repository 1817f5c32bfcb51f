"""Bounds what lies in quarantine: how much of one sender may wait, what stays as evidence, and how a file is discarded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from app.bundle.limits import MIB
from app.errors import Problem, Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look, Work
from app.models.bundle_files import ReceivedBundle
from app.services.exchange.claims import REGRESSED
from app.services.exchange.outcome import BundleOutcome, Outcome
from app.services.exchange.peers import site_name
from app.services.exchange.quarantine import kept_file
from app.services.reading.incoming import BEGUN
from app.text import clean

OTHER_HISTORY = frozenset({"E702", REGRESSED})
"""Codes of alarms whose file shows another history than the one held."""
_KEPT_AS_PROOF = "来件已留作证据，丢弃以前一直在。"


@dataclass(frozen=True)
class DiscardBundle:
    """A parked file, or one kept as evidence of a fork, is needed no more.

    file: its name, or at least eight signs of its SHA-256.
    """

    file: str
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A reason."""
        if not clean(self.reason):
            yield Problem("reason", "请写明为什么丢弃这个暂存的包。", "E788")


@dataclass(frozen=True)
class ForgetBundle:
    """The kept file with this hash is given up."""

    sha256: str
    reason: str


def kept_hashes(look: Look) -> set[str]:
    """Hashes of the files that stay in quarantine: those that wait, and those that show a forked history (case 6)."""
    return {row.sha256 for row in _kept(look)}


def within_bounds(look: Look, outcome: BundleOutcome) -> BundleOutcome:
    """The outcome of a file that is to be kept, or its refusal when its sender has too much there already: the oldest stay."""
    if outcome.outcome != Outcome.parked and outcome.code not in OTHER_HISTORY:
        return outcome
    folder, most = look.safe.data.quarantine, int(setting_value(look, "parked_megabytes"))
    kept = {row.sha256 for row in _kept(look) if row.sender == outcome.sender}
    proven = outcome
    if outcome.outcome == Outcome.alarm:
        proven = replace(outcome, text=f"{outcome.text}{_KEPT_AS_PROOF}")
    if outcome.sha256 in kept:
        return proven
    files = [kept_file(folder, sha256) for sha256 in (*kept, outcome.sha256)]
    if sum(path.stat().st_size for path in files if path.exists()) <= most * MIB:
        return proven
    if outcome.outcome == Outcome.alarm:
        return replace(outcome, text=f"{outcome.text}这个单位暂存的包已满 {most} MB，没有再留下这份文件。")
    return replace(
        outcome,
        outcome=Outcome.refused,
        code="E798",
        text=f"{site_name(look, outcome.sender)}暂存的包已满 {most} MB，这一个没有存下。"
        "请先导入它前面缺的包，或丢弃不要的暂存包，再导入这一个。",
    )


@performs(DiscardBundle, title="丢弃暂存的包", permission=Permission.EXCHANGE)
def discard_bundle(task: Task, request: DiscardBundle) -> str:
    """The file's name; its line in the inbox stays.

    Raises Refused E788 without a reason, E799 for a file that is not kept, E789 where several have the name, E741 for one
    of which a part is here, as long as its file can bring the rest.
    """
    with task.look() as look:
        folder = look.safe.data.quarantine
        wanted = request.file.strip()
        found = [row for row in _kept(look) if _is_meant(row, wanted)]
    if not found:
        raise Refused("E799", f"没有名为“{clean(wanted)}”的暂存包，请在收件记录里核对文件名。")
    hashes = list(dict.fromkeys(row.sha256 for row in found))
    if len(hashes) > 1:
        raise Refused(
            "E789",
            f"有 {len(hashes)} 个暂存包都叫“{clean(wanted)}”。请改用文件的 SHA-256 前 16 位指明是哪一个："
            f"{'、'.join(one[:16] for one in hashes)}。",
        )
    if any(row.code == BEGUN for row in found) and kept_file(folder, hashes[0]).exists():
        raise Refused("E741", "这个包已经接收了一部分，不能丢弃。请再导入一次，让它接收完。")
    task.do(ForgetBundle(hashes[0], clean(request.reason)))
    kept_file(folder, hashes[0]).unlink(missing_ok=True)
    return found[0].file


@handles(ForgetBundle, title="丢弃暂存的包", permission=Permission.EXCHANGE)
def forget_bundle(work: Work, command: ForgetBundle) -> None:
    """The lines of the file say so; an alarm that it raised goes on until somebody dismisses it."""
    for row in work.session.scalars(select(ReceivedBundle).where(ReceivedBundle.sha256 == command.sha256)):
        if row.outcome == Outcome.parked:
            row.outcome = Outcome.refused
        row.is_discarded = True
        row.text = f"{row.text}（暂存的文件已丢弃）"
        work.subjects.append(row.bundle_id or str(row.id))
    work.why = command.reason


def _kept(look: Look) -> Iterable[ReceivedBundle]:
    is_evidence = (ReceivedBundle.outcome == Outcome.alarm) & ReceivedBundle.code.in_(OTHER_HISTORY)
    query = select(ReceivedBundle).where(
        ReceivedBundle.is_discarded.is_(False), or_(ReceivedBundle.outcome == Outcome.parked, is_evidence)
    )
    return look.session.scalars(query.order_by(ReceivedBundle.id)).all()


def _is_meant(row: ReceivedBundle, wanted: str) -> bool:
    return wanted == row.file or (len(wanted) >= 8 and row.sha256.startswith(wanted.lower()))
