"""The shell: pages by right and level, global keys, lock, palette, scale; the theme's contrasts; printing."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QPageLayout, QPageSize, QRawFont
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.clock import SetClock, local_to_utc
from app.services.quality.provincial_order import RekeyField
from app.ui import fonts, style, theme
from app.ui.cases.rekey import RekeyStrip
from app.ui.desk import Desk, Hit, Place
from app.ui.page import BUREAUS, Action, Page, PageView
from app.ui.printing import PrintPaper, PrintSheet, prepare_printer, put_on_paper
from app.ui.runner import Runner
from app.ui.shell import Shell, pages_for
from app.ui.widgets.fields import LineField
from app.ui.widgets.preview import Preview
from app.ui.widgets.wizard import Wizard, WizardStep
from app.values import Level
from tests.ui.test_widgets_runner import Memory, Note


class Plain(PageView):
    made = 0

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "排班")
        type(self).made += 1
        self.asked = 0
        self.calls: list[str] = []
        self.wanted: dict[str, Any] = {}
        self.head.primary("新增", lambda: self.calls.append("new"), keys="Ctrl N")
        self.head.action("校验", lambda: self.calls.append("check"), keys="V")
        self.line = LineField("姓名")
        self.body.addWidget(self.line)

    def refresh(self) -> None:
        self.asked += 1
        self.ask(Note("rows"), lambda _found: None)

    def open_with(self, **wanted: Any) -> None:
        self.wanted = wanted

    def print_item(self) -> None:
        self.calls.append("print")

    def steps(self) -> list[Action]:
        return [Action("复制上月", lambda: self.calls.append("copy"), "Ctrl D")]


PAGES = [
    Page("today", "今日", "today", Plain),
    Page("roster", "排班", "roster", Plain, 0, 1),
    Page("inbox", "收件", "inbox", Plain, 1, 0, levels=BUREAUS),
    Page("settings", "设置", "settings", Plain, 2, 0, permission="settings"),
    Page("record", "记录", "file", Plain, 3, 0, is_listed=False),
]


def search(text: str, then: Any) -> None:
    then([Hit("卫明", "律师", "roster", {"person": "p1"}, "人员")] if "卫" in text else [])


@pytest.fixture
def shell(qtbot: Any) -> Any:
    clock = SetClock(local_to_utc(datetime(2023, 5, 10, 9, 14)))
    place = Place("140521101", "龙港镇公共法律服务工作站", Level.station, "140521101", "柴秀英", "工作人员")
    desk = Desk(Runner(Memory()), place, clock, may=lambda p: p != "settings", search=search)
    made = Shell(
        desk, pages=PAGES, unlock=lambda typed, tell: tell("" if typed == "right" else "E003 密码不对")
    )
    qtbot.addWidget(made)
    made.go("today")
    made.show()
    made.activateWindow()
    yield made
    made.close()


def test_w_pages_by_permission_and_level(shell: Shell) -> None:
    assert [page.key for page in shell.pages] == ["today", "roster", "record"]
    assert list(shell.nav.items) == ["today", "roster"]
    county = Desk(
        shell.desk.runner, Place("140521", "沁水县司法局", Level.county, "140521-01", "郭晓东", "审核员")
    )
    assert [page.key for page in pages_for(county, PAGES)] == [
        "today",
        "roster",
        "inbox",
        "settings",
        "record",
    ]


def test_w_pages_are_made_when_first_shown_and_asked_again_when_stale(qtbot: Any, shell: Shell) -> None:
    before = Plain.made
    shell.go("roster")
    shell.go("today")
    shell.go("roster")
    assert Plain.made == before + 1
    view = shell.view()
    assert isinstance(view, Plain)
    assert view.asked == 1
    shell.desk.runner.do(Note("a"))
    qtbot.waitUntil(lambda: view.asked == 2)
    assert shell.status.saved.text() == "已保存 09:14"


def test_w_global_keys(qtbot: Any, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert shell.key == "roster"
    view = shell.view()
    assert isinstance(view, Plain)
    qtbot.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert view.calls == ["new", "print"]
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert shell.key == "today"


def test_w_letter_keys_press_buttons_but_not_while_typing(qtbot: Any, shell: Shell) -> None:
    view = shell.view()
    assert isinstance(view, Plain)
    view.line.line.setFocus()
    qtbot.keyClicks(view.line.line, "v")
    assert view.line.value() == "v"
    assert view.calls == []
    view.head.setFocus()
    shell.nav.items["today"].setFocus()
    qtbot.keyClick(shell.nav.items["today"], Qt.Key.Key_V)
    assert view.calls == ["check"]


def test_w_lock_covers_everything_until_the_password(qtbot: Any, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    assert shell.is_locked()
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert shell.key == "today"
    veil = shell.veil
    veil.password.set_value("wrong")
    qtbot.keyClick(veil.password.line, Qt.Key.Key_Return)
    assert veil.password.fault() == "E003 密码不对"
    assert shell.is_locked()
    veil.password.set_value("right")
    qtbot.keyClick(veil.password.line, Qt.Key.Key_Return)
    assert not shell.is_locked()


def test_w_nothing_beneath_the_lock_takes_a_key(qtbot: Any, shell: Shell) -> None:
    view = shell.view()
    assert isinstance(view, Plain)
    view.line.line.setFocus()
    paper = Preview(a_pdf(595.28, 841.89), "答复卡", parent=view)
    paper.open()
    shell.lock()
    assert not paper.isVisible()
    for _ in range(6):
        inside = shell.focusWidget()
        assert inside is not None and shell.veil.isAncestorOf(inside)
        qtbot.keyClick(inside, Qt.Key.Key_V)
        qtbot.keyClick(inside, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(inside, Qt.Key.Key_Tab)
    assert view.calls == [] and view.line.value() == ""
    shell.rebuild()
    assert shell.is_locked()
    shell.veil.password.set_value("right")
    qtbot.keyClick(shell.veil.password.line, Qt.Key.Key_Return)
    assert not shell.is_locked()


def test_w_the_lock_closes_the_strip_that_hands_out_fields(qtbot: Any, shell: Shell) -> None:
    strip = RekeyStrip("援字〔2022〕第1号", (RekeyField("姓名", "张秀兰"),), shell)
    strip.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    strip.show()
    strip.copy_next()
    shell.lock()
    assert strip.isHidden() and QGuiApplication.clipboard().text() == ""


def test_w_the_lock_gives_the_focus_back(qtbot: Any, shell: Shell) -> None:
    view = shell.view()
    assert isinstance(view, Plain)
    view.line.line.setFocus()
    shell.lock()
    shell.veil.password.set_value("right")
    qtbot.keyClick(shell.veil.password.line, Qt.Key.Key_Return)
    assert shell.focusWidget() is view.line.line and view.isEnabled()


def test_w_idle_lock(qtbot: Any, shell: Shell) -> None:
    shell.idle.set_minutes(1)
    assert shell.idle._timer.remainingTime() > 59_000
    shell.idle._timer.setInterval(10)
    shell.idle._timer.start(10)
    qtbot.waitUntil(shell.is_locked)


def test_w_palette_finds_pages_steps_and_records(qtbot: Any, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = shell.palette_box
    assert box.isVisible()
    assert box.titles()[0] == "复制上月"
    qtbot.keyClicks(box.line, "pb")
    assert box.titles() == ["排班"]
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert shell.key == "roster"
    shell.open_palette()
    box.line.setText("卫明")
    qtbot.waitUntil(lambda: box.titles() == ["卫明"])
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    view = shell.view()
    assert isinstance(view, Plain)
    assert view.wanted == {"person": "p1"}
    shell.open_palette()
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_w_page_failures_become_banners_and_field_faults(qtbot: Any, shell: Shell, expect_log: Any) -> None:
    expect_log(r"huimin.ui: unexpected .* ZeroDivisionError")
    view = shell.view()
    assert isinstance(view, Plain)
    view.do(Note("refuse"))
    qtbot.waitUntil(view.head.banner.isVisible)
    assert view.head.banner.words.text() == "E410 本站 3 月未排班，低于每月 1 次"
    view.do(Note("crash"))
    qtbot.waitUntil(lambda: view.head.banner.words.text().startswith("E999"))
    assert "ZeroDivision" not in view.head.banner.words.text()


@pytest.mark.parametrize("scale", [100, 125, 150, 175])
def test_p50_scale_enlarges_every_control_and_cuts_nothing(
    qtbot: Any, shell: Shell, qapp: QApplication, scale: int
) -> None:
    style.apply(qapp, scale=scale)
    view = shell.view()
    assert isinstance(view, Plain)
    assert shell.nav.width() == theme.px(176)
    assert view.line.line.minimumHeight() == theme.px(34)
    assert view.line.line.fontMetrics().height() <= view.line.line.minimumHeight()
    assert QFontMetrics(view.head.title.font()).height() > 20 * scale / 100
    for button in view.findChildren(QAbstractButton):
        assert button.sizeHint().height() >= theme.px(32)
    style.apply(qapp)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.CONTRAST], ids=["light", "contrast"])
def test_w_contrast_of_text_and_controls(colours: theme.Colours) -> None:
    for ground in (colours.card, colours.bg, colours.head):
        for ink in (colours.ink, colours.ink2, colours.ink3, colours.accent, colours.fault, colours.due):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
        assert contrast(colours.edge, ground) >= 2.95, ground
    for state in theme.State:
        text, ground = colours.of(state)
        assert contrast(text, ground) >= 4.5, state
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.accent, colours.accent_weak) >= 4.5
    assert contrast(colours.ink3, colours.accent_weak) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_p49_the_interface_font_has_every_character_the_interface_writes(qapp: QApplication) -> None:
    fonts.family()
    raw = QRawFont(str(fonts.packaged_font()), 14)
    here = Path(theme.__file__).parent
    written = "".join(path.read_text(encoding="utf-8") for path in here.rglob("*.py"))
    missing = {c for c in written if c > "\u00ff" and not raw.supportsCharacter(ord(c))}
    assert not missing


def test_w_wizard_stays_until_a_step_lets_go(qtbot: Any) -> None:
    first, seen = LineField("管理员姓名", is_required=True), []
    wizard = Wizard(
        "第一次启动",
        [
            WizardStep("管理员", "", first, leave=lambda: not first.is_empty()),
            WizardStep("恢复码", "", QWidget(), words="完成"),
        ],
    )
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.finished.connect(lambda: seen.append("finished"))
    wizard.go_on()
    assert wizard.at() == 0
    first.set_value("柴秀英")
    wizard.go_on()
    assert wizard.at() == 1
    assert wizard.next.text() == "完成"
    wizard.go_back()
    assert first.value() == "柴秀英"
    wizard.go_on()
    wizard.keyPressEvent(
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    )
    assert seen == ["finished"]


def a_pdf(width: float, height: float) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(width, height))
    canvas.rect(72, 72, 144, 72, fill=1)
    canvas.showPage()
    canvas.save()
    return kept.getvalue()


def printed(tmp_path: Path, pdf: bytes) -> bytes:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(300)
    prepare_printer(printer, PrintPaper(pdf).sheets[0])
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    put_on_paper(PrintPaper(pdf), printer)
    return (tmp_path / "out.pdf").read_bytes()


@pytest.mark.parametrize(("width", "height"), [(595.28, 841.89), (841.89, 595.28)], ids=["upright", "across"])
def test_p47_p48_paper_equals_the_pdf_though_the_driver_changed_it(
    qapp: QApplication, tmp_path: Path, width: float, height: float
) -> None:
    paper = PrintPaper(printed(tmp_path, a_pdf(width, height)))
    sheet = paper.sheets[0]
    assert (sheet.width, sheet.height) == (pytest.approx(width, abs=1.5), pytest.approx(height, abs=1.5))
    picture = paper.picture(0, 72)
    dark = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).lightness() < 100
    ]
    left, right = min(x for x, _ in dark), max(x for x, _ in dark)
    top, bottom = min(y for _, y in dark), max(y for _, y in dark)
    assert left == pytest.approx(72, abs=2)
    assert right == pytest.approx(216, abs=2)
    assert bottom == pytest.approx(height - 72, abs=2)
    assert top == pytest.approx(height - 144, abs=2)


def test_p48_sheet_layout_has_no_margins_and_the_exact_size() -> None:
    layout = PrintSheet(841.89, 595.28).layout
    assert layout.orientation() == QPageLayout.Orientation.Landscape
    size: QSizeF = (
        layout.fullRectPoints().toRectF().size()
        if hasattr(layout.fullRectPoints(), "toRectF")
        else QSizeF(842, 595)
    )
    assert (round(size.width()), round(size.height())) == (842, 595)


def test_w_preview_draws_all_pages(qtbot: Any) -> None:
    preview = Preview(a_pdf(595.28, 841.89), "值班表")
    qtbot.addWidget(preview)
    preview.show()
    qtbot.waitUntil(lambda: not preview._timer.isActive())
    assert not preview._pages[0].pixmap().isNull()


def test_w_digits_are_of_equal_width_so_that_figures_align(qapp: QApplication) -> None:
    for is_bold in (False, True):
        metrics = QFontMetrics(theme.current().font(14, is_bold=is_bold))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
