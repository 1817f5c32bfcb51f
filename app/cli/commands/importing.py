"""Commands that import workbooks and undo imports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import do, options_of, plain, show
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.kind import ImportReport, RowFault
from app.services.importing.template import write_template
from app.services.importing.undo import UndoImport

KINDS = "people roster attendance spotchecks consultations activities complaints cases focus funds provincial standards"


def add(cli: typer.Typer) -> None:
    """Add `import`."""
    cli.command("import")(import_file)


def import_file(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=KINDS)] = "",
    file: Annotated[Path | None, typer.Argument(help="XLSX 或 CSV 文件")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不保存")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="保存无误的行，跳过有误的行")] = False,
    template: Annotated[str, typer.Option("--template", help="导出该种表格的空模板")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="模板写到哪里")] = None,
    undo: Annotated[str, typer.Option("--undo", help="整批撤销一次导入")] = "",
) -> None:
    """导入表格；--template 导出模板；--undo 撤销一次导入。"""
    if template:
        target = out or Path(f"{template}.xlsx")
        write_template(template, target)
        show(context, {"file": str(target)}, lambda: f"模板已写到 {target}")
    elif undo:
        removed = do(context, UndoImport(undo))
        show(context, {"id": undo, "removed": removed}, lambda: f"已撤销，共撤回 {removed} 条。")
    elif kind and file:
        _import(context, ImportWorkbook(kind, file, dry_run, skip_bad))
    else:
        raise typer.BadParameter("请给出表格种类和文件，或 --template，或 --undo")


def _import(context: typer.Context, command: ImportWorkbook) -> None:
    report = do(context, command)
    show(context, _document(report), lambda: _words(report, command))
    for note in report.notes:
        tell(f"注意：{note}")
    if not options_of(context).is_json:
        for fault in (*report.refused, *report.set_aside):
            tell(_fault(fault))
    if report.refused and not command.skip_bad:
        if options_of(context).is_json:
            tell(_fault(report.refused[0]))
        raise typer.Exit(1)


def _fault(fault: RowFault) -> str:
    column = f"“{fault.column}”" if fault.column else ""
    return f"{fault.code} 第 {fault.row} 行{column}：{fault.text}"


def _document(report: ImportReport) -> dict[str, object]:
    return {
        "id": report.id,
        "kind": report.kind,
        "accepted": report.accepted,
        "unchanged": report.unchanged,
        "refused": plain(report.refused),
        "set_aside": plain(report.set_aside),
        "notes": plain(report.notes),
        "stored": report.is_stored,
        "marked_copy": report.marked_copy,
    }


def _words(report: ImportReport, command: ImportWorkbook) -> str:
    counts = (
        f"{report.accepted} 行可用，{report.unchanged} 行已有，{len({f.row for f in report.refused})} 行有误"
    )
    if report.set_aside:
        counts += f"，{len(report.set_aside)} 格因没有权限未导入"
    if report.is_stored:
        return f"已导入：{counts}。编号 {report.id}，撤销用 --undo。"
    marked = f" 标注见 {report.marked_copy}" if report.marked_copy else ""
    return f"{'检查完毕' if command.is_dry_run else '没有导入'}：{counts}。没有保存任何数据。{marked}"
