"""Whatever an office asks costs what was asked for: no statement reads a table from end to end that grows with the years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text

from app.errors import Refused
from app.kernel.handlers import ANSWERS, load_services
from app.kernel.permissions import KIOSK
from app.models.schema import metadata
from app.services.cases.case_list import CaseList
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.consultations.record_consultation import RecordConsultation
from app.services.consultations.register import Register
from app.services.money.settle_final import SettleFinal
from app.services.money.submit_month import SubmitMonth
from app.services.office.office import Office
from app.services.reports.report import reports
from app.services.reports.show_report import ShowReport
from app.services.search.everything import FindAnything
from app.values import Month
from tests.services.case_desk import CaseDesk
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CENTRE, STATION, Book, at, ready_to_pay

BOUNDED = {
    "approval_delegation": "one a change of who decides",
    "account": "the office's staff",
    "acknowledgement": "one a stream and partner",
    "alembic_version": "one row",
    "case_settlement": "one a quarter",
    "case_stale": "empty between two transactions",
    "case_standard": "the county's table of standards",
    "draft": "one a form and account",
    "firm_account": "one a change of a firm's account",
    "firm_confirmation": "one a change of a firm's account",
    "handler_mark": "members of lists of the pool",
    "market_rule": "the points where a site sits duty",
    "means_figure": "the county's dated figures",
    "quality_draw": "one a quarter",
    "kiosk_credential": "one a person",
    "office": "one row",
    "own_epoch": "one a restored backup",
    "payment_notice": "one a payment of a month, without persons",
    "pack_reading": "one a setting of the document",
    "peer_key": "one a partner and epoch",
    "pending": "empty between two transactions",
    "person": "the pool",
    "person_link": "one a proposal of the pool",
    "person_private": "one a person",
    "received_stream": "one a partner, epoch and audience",
    "setting": "one a setting",
    "settlement": "one a month",
    "site": "the tree",
    "site_frequency": "one a change of a site's market days",
    "stream": "one an epoch and audience",
    "unindexed": "empty between two transactions",
    "unknown_word": "what a newer program's rows brought",
}
"""Tables that stay small however long an office works, each with what bounds it."""


WHOLE = {
    "case_adjustment USING INDEX sqlite_autoindex_case_adjustment_1": "what changed of lines that are final: none may be overlooked",
    "case_examination": "the bureau's word on each final line, which says where its money stands",
    "case_line USING INDEX sqlite_autoindex_case_line_1": "one base a case, once and for ever; places of a year and what is owed hang on all of them",
    "case_line": "as below: what changed since it became final",
    "case_payment_item USING COVERING INDEX sqlite_autoindex_case_payment_item_2": "what of it was paid, from the index alone",
    "case_standing USING COVERING INDEX ix_case_standing_number": "how many cases there are, counted on the index alone",
    "adjustment": "what the bureau decided by hand: a few a month, and none may be overlooked until it is carried out",
    "pay_line USING COVERING INDEX ix_pay_line_sums": "what is owed may reach back to the first month; sums from the index alone",
    "payment USING COVERING INDEX ix_payment_sums": "as above: what was handed over",
    "payment USING COVERING INDEX ix_payment_vouchers": "a fund's balance is of every payment; sums from the index alone",
    "returned_entry": "entries that could not become records: faults, each waiting for its writer",
}
"""Steps that may read to the end, each with its reason."""
NOT_ASKED = {
    "Health": "checks every row against the log: reading all is what it is for",
    "ErasureScope": "before one erasure: whatever names the person is looked for everywhere",
    "ProvinceCheck": "holds every case against every row of the province's: reading both is what it is for",
    "AnswerFile": "about a file of another office", "InvitationFile": "about a file of another office",
}  # fmt: skip
REPORTS_NOT_ASKED = {"provincial": "the lines of ProvinceCheck"}
REFUSED = {
    "AskHandover": "no account is named",
    "IndicatorCases": "no indicator is named",
    "FindBadge": "there is no badge here",
    "PaperContent": "there is no scan here",
    "PreviewForm": "no form is named",
    "ServiceCards": "no telephone is set here",
    "ReadUpdate": "the program is not an installed one here",
}


class Plans:
    """The plans of every statement that an office has run, as far as they read a growing table from end to end."""

    def __init__(self) -> None:
        self.asked = ""
        self.seen: set[str] = set()
        self.scans: dict[str, str] = {}

    def note(
        self, _connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        """Before a statement runs, by the connection that runs it."""
        if statement in self.seen or not re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)", statement, re.I):
            return
        self.seen.add(statement)
        given = parameters[0] if many and parameters else parameters
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", given or ()).fetchall()
        bad = [row[3] for row in plan if self._is_scan(row[3], statement)]
        if bad:
            self.scans.setdefault(f"{self.asked}: {'; '.join(bad)}", statement)

    def _is_scan(self, step: str, statement: str) -> bool:
        found = re.match(r"SCAN (\w+)\b(?! VIRTUAL)", step)
        if found is None or _is_newest(statement) or step.removeprefix("SCAN ") in WHOLE:
            return False
        alias = found[1]
        named = {alias, *re.findall(rf'(\w+)"? (?:AS )?"?{alias}\b', statement)}
        return any(name in metadata.tables and name not in BOUNDED for name in named)


VOIDED = re.compile(r" WHERE NOT \(EXISTS \(SELECT [^()]* FROM voided WHERE [^()]*\)\)(?! AND)")
"""Leaving out what was voided is looked up row by row and ends with the page."""


def _is_newest(statement: str) -> bool:
    """The first rows in the order of a key, without a condition: it ends once it has them."""
    words = VOIDED.sub("", " ".join(statement.split())).upper()
    return " WHERE " not in words and " ORDER BY " in words and " LIMIT " in words


@contextmanager
def watched(office: Office) -> Iterator[Plans]:
    """While it lasts every statement of the office is noted."""
    plans = Plans()
    engines = (office.database.reader, office.database.writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", plans.note)
    yield plans
    for engine in engines:
        event.remove(engine, "before_cursor_execute", plans.note)


def populated(county: Desk) -> dict[str, str]:
    """A month with one of everything; what queries about a row of it name."""
    book = Book(county)
    duty = book.worked(2)
    book.worked(3, CENTRE)
    book.row(4, "09:00")
    book.publish()
    book.check(2, "10:00")
    record = county.do(RecordConsultation(
        client_name="李桂花", phone="13800006021", topics=("劳动",), site=CENTRE, person_id=book.person(), at=at(3, "09:30"), content="欠薪",
    ))  # fmt: skip
    county.do(AuditConsultation((record.id,), "不规范", "答复与事项不符"))
    book.complaint(2, "10:00")
    county.clock.go_to(AFTER_MAY)
    county.do(SubmitMonth("2022-05", site=CENTRE))
    county.do(SettleFinal("2022-05"))
    case = CaseDesk(county).register(date(2022, 5, 3))
    batch = ready_to_pay(county)
    return {"batch": batch, "person": book.person(), "duty": duty, "consultation": record.id, "case": case}


def sample(kind: type, ids: dict[str, str]) -> Any:
    """A request of that class: its defaults, and for the rest what `populated` made."""
    given = {
        "month": Month(2022, 5), "period": "2022-05", "months": (Month(2022, 5),), "site": CENTRE, "on": date(2022, 5, 3),
        "first": date(2022, 5, 1), "last": date(2022, 5, 31), "at": at(3, "09:30"), "words": "李桂花",
        "person_id": ids["person"], "duty_id": ids["duty"], "consultation_id": ids["consultation"],
        "id": ids["consultation"], "person_ids": (ids["person"],), "code": STATION, "name": "李桂花", "key": "pay",
        "case": ids["case"], "batch": ids.get("batch", ""), "quarter": "2022-Q2", "year": 2022, "kind": "consultations",
    }  # fmt: skip
    needed = [one for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    chosen = {one.name: given.get(one.name, "") for one in needed}
    return kind(
        **{one.name: str(chosen[one.name]) if one.type == "str" else chosen[one.name] for one in needed}
    )


def requests(ids: dict[str, str]) -> Iterator[Any]:
    """One of every query of the program, and of those with something to choose one of each choice."""
    load_services()
    for kind in ANSWERS:
        if kind.__module__.startswith("app.") and kind.__name__ not in NOT_ASKED:
            yield sample(kind, ids)
    may = {"first": date(2022, 5, 1), "last": date(2022, 5, 31)}
    yield from (
        Register(**may, site=CENTRE),
        Register(**may, words="薪"),
        Register(words="6021"),
        Register(**may, sort="number"),
    )
    yield from (
        Register(**may, is_faulty_only=True),
        Register(**may, is_unaudited_only=True),
        FindAnything("6021"),
    )
    yield from (
        CaseList(is_open_only=True, sort="due"),
        CaseList(is_due_only=True, sort="due"),
    )
    yield from (ShowReport(key, "2022-05") for key in reports() if key not in REPORTS_NOT_ASKED)


@pytest.mark.parametrize("where", ["county", "station"])
def test_no_statement_reads_a_growing_table_from_end_to_end(
    where: str, request: pytest.FixtureRequest
) -> None:
    desk: Desk = request.getfixturevalue(where)
    answered = set()
    with watched(desk.office) as plans:
        plans.asked = "commands"
        ids = (
            populated(desk)
            if where == "county"
            else dict.fromkeys(("person", "duty", "consultation", "case"), "none")
        )
        for asked in requests(ids):
            plans.asked = type(asked).__name__
            actor = desk.actor if desk.actor.may(ANSWERS[type(asked)].permission) else KIOSK
            try:
                desk.ask(asked, actor)
                answered.add(type(asked).__name__)
            except Refused as refusal:
                assert where == "station" or plans.asked in REFUSED, refusal
    assert not plans.scans, "\n".join(
        f"{step}\n    {' '.join(words.split())}" for step, words in plans.scans.items()
    )
    assert len(answered) > (60 if where == "county" else 30)


def test_a_scan_is_seen(county: Desk) -> None:
    """The watch itself: what was slow before is refused."""
    record = "SELECT id FROM consultation WHERE client_name LIKE '%李%'"
    newest = "SELECT id FROM journal ORDER BY id DESC LIMIT 1"
    with watched(county.office) as plans, county.office.database.reader.connect() as connection:
        connection.execute(text(newest))
        assert not plans.scans
        connection.execute(text(record))
        assert list(plans.scans) == [": SCAN consultation"]
        connection.execute(text("SELECT c.id FROM punch AS c WHERE c.at > '2022'"))
        assert len(plans.scans) == 2
