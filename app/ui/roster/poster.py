"""Shows and exports the poster of the roster page's month."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.documents.forms.poster import draw_poster
from app.services.roster.export_poster import ExportPoster, NotePoster, PosterFile
from app.services.roster.preview_poster import PosterPreview, PreviewPoster
from app.ui.page import PageView
from app.ui.widgets.preview import Preview
from app.values import Month


class PosterSteps:
    """The page's 公示表 and 导出; printing or exporting notes the version that goes on the wall."""

    def __init__(self, page: PageView) -> None:
        self._page = page
        self.shown: Preview | None = None

    def preview(self, site: str, month: Month) -> None:
        """The version in force, or the drafts as a proof."""
        self._page.ask(PreviewPoster(site, month), lambda found: self._draw(site, month, found))

    def export(self, site: str, month: Month, name: str) -> None:
        """Write the version in force to a PDF or XLSX that the person names."""
        kinds = "PDF (*.pdf);;XLSX (*.xlsx)"
        chosen = QFileDialog.getSaveFileName(self._page, "导出公示表", f"{name}{month}值班表.pdf", kinds)[0]
        if chosen:
            self._page.do(
                ExportPoster(site, month, Path(chosen)), self._exported, title="正在导出…", is_long=True
            )

    def _draw(self, site: str, month: Month, found: PosterPreview) -> None:
        self._page.desk.runner.work(
            lambda _progress: draw_poster(found.poster).pdf,
            lambda pdf: self._show(site, month, found, pdf),
            self._page.fail,
            owner=self._page,
        )

    def _show(self, site: str, month: Month, found: PosterPreview, pdf: bytes) -> None:
        name = f"{found.poster.site}{month}值班表.pdf"
        self.shown = Preview(pdf, f"{found.poster.site}{month.month}月值班公示表", name, self._page)
        if found.is_published:
            note = NotePoster(site, month, found.poster.version)
            self.shown.print_button.clicked.connect(lambda: self._page.do(note))
        self.shown.open()

    def _exported(self, written: PosterFile) -> None:
        self._page.done(f"已导出 {written.path.name}（第 {written.version} 版）")
        if written.warning:
            self._page.head.show_banner(written.warning, "due")
