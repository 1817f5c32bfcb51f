"""Draws the cards of a site for its households: telephone, place, the next days of duty (Q12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.clock import local_date
from app.dates import month_day_text
from app.documents.drawn import DrawnPaper
from app.documents.forms.service_card import ServiceCard, draw_service_card
from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.services.reading.duties import duties_in_force
from app.services.reading.names import site_names
from app.services.reading.sites import find_site

AHEAD, MOST_DAYS = timedelta(days=42), 3


@dataclass(frozen=True)
class ServiceCards:
    """The site whose cards are wanted; "" for this office's own."""

    site: str = ""


@answers(ServiceCards, title="打印服务卡", permission=Permission.RECORD_CONSULTATION)
def service_cards(look: Look, query: ServiceCards) -> DrawnPaper:
    """A page of cards. Raises Refused E284 while no telephone is set, E420, E421."""
    telephone = str(setting_value(look, "service_phone"))
    if not telephone:
        raise Refused("E284", "还没有设置服务电话，不能打印服务卡。请先在“设置”里填写服务电话。")
    site = find_site(look, query.site, field="site").id if query.site else look.office.own_site
    today = local_date(look.now.at)
    duties = duties_in_force(look, (today, today + AHEAD), site)
    days = dict.fromkeys(f"{month_day_text(duty.starts_at)} {duty.hours}" for duty in duties)
    printed = draw_service_card(
        ServiceCard(
            site=site_names(look).get(site, look.office.name),
            telephone=telephone,
            address=str(setting_value(look, "office_address")),
            days=tuple(days)[:MOST_DAYS],
            supervision_telephone=str(setting_value(look, "supervision_phone")),
        )
    )
    return DrawnPaper(printed.pdf, "惠民工程服务卡.pdf", printed.missing)
