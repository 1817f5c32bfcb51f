"""Writes the published roster of a site's month as the paper for the wall, PDF or workbook (Y04)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.documents.forms.poster import Poster, draw_poster, poster_sheet
from app.documents.render_file import WrittenFile, write_printed, write_sheet
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import SettingRow, Site
from app.services.reading.duties import duties_in_force
from app.services.reading.sites import find_site
from app.services.roster.poster import poster_of
from app.services.roster.versions import VersionView, roster_versions
from app.values import Month


@dataclass(frozen=True)
class ExportPoster:
    """The site's month, and the .pdf or .xlsx file to write."""

    site: str
    month: Month
    out: Path


@dataclass(frozen=True)
class PosterFile:
    """What was written; warning: characters that no font has, as a sentence (P49)."""

    path: Path
    version: int
    check_code: str
    warning: str = ""


@dataclass(frozen=True)
class NotePoster:
    """That a version of a site's month went to paper, so that an older one on the wall is known to be stale."""

    site: str
    month: Month
    version: int


@performs(ExportPoster, title="导出值班表", permission=Permission.LOOK)
def export_poster(task: Task, request: ExportPoster) -> PosterFile:
    """The file written. Raises Refused E420, E421, E477 (not published), E508 (neither .pdf nor .xlsx), E501 … E504."""
    with task.look() as look:
        site = find_site(look, request.site)
        poster = published_poster(look, site, request.month)
    task.progress.step(0, 2, "生成公示表")
    written = _write(poster, request.out)
    task.progress.step(2, 2, "生成公示表")
    task.do(NotePoster(site.id, request.month, poster.version))
    return PosterFile(request.out, poster.version, poster.code, written.warning)


@handles(NotePoster, title="打印值班表", permission=Permission.LOOK)
def note_poster(work: Work, command: NotePoster) -> None:
    """Remember the version; of this office only."""
    key = posted_setting(command.site, command.month)
    row = work.session.get(SettingRow, key)
    if row is None:
        work.session.add(SettingRow(name=key, value=str(command.version)))
    else:
        row.value = str(command.version)


def published_poster(look: Look, site: Site, month: Month) -> Poster:
    """The poster of the version in force. Raises Refused E477 when nothing was published."""
    versions: tuple[VersionView, ...] = roster_versions(look, site.id, month)
    if not versions:
        raise Refused("E477", f"{site.name} {month.month} 月的排班还没有发布，请先发布再导出公示表。")
    last = versions[-1]
    duties = duties_in_force(look, month, site.id)
    look.disclose("值班公示表", period=str(month), rows=len(duties), subjects=(site.id,))
    return poster_of(
        look, site, month, last.number, duties, published_at=last.published_at, code=last.check_code
    )


def posted_version(look: Look, site: str, month: Month) -> int:
    """The version that was last printed or exported here, 0 for none."""
    row = look.session.get(SettingRow, posted_setting(site, month))
    return int(row.value) if row else 0


def stale_posters(look: Look, sites: Sequence[str], months: Iterable[Month]) -> int:
    """How many posters on the wall are older than the roster in force (墙上值班表已过期)."""
    wanted = {posted_setting(site, month): (site, month) for month in months for site in sites}
    rows = look.session.scalars(select(SettingRow).where(SettingRow.name.in_(list(wanted))))
    return sum(int(row.value) < roster_versions(look, *wanted[row.name])[-1].number for row in rows)


def posted_setting(site: str, month: Month) -> str:
    """The name under which the last exported version of a site's month is kept."""
    return f"poster.{site}.{month}"


def _write(poster: Poster, out: Path) -> WrittenFile:
    if out.suffix.lower() == ".pdf":
        return write_printed(draw_poster(poster), out)
    return write_sheet(poster_sheet(poster), out)
