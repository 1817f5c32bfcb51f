"""Goes on with bundles of which only a part was taken in, once the office is open again."""

from __future__ import annotations

from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.own_place import refuse_elsewhere
from app.services.exchange.receive import take_waiting
from app.services.office.begun_imports import FinishImports


@performs(FinishImports, title="接着收没有收完的包", permission=Permission.EXCHANGE)
def finish_imports(task: Task, request: FinishImports) -> tuple[BundleOutcome, ...]:
    """What came of each that is whole now. Raises Refused E738 at once where another goes on importing, E786, E787."""
    with task.look() as look:
        refuse_elsewhere(look)
    return take_waiting(task, 0.0, is_begun_only=True)
