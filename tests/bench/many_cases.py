"""Fills a real county office with many legal-aid cases, as bundles of its stations would have left them, for measuring only."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from app.kernel.permissions import SYSTEM
from app.models.cases import CaseEventRow, LegalCase
from tests.bench.many_consultations import GIVEN, SURNAMES
from tests.direct_rows import Write
from tests.services.conftest import Desk

BATCH, WRITER = 1000, "140802"
ENTERED = datetime(2022, 5, 1, tzinfo=UTC)
LAST, OPEN_OF_HUNDRED = date(2022, 5, 9), 5
STEPS: tuple[tuple[str, int, dict[str, object]], ...] = (
    ("受理审查", 0, {"reviewer": "李审查"}),
    ("给予", 3, {"reviewer": "李审查", "head": "王主任", "ground": "援31", "means": "免核查"}),
    ("指派", 5, {"handler": "卫明", "firm": "河东律师事务所", "handler_kind": "社会律师"}),
    ("签约", 8, {}),
    ("结案", 60, {"result": "胜诉"}),
    ("交卷", 70, {}),
    ("归档", 80, {"grade": "合格", "examiner": "赵验"}),
)
"""Step, days after the application, what it carries."""


def fill(desk: Desk, count: int, *, years: int, given: int = 0) -> None:
    """So many more cases, spread over some years up to LAST; the newest of each hundred stay undecided."""
    for first in range(0, count, BATCH):
        numbers = range(first, min(count, first + BATCH))
        rows = [row for number in numbers for row in _rows(given, number, count, years)]
        desk.office.do(Write(lambda session, rows=rows: session.add_all(rows)), SYSTEM)


def _rows(given: int, number: int, count: int, years: int) -> Iterator[LegalCase | CaseEventRow]:
    chance, key = random.Random(given + number), f"bench-{given + number:07d}"
    is_open = number % 100 < OPEN_OF_HUNDRED
    on = LAST - timedelta(days=number % 5 if is_open else 90 + years * 365 * number // count)
    name = chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(2))
    yield LegalCase(
        id=key, writer=WRITER, site="140802-01", serial=given + number + 1, began_as="登记", received_on=on, kind="民事",
        form="诉讼", stage="一审", ground="援31", matter="劳动报酬", groups=["农民工"], applicant=name,
        id_number=f"14080219800101{chance.randrange(9999):04d}", phone=f"13{chance.randrange(10**9):09d}",
        entered_by="bench", entered_at=ENTERED, opposing_firms=[],
    )  # fmt: skip
    for place, (kind, after, facts) in enumerate(STEPS[:1] if is_open else STEPS, 1):
        said = facts | ({"number": f"援字〔{on.year}〕第{given + number}号"} if kind == "给予" else {})
        yield CaseEventRow(
            id=f"{key}-{place}", writer=WRITER, site="140802-01", case_id=key, kind=kind, on=on + timedelta(days=after),
            number=place, facts=said, entered_by="bench", entered_at=ENTERED,
        )  # fmt: skip
