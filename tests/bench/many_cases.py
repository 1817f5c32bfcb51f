"""Fills a real county office with many legal-aid cases, as bundles of its stations would have left them, for measuring only."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from app.case_values import CaseOutcome
from app.clock import new_id
from app.kernel.permissions import SYSTEM
from app.models.cases import CaseEventRow, LegalCase
from app.models.funds import CaseSettlement, StoredCaseLine
from app.quarters import Quarter
from app.rules.funds.case_lines import CasePay
from app.services.cases.case_books import case_books
from app.services.reading.case_lines import told_of
from tests.bench.many_consultations import GIVEN, SURNAMES
from tests.direct_rows import Write
from tests.services.conftest import Desk

BATCH, WRITER = 1000, "140802"
SETTLED = datetime(2022, 5, 2, tzinfo=UTC)
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


def settle_before(desk: Desk, quarter: str) -> None:
    """The final lines of every case archived before a quarter, as the lists of its earlier quarters would stand."""
    last = Quarter.of(Quarter.parse(quarter).period.start - timedelta(days=1))
    with desk.office._dispatcher.looking(desk.actor) as look:
        pays = [one for one in case_books(look, last).pays.values() if one.outcome is not CaseOutcome.waits]
    lists = {Quarter.of(one.archived_on): new_id() for one in pays if one.archived_on}
    rows: list[CaseSettlement | StoredCaseLine] = [
        CaseSettlement(
            id=made, writer=WRITER, quarter=str(one), final_at=SETTLED, final_by="bench", pack=desk.office.pack.key,
            special_fen=0, business_fen=0, project_fen=0,
        )
        for one, made in lists.items()
    ]  # fmt: skip
    for one in pays:
        if one.archived_on:
            rows.append(_line(one, Quarter.of(one.archived_on), lists[Quarter.of(one.archived_on)]))
    for first in range(0, len(rows), BATCH):
        part = rows[first : first + BATCH]
        desk.office.do(Write(lambda session, part=part: session.add_all(part)), SYSTEM)


def _line(pay: CasePay, quarter: Quarter, settlement: str) -> StoredCaseLine:
    return StoredCaseLine(
        writer=WRITER, settlement_id=settlement, quarter=str(quarter), case_id=pay.case, number=pay.number,
        outcome=pay.outcome.value, is_base=pay.outcome is CaseOutcome.pays, grade=pay.grade.value if pay.grade else "",
        fund=pay.fund.value if pay.fund else "", place=pay.place, special_fen=pay.special_fen,
        business_fen=pay.business_fen, project_fen=pay.project_fen, told=told_of(pay),
    )  # fmt: skip
