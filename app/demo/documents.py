"""Writes the demonstration's documents: posters, ledgers, pay sheet, badges, the recovery sheet."""

from __future__ import annotations

from pathlib import Path

from app.demo.month import Play
from app.documents.form import form
from app.documents.render_file import write_printed
from app.services.kiosk.badge import BadgesOf
from app.services.money.circulars import CircularDrafts
from app.services.money.month_pay import ComputeSettlement
from app.services.money.pay_sheet import ExportPaySheet
from app.services.money.statement import StatementOf
from app.services.reports.export_report import ExportReport
from app.services.roster.export_poster import ExportPoster

LEDGERS = ("people", "roster", "attendance", "consultations", "spotchecks", "complaints", "pay", "targets")
"""Reports written as XLSX; the first six are what the pay can be recomputed from."""


def write_documents(play: Play, folder: Path) -> list[str]:
    """Everything that would be printed or handed in for the month; names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    month = play.month.month
    for site in play.month.sites:
        for ending in ("pdf", "xlsx"):
            out = folder / f"值班公示表-{site.town or '县中心'}.{ending}"
            play.office(site.code).do(ExportPoster(site.code, month, out))
    for key in LEDGERS:
        play.county.do(ExportReport(key, str(month), folder / f"{key}.xlsx"))
    for key in ("attendance", "targets"):
        play.county.do(ExportReport(key, str(month), folder / f"{key}.pdf"))
    for ending in ("pdf", "xlsx"):
        play.county.do(ExportPaySheet(str(month), folder / f"补贴发放表.{ending}"))
    badges = play.county.ask(BadgesOf(tuple(play.people.values())))
    write_printed(form("badge").draw(badges), folder / "工作牌.pdf")
    for number, notice in enumerate(play.county.ask(CircularDrafts(str(month))), 1):
        write_printed(form("circular").draw(notice), folder / f"通报批评-{number}.pdf")
    settled = play.county.ask(ComputeSettlement(str(month)))
    deducted = next(
        (person for person in settled.people if any(line.deductions for line in person.lines)), None
    )
    if deducted:
        statement = play.county.ask(StatementOf(str(month), deducted.person_id))
        write_printed(form("pay_statement").draw(statement), folder / "个人明细-示例.pdf")
    return sorted(file.name for file in folder.iterdir())
