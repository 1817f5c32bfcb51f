"""Commands for a case's papers: scans attached, forms put out, the order of the file, the whole file as one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import ask, do, options_of, show
from app.documents.scan import scan_bytes
from app.services.cases.attach_paper import AttachPaper
from app.services.cases.case_file import CaseFile, ExportCaseFile, ExportSpine, FiledPaper, FileView
from app.services.cases.case_forms import CaseForms, ExportForm, OfferedForm
from app.services.cases.order_papers import OrderPapers

Case = Annotated[str, typer.Argument(metavar="案件", help="案号，或 case list 列出的编号")]


def add_papers(group: typer.Typer) -> None:
    """Add `case attach`, `forms`, `form`, `file` and `order`."""
    group.command("attach")(attach)
    group.command("forms")(list_forms)
    group.command("form")(write_form)
    group.command("file")(export_file)
    group.command("order")(put_in_order)


def attach(
    context: typer.Context,
    case: Case,
    file: Annotated[Path, typer.Argument(help="PDF 或图片")],
    paper: Annotated[str, typer.Option("--paper", help="这是什么材料，如 身份证明")],
) -> None:
    """给案件加一份扫描的材料，加密保存。"""
    made = do(context, AttachPaper(case=case, paper=paper, content=scan_bytes(file), name=file.stem))
    document = {"id": made.id, "pages": made.pages, "warnings": list(made.warnings), "known": made.is_known}
    said = "这份材料已经在卷里，没有重复添加。" if made.is_known else f"已添加，{made.pages} 页。"
    show(context, document, lambda: "\n".join((said, *made.warnings)))


def list_forms(
    context: typer.Context,
    case: Case,
    is_whole: Annotated[bool, typer.Option("--all", help="连现在用不上的也列出")] = False,
) -> None:
    """列出案件现在可以出具的法律援助文书和已编的文号。"""
    found = [one for one in ask(context, CaseForms(case)) if one.is_fitting or is_whole]
    show(context, [_form(one) for one in found], lambda: "\n".join(map(_form_line, found)))


def write_form(
    context: typer.Context,
    case: Case,
    form: Annotated[int, typer.Argument(metavar="文书", help="文书编号 1—32，见 case forms")],
    out: Annotated[Path, typer.Option("--out", help="写到哪个 .pdf 文件")],
) -> None:
    """出具一份法律援助文书：编号、填好、写成 PDF。"""
    written = do(context, ExportForm(case, form, out))
    show(context, {"form": form, "file": str(written.path)}, lambda: f"文书已写到 {written.path}")
    if written.warning and not options_of(context).is_json:
        tell(written.warning)


def export_file(
    context: typer.Context,
    case: Case,
    out: Annotated[Path | None, typer.Option("--out", help="写到哪个 .pdf 文件；省略则列出卷内材料")] = None,
    spine: Annotated[Path | None, typer.Option("--spine", help="另写卷脊标签 .pdf")] = None,
) -> None:
    """列出卷内材料和所缺材料；给 --out 时把整卷装订成一个 PDF。"""
    if spine is not None:
        do(context, ExportSpine(case, spine))
    if out is None:
        found = ask(context, CaseFile(case))
        show(context, _file(found), lambda: _file_words(found))
        return
    made = do(context, ExportCaseFile(case, out))
    document = {"file": str(out), "pages": made.pages, "papers": made.papers, "warnings": list(made.warnings)}
    said = f"整卷已写到 {out}，{made.papers} 份材料，共 {made.pages} 页。"
    show(context, document, lambda: "\n".join((said, *made.warnings)))


def put_in_order(
    context: typer.Context,
    case: Case,
    papers: Annotated[list[str], typer.Argument(metavar="材料…", help="材料编号，按新的顺序；见 case file")],
) -> None:
    """排列卷内材料；没有写到的排在后面。"""
    made = do(context, OrderPapers(case, tuple(papers)))
    show(context, {"id": made}, lambda: "已排好。")


def _form(one: OfferedForm) -> dict[str, object]:
    return {
        "form": one.form,
        "title": one.title,
        "subject": one.subject,
        "fits": one.is_fitting,
        "number": one.number,
        "issued_on": one.issued_on.isoformat() if one.issued_on else None,
        "copies": list(one.copies),
    }


def _form_line(one: OfferedForm) -> str:
    state = f"　{one.number or '已出具'}　{one.issued_on}" if one.issued_on else ""
    return f"{one.form:>2}　{one.title}{state}{'' if one.is_fitting else '　（现在用不上）'}"


def _file(found: FileView) -> dict[str, object]:
    return {
        "catalogue": found.catalogue,
        "missing": list(found.missing),
        "papers": [
            {
                "id": one.id,
                "title": one.title,
                "number": one.number,
                "on": one.on,
                "pages": one.pages,
                "form": one.is_form,
                "here": one.is_here,
            }
            for one in found.papers
        ],
    }


def _file_words(found: FileView) -> str:
    lines = [f"{place}. {_paper_line(one)}" for place, one in enumerate(found.papers, 1)]
    lacking = f"卷内还缺：{'、'.join(found.missing)}。" if found.missing else "必备材料齐全。"
    return "\n".join((*lines, lacking))


def _paper_line(one: FiledPaper) -> str:
    kind = f"打印文书　{one.number}" if one.is_form else f"扫描件　{one.pages} 页"
    return f"{one.title}　{kind}　{one.on}{'' if one.is_here else '　（文件不在本机）'}　{one.id}"
