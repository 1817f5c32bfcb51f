"""What the check says of the records: logs, rows, journal and the database's own guards, whoever altered them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, text

from app.kernel.work import Look
from app.models.found import ADDED, FoundRow
from app.models.journal_chain import altered_lines
from app.models.migrate import triggers_here
from app.models.organisation import Site
from app.services.office.countersigned import countersigned_faults
from app.services.office.guards import wrong_guards
from app.services.office.health_item import HealthItem
from app.services.office.log_check import LogFound, StreamFound, read_logs
from app.services.office.row_check import WrongRow, wrong_rows

SHOWN = 5
"""Rows, streams or guards named in one item; the number of all stands there too."""


def ledger_items(look: Look) -> list[HealthItem]:
    """One whole pass through logs and tables."""
    connection = look.session.connection()
    logs = read_logs(connection)
    wrong = wrong_rows(connection, logs, look.office.code)
    names = {site.id: site.short_name or site.name for site in look.session.scalars(select(Site))}
    return [
        *(_own_chain(stream, names) for stream in logs.own),
        _received_chains(logs.received, names),
        _countersigned(look, names),
        _rows("rows", "本单位的记录", [one for one in wrong if one.is_own]),
        _rows("received_rows", "收到的记录", [one for one in wrong if not one.is_own]),
        _journal(connection, logs),
        _guards(connection),
        _undecided(look),
    ]


def _own_chain(stream: StreamFound, names: dict[str, str]) -> HealthItem:
    audience = stream.stream.split("/", 2)[2]
    return HealthItem(
        "chain",
        f"流水　{_whose(audience, names)}",
        not stream.fault,
        stream.fault or f"{stream.entries} 条，连续",
    )


def _whose(audience: str, names: dict[str, str]) -> str:
    """For whom a stream is, in words."""
    word, _, site = audience.partition(":")
    return names.get(site, site) if site else {"up": "上报", "down": "下发", "local": "本机"}.get(word, word)


def _received_chains(streams: Sequence[StreamFound], names: dict[str, str]) -> HealthItem:
    bad = [(names.get(code := one.stream.split("/", 1)[0], code), one.fault) for one in streams if one.fault]
    count = sum(one.entries for one in streams)
    return _item(
        "received_chain",
        "收到的流水",
        [f"{name}：{fault}" for name, fault in bad],
        f"{count} 条，连续",
        "请停止收发并联系技术人员",
    )


def _countersigned(look: Look, names: dict[str, str]) -> HealthItem:
    wrong, count = countersigned_faults(look.session, names)
    advice = "请停止导出，打电话告诉对方，并联系技术人员"
    return _item("countersigned", "对方的签收", wrong, f"{count} 份，与流水一致", advice)


def _rows(key: str, title: str, wrong: Sequence[WrongRow]) -> HealthItem:
    return _item(
        key, title, [one.words for one in wrong], "与流水一致", "有人直接改过数据库，请停止导出并联系技术人员"
    )


def _journal(connection: Connection, logs: LogFound) -> HealthItem:
    """Its lines are numbered without a gap and chained, and what the entries say of who, what and when stands in them."""
    count, last = connection.execute(text("SELECT count(*), coalesce(max(id), 0) FROM journal")).one()
    wrong = [f"少了 {last - count} 条"] if count != last else []
    wrong += [f"第 {line} 条被改动" for line in altered_lines(connection)]
    wrong += [f"与流水第 {seq} 条不符" for seq in logs.unsigned]
    return _item(
        "journal", "操作记录", wrong, f"{count} 条，与流水一致", "有人直接改过数据库，请联系技术人员"
    )


def _guards(connection: Connection) -> HealthItem:
    advice = "有人直接改过数据库，请看“本单位的记录”，再请技术人员用 huimin found guards 重装"
    return _item(
        "guards",
        "库内防护",
        wrong_guards(connection),
        f"{len(triggers_here(connection)[1])} 处，完好",
        advice,
    )


def _undecided(look: Look) -> HealthItem:
    waiting = look.session.scalar(
        select(func.count())
        .select_from(FoundRow)
        .where(FoundRow.kind == ADDED, FoundRow.decided_at.is_(None))
    )
    told = f"{waiting} 条库外添加的记录还没有决定，暂不显示，请到“设置”的“安全事件”处理"
    return HealthItem("found", "库外改动", not waiting, told if waiting else "没有待决定的")


def _item(key: str, title: str, wrong: Sequence[str], good: str, advice: str) -> HealthItem:
    if not wrong:
        return HealthItem(key, title, True, good)
    more = f"；另有 {len(wrong) - SHOWN} 处" if len(wrong) > SHOWN else ""
    return HealthItem(key, title, False, f"{'；'.join(wrong[:SHOWN])}{more}。{advice}")
