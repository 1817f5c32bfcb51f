"""Answers with the poster as it would go on the wall: the version in force, or the drafts as a proof (Y04)."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.forms.poster import Poster
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reading.roster import planned_duties
from app.services.reading.sites import find_site
from app.services.roster.entry import own_drafts
from app.services.roster.export_poster import published_poster
from app.services.roster.poster import poster_of
from app.services.roster.versions import next_number
from app.values import Month


@dataclass(frozen=True)
class PreviewPoster:
    """The site and month."""

    site: str
    month: Month


@dataclass(frozen=True)
class PosterPreview:
    """The poster and whether it is the version in force; a proof of drafts says so on the paper."""

    poster: Poster
    is_published: bool


@answers(PreviewPoster, title="预览值班表", permission=Permission.LOOK)
def preview_poster(look: Look, query: PreviewPoster) -> PosterPreview:
    """Raises Refused E477 when there is neither a version nor a draft."""
    site, month = find_site(look, query.site), query.month
    if not own_drafts(look, month, site.id):
        return PosterPreview(published_poster(look, site, month), True)
    planned = planned_duties(look, (month.first_day, month.last_day))
    duties = sorted(
        (duty for duty in planned if duty.site == site.id), key=lambda duty: (duty.on, duty.ranges, duty.name)
    )
    number = next_number(look, site.id, month)
    look.disclose("值班公示表草稿", period=str(month), rows=len(duties), subjects=(site.id,))
    return PosterPreview(poster_of(look, site, month, number, duties, note="草稿，尚未发布"), False)
