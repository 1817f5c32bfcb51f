"""A case's papers through the program's own commands: scans, forms with their numbers, order, the whole file (P36 P18)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState
from app.documents.scan import LARGEST_SCAN, scan_bytes
from app.errors import Refused
from app.kernel.attachments import attachment_file
from app.kernel.permissions import Actor
from app.models.case_files import CaseFormIssue
from app.models.cases import CasePaper
from app.models.records import JournalEntry
from app.services.cases.attach_paper import AttachPaper, PaperAttached, PaperContent
from app.services.cases.case_file import CaseFile, ExportCaseFile, ExportSpine, FileView
from app.services.cases.case_forms import CaseForms, ExportForm, PreviewForm, PrintForm, likeliest_first
from app.services.cases.enter_event import DecideCase, EnterCaseEvent
from app.services.cases.issue_form import IssueForm
from app.services.cases.order_papers import OrderPapers
from app.services.cases.register_case import RegisterCase
from app.services.office.settings import ChangeSetting
from tests.services.case_desk import (
    CASHIER,
    CLERK,
    GRANT,
    HEAD,
    LAWYER,
    PAPER_ONLY,
    REVIEWER,
    CaseDesk,
    accountless,
)
from tests.services.conftest import Desk

MARCH = date(2022, 3, 1)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def pdf_of(*words: str, turned: int = 0) -> bytes:
    """A scan's PDF with a page for each text."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for word in words:
        canvas.setPageRotation(turned)
        canvas.drawString(100, 400, word)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def risky_pdf(word: str) -> bytes:
    """A PDF that runs a script when opened, links away and encloses a file."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.drawString(100, 400, word)
    canvas.linkURL("https://example.invalid/", (90, 390, 200, 420))
    vars(canvas._doc.Catalog)["OpenAction"] = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
    canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(stream.getvalue()) as document:
        document.new_attachment("x.exe").set_data(b"MZ enclosed")
        saved = io.BytesIO()
        document.save(saved)
    return saved.getvalue()


def picture(kind: str, size: tuple[int, int] = (600, 900)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "lightgrey").save(stream, kind)
    return stream.getvalue()


def attach(cases: CaseDesk, case: str, paper: str, content: bytes, name: str = "") -> PaperAttached:
    made: PaperAttached = cases.desk.do(
        AttachPaper(case=case, paper=paper, content=content, name=name), accountless(CLERK)
    )
    return made


def view(cases: CaseDesk, case: str) -> FileView:
    found: FileView = cases.desk.ask(CaseFile(case))
    return found


def test_what_the_file_lacks_is_offered_first_and_each_paper_offered_is_known(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 3, 1))
    before = view(cases, case)
    assert before.missing and before.names[: len(before.missing)] == before.missing
    assert len(before.names) == len(set(before.names)) > len(before.missing)
    cases.desk.do(AttachPaper(case=case, paper=before.names[0], content=pdf_of("scan")), accountless(CLERK))
    after = view(cases, case)
    assert after.missing == before.missing[1:]


def titles(cases: CaseDesk, case: str) -> list[str]:
    return [paper.title for paper in view(cases, case).papers]


def whole_text(pdf: Path) -> list[str]:
    with pdfplumber.open(pdf) as document:
        return ["".join((page.extract_text() or "").split()) for page in document.pages]


def test_p36_a_scan_lies_encrypted_under_its_hash_before_its_row(cases: CaseDesk) -> None:
    case, content = cases.register(MARCH), pdf_of("ID CARD")
    made = attach(cases, case, "身份证明", content)
    with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
        row = look.session.get_one(CasePaper, made.id)
        file = attachment_file(look.safe.data, row.digest)
    assert content not in file.read_bytes() and b"%PDF" not in file.read_bytes()
    opened = cases.desk.ask(PaperContent(made.id), accountless(CLERK))
    assert opened.content == content


def test_what_is_no_paper_is_refused(cases: CaseDesk, tmp_path: Path) -> None:
    case = cases.register(MARCH)
    for content, code in ((b"MZ\x90 a program", "E370"), (b"", "E370"), (b"%PDF-1.7 cut off", "E372")):
        with pytest.raises(Refused, match=code):
            attach(cases, case, "证据材料", content)
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    with pytest.raises(Refused, match="E371"):
        scan_bytes(huge)
    with pytest.raises(Refused, match="E371"):
        attach(cases, case, "证据材料", b"%PDF-" + bytes(LARGEST_SCAN))
    with pytest.raises(Refused, match="E376"):
        scan_bytes(tmp_path / "not there.pdf")
    assert view(cases, case).papers == ()


def test_a_300_mb_file_is_refused_by_its_size_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda file: pytest.fail(f"{file} was read"))
    with pytest.raises(Refused, match="E371"):
        scan_bytes(huge)


@pytest.mark.parametrize(
    ("name", "safe"), [("..\\x", "._x"), ("CON", "_CON"), ("a/../b", "a_._b"), ("", "证据材料")]
)
def test_a_name_is_harmless_on_every_system(cases: CaseDesk, name: str, safe: str) -> None:
    case = cases.register(MARCH)
    made = attach(cases, case, "证据材料", pdf_of("X"), name)
    opened = cases.desk.ask(PaperContent(made.id), accountless(CLERK))
    assert not set('\\/:*?"<>|') & set(opened.name) and opened.name.strip(".") == safe.strip(".")


def test_a_risky_pdf_is_kept_and_told_and_the_same_file_is_kept_once(cases: CaseDesk) -> None:
    case = cases.register(MARCH)
    first = attach(cases, case, "证据材料", risky_pdf("RISK"))
    assert any("夹带" in words for words in first.warnings) and any(
        "脚本" in words for words in first.warnings
    )
    again = attach(
        cases, case, "证据材料", cases.desk.ask(PaperContent(first.id), accountless(CLERK)).content
    )
    assert again.is_known and again.id == first.id and len(view(cases, case).papers) == 1


def test_forms_fit_by_what_happened(cases: CaseDesk) -> None:
    case = cases.register(MARCH)

    def fitting() -> set[int]:
        return {one.form for one in cases.desk.ask(CaseForms(case)) if one.is_fitting}

    assert {2, 4, 5} <= fitting() and not {6, 9, 10, 11, 18, 21} & fitting()
    cases.step(case, Kind.review_begun, MARCH, reviewer="李审查")
    cases.decide(case, Kind.granted, date(2022, 3, 6), **GRANT)
    assert {8, 9, 22} <= fitting() and not {10, 11} & fitting()
    with pytest.raises(Refused, match="E378"):
        cases.desk.ask(PreviewForm(case, 10), accountless(REVIEWER))
    with pytest.raises(Refused, match="E381"):
        cases.desk.ask(PreviewForm(case, 33), accountless(REVIEWER))


def test_a_number_is_given_once_and_runs_by_mark_and_year(cases: CaseDesk) -> None:
    cases.desk.do(ChangeSetting("aid_mark", "盐"))
    first, second = cases.granted(MARCH), cases.granted(MARCH)
    reviewer = accountless(REVIEWER)
    before = cases.desk.ask(PreviewForm(first, 9), reviewer)
    assert before.number == "" and "盐援决字〔2022〕第" in _text(before.pdf)
    numbers = [
        cases.desk.do(IssueForm(case, form), reviewer)
        for case, form in ((first, 9), (second, 9), (first, 9), (second, 5), (first, 2))
    ]
    assert numbers == [
        "盐援决字〔2022〕第1号", "盐援决字〔2022〕第2号", "盐援决字〔2022〕第1号", "盐援收字〔2022〕第1号", "",
    ]  # fmt: skip
    offered = {one.form: one.number for one in cases.desk.ask(CaseForms(first))}
    assert offered[9] == numbers[0] and offered[5] == ""
    printed = cases.desk.do(PrintForm(second, 9), reviewer)
    assert printed.number == "盐援决字〔2022〕第2号" and printed.number in _text(printed.pdf)


def test_a_form_of_an_earlier_step_is_looked_at_as_it_was_put_out(cases: CaseDesk) -> None:
    case, reviewer = cases.granted(MARCH), accountless(REVIEWER)
    cases.step(case, Kind.assigned, MARCH.replace(day=7), **LAWYER)
    cases.desk.do(IssueForm(case, 11), reviewer)
    cases.step(case, Kind.reassigned, MARCH.replace(day=20), **(LAWYER | {"handler": "程远"}), why="其他")
    second = cases.desk.do(IssueForm(case, 11), reviewer)
    filed = [one for one in view(cases, case).papers if one.form == 11]
    assert [one.on for one in filed] == ["2022-03-07", "2022-03-20"]
    seen = [cases.desk.ask(PreviewForm(case, 11, one.id), reviewer).number for one in filed]
    assert seen == [filed[0].number, second] and len(set(seen)) == 2
    assert cases.desk.ask(PreviewForm(case, 11), reviewer).number == second


def test_forms_are_offered_by_what_the_file_lacks_then_by_the_latest_step(cases: CaseDesk) -> None:
    case = cases.granted(MARCH)

    def offered(actor: Actor) -> list[int]:
        return [one.form for one in likeliest_first(cases.desk.ask(CaseForms(case), accountless(actor)))]

    assert offered(REVIEWER)[:4] == [9, 8, 2, 22]
    cases.desk.do(IssueForm(case, 9), accountless(REVIEWER))
    assert offered(REVIEWER)[:2] == [8, 2] and offered(REVIEWER)[-1] == 9
    assert offered(CLERK) == [2, 4, 5, 1, 23] and offered(HEAD)[:2] == [8, 2] and offered(CASHIER) == []
    assert cases.card(case).filed == 1


def test_a_second_notice_has_a_number_of_its_own(cases: CaseDesk) -> None:
    case, clerk = cases.register(MARCH), accountless(CLERK)
    notice = {"missing": ("身份证明",), "due_on": "2022-03-20"}
    cases.intake(case, Kind.notified_once, date(2022, 3, 3), **notice)
    first = cases.desk.do(IssueForm(case, 6), clerk)
    cases.intake(case, Kind.supplemented, date(2022, 3, 4), papers=("身份证明",))
    more = {"missing": ("欠条",), "due_on": "2022-03-25", "raised_by_supplement": "身份证明过期"}
    cases.intake(case, Kind.notified_once, date(2022, 3, 5), **more)
    second = cases.desk.do(IssueForm(case, 6), clerk)
    assert first.endswith("第1号") and second.endswith("第2号")


def test_an_intake_account_puts_out_no_decision(cases: CaseDesk, tmp_path: Path) -> None:
    case = cases.granted(MARCH)
    with pytest.raises(Refused, match="E379"):
        cases.desk.do(ExportForm(case, 9, tmp_path / "x.pdf"), accountless(CLERK))
    cases.desk.do(ExportForm(case, 2, tmp_path / "y.pdf"), accountless(CLERK))
    with pytest.raises(Refused, match="E508"):
        cases.desk.do(ExportForm(case, 2, tmp_path / "y.xlsx"), accountless(CLERK))
    assert (tmp_path / "y.pdf").read_bytes().startswith(b"%PDF") and not (tmp_path / "x.pdf").exists()


def test_a_form_says_what_the_case_says(cases: CaseDesk) -> None:
    made = cases.desk.do(
        RegisterCase(kind="民事", form="诉讼", stage="一审", applicant="李桂花", id_number="140521199003070014",
                     matter="追索劳动报酬", summary="欠薪一万八千元。" * 400, received_on=MARCH),
        accountless(CLERK),
    )  # fmt: skip
    found = _text(cases.desk.ask(PreviewForm(made.id, 2), accountless(CLERK)).pdf)
    assert "李桂花" in found and "140521199003070014" in found and "民事诉讼代理" in found
    assert found.count("欠薪一万八千元") > 390, "a long text goes on to a next sheet"
    with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
        entry = look.session.scalars(select(JournalEntry).where(JournalEntry.command == "PreviewForm")).one()
    assert entry.subjects == [made.id] and "李桂花" not in entry.why


def test_missing_papers_are_told_at_handing_in_and_stop_the_archive(cases: CaseDesk) -> None:
    case = cases.granted(MARCH)
    cases.step(case, Kind.assigned, date(2022, 3, 7), **LAWYER)
    cases.step(case, Kind.contracted, date(2022, 3, 9))
    cases.step(case, Kind.closed, date(2022, 4, 20), result="胜诉", paper_on="2022-04-20")
    handed = cases.desk.do(
        EnterCaseEvent(case=case, kind=Kind.handed_in, on=date(2022, 5, 2)), accountless(REVIEWER)
    )
    assert any("身份证明" in words and "指派通知书" in words for words in handed.warnings)
    step = next(step for step in cases.card(case).steps if step.kind is Kind.handed_in)
    assert ("目录齐全", "否") in step.facts and any("身份证明" in words for _, words in step.facts)
    examined = {"grade": "合格", "examiner": "赵验"}
    with pytest.raises(Refused, match="E377") as refusal:
        cases.decide(case, Kind.archived, date(2022, 5, 20), **examined)
    assert "身份证明" in str(refusal.value) and refusal.value.code == "E377"
    for number, missing in enumerate(view(cases, case).missing):
        attach(cases, case, missing, pdf_of(f"PAPER {number}"))
    assert view(cases, case).missing == ()
    assert cases.decide(case, Kind.archived, date(2022, 5, 20), **examined) is CaseState.archived


def test_g08_a_file_is_archived_incomplete_only_with_its_reason_on_record(cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20))
    step = next(step for step in cases.card(case).steps if step.kind is Kind.archived)
    assert step.reason == PAPER_ONLY and "身份证明" in view(cases, case).missing


def test_papers_lie_as_the_catalogue_says_until_somebody_orders_them(cases: CaseDesk) -> None:
    case, clerk = cases.granted(MARCH), accountless(CLERK)
    verdict = attach(cases, case, "判决书", pdf_of("V")).id
    other = attach(cases, case, "其他来信", pdf_of("O")).id
    identity = attach(cases, case, "身份证明（李桂花）", pdf_of("I")).id
    cases.desk.do(IssueForm(case, 9), accountless(REVIEWER))
    assert titles(cases, case) == ["身份证明（李桂花）", "给予法律援助决定书", "判决书", "其他来信"]
    cases.desk.do(OrderPapers(case, (other, verdict)), clerk)
    assert titles(cases, case) == ["其他来信", "判决书", "身份证明（李桂花）", "给予法律援助决定书"]
    for papers in ((other, other), (identity, "nobody's")):
        with pytest.raises(Refused, match="E380"):
            cases.desk.do(OrderPapers(case, papers), clerk)
    signed = attach(cases, case, "给予法律援助决定书", pdf_of("SIGNED")).id
    assert [paper.id for paper in view(cases, case).papers if paper.title == "给予法律援助决定书"] == [signed]


def test_the_whole_file_is_one_pdf_in_order_numbered_and_clean(cases: CaseDesk, tmp_path: Path) -> None:
    case = cases.archived(date(2022, 5, 20))
    attach(cases, case, "身份证明", risky_pdf("FRONT"))
    attach(cases, case, "证据材料", pdf_of("TURNED", "SECOND", turned=90))
    attach(cases, case, "欠条", picture("PNG", (900, 600)))
    attach(cases, case, "判决书", picture("JPEG"))
    cases.desk.do(IssueForm(case, 9), accountless(REVIEWER))
    out = tmp_path / "整卷.pdf"
    made = cases.desk.do(ExportCaseFile(case, out), accountless(HEAD))
    pages = whole_text(out)
    assert made.pages == len(pages) == 9 and made.papers == 5
    assert "法律援助卷宗" in pages[0] and "6页" in pages[0] and "卷内目录" in pages[1]
    assert all(row in pages[1] for row in ("身份证明", "1扫描件", "2–3扫描件", "欠条"))
    numbered = pages[2:8]
    assert [page.lstrip("0123456789")[:0] + str(place) in page for place, page in enumerate(numbered, 1)] == [
        True
    ] * 6
    assert "FRONT" in numbered[0] and "TURNED" in numbered[1] and "SECOND" in numbered[2]
    assert "给予法律援助决定书" in numbered[4] and "备考表" in pages[8]
    assert "卷内缺" in pages[8] and PAPER_ONLY in pages[8] and "赵验" in pages[8]
    assert any("还缺" in words for words in made.warnings)
    content = out.read_bytes()
    assert not any(
        sign in content for sign in (b"JavaScript", b"/JS", b"OpenAction", b"EmbeddedFile", b"/URI")
    )
    with pypdfium2.PdfDocument(content) as document:
        assert raw.FPDFDoc_GetJavaScriptActionCount(document) == 0 and document.count_attachments() == 0
        sizes = {tuple(round(side) for side in document.get_page_size(place)) for place in range(9)}
    assert sizes == {(595, 842), (842, 595)}


def test_a_minors_file_shows_no_name_on_its_cover_and_back(cases: CaseDesk, tmp_path: Path) -> None:
    case = cases.granted(MARCH, applicant="王小明", born_on=date(2010, 1, 1))
    cases.desk.do(ExportCaseFile(case, tmp_path / "a.pdf"), accountless(HEAD))
    cover = whole_text(tmp_path / "a.pdf")[0]
    assert "王**" in cover and "小明" not in cover and "封" in cover
    cases.desk.do(ExportSpine(case, tmp_path / "b.pdf"), accountless(HEAD))
    with pdfplumber.open(tmp_path / "b.pdf") as document:
        assert "明" not in {char["text"] for char in document.pages[0].chars}


def test_a_scan_that_is_not_here_is_named_and_nothing_is_written(cases: CaseDesk, tmp_path: Path) -> None:
    case = cases.granted(MARCH)
    made = attach(cases, case, "身份证明", pdf_of("X"))
    with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
        attachment_file(look.safe.data, look.session.get_one(CasePaper, made.id).digest).unlink()
    with pytest.raises(Refused, match="E385") as refusal:
        cases.desk.do(ExportCaseFile(case, tmp_path / "a.pdf"), accountless(HEAD))
    assert "身份证明" in str(refusal.value) and not list(tmp_path.glob("a.pdf*"))


def test_a_hundred_scanned_pages_stay_within_200_mb(
    cases: CaseDesk, tmp_path: Path, peak_of: Callable[[Callable[[], object]], float]
) -> None:
    case = cases.granted(MARCH)
    noise = Image.effect_noise((1240, 1754), 60).convert("RGB")
    stream = io.BytesIO()
    noise.save(stream, "PDF", resolution=150, quality=60, save_all=True, append_images=[noise] * 24)
    for number in range(4):
        attach(cases, case, f"证据材料{number}", stream.getvalue() + b"\n%" + str(number).encode())
    out = tmp_path / "a.pdf"
    grown = peak_of(lambda: cases.desk.do(ExportCaseFile(case, out), accountless(HEAD)))
    assert out.stat().st_size > 40_000_000 and grown < 200, f"{grown:.0f} MB"


@pytest.fixture
def peak_of() -> Callable[[Callable[[], object]], float]:
    """How many MB of memory a piece of work took at most, over what was in use before it (Linux)."""
    import threading

    def in_use() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

    def measured(work: Callable[[], object]) -> float:
        before, most, stop = in_use(), [0.0], threading.Event()

        def watch() -> None:
            while not stop.wait(0.01):
                most[0] = max(most[0], in_use())

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            work()
        finally:
            stop.set()
            watcher.join()
        return most[0] - before

    return measured


def _text(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join("".join((page.extract_text() or "").split()) for page in document.pages)


def test_issued_forms_are_kept_by_the_step_they_were_for(cases: CaseDesk) -> None:
    case = cases.granted(MARCH)
    cases.desk.do(IssueForm(case, 9), accountless(REVIEWER))
    granted = next(step.id for step in cases.card(case).steps if step.kind is Kind.granted)
    with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
        row = look.session.scalars(select(CaseFormIssue)).one()
    assert (row.occasion, row.serial, row.issued_on) == (granted, 1, date(2022, 3, 6))
    voided = {"case": case, "kind": Kind.voided, "on": date(2022, 3, 8), "voids": granted, "reason": "录错了"}
    cases.desk.do(DecideCase(**voided), accountless(HEAD))
    assert "给予法律援助决定书" in titles(cases, case), "what was put out stays in the file"
