"""Tells the units below that a month was paid, and asks before a restored bureau pays what they know as paid."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from app.errors import Refused
from app.kernel.work import Look, Work
from app.models.organisation import Site
from app.models.pay import Payment, PaymentNotice
from app.models.records import OwnEpoch, PeerKey
from app.text import clean, named_few
from app.values import Month, yuan_text

FUND = "值班补贴"


def give_notice(work: Work, month: Month, rows: Sequence[Payment]) -> None:
    """One row without persons for what was posted or taken back at once, unless one with its voucher came back from below."""
    if not rows or _unmatched(work, month, rows[0].voucher, sum(row.fen for row in rows)):
        return
    work.add(
        PaymentNotice(
            month=str(month),
            fund=FUND,
            voucher=rows[0].voucher,
            paid_on=rows[0].paid_on,
            total_fen=sum(row.fen for row in rows),
            lines=len(rows),
        )
    )


def refuse_known_paid(look: Look, month: Month, confirmed: str) -> None:
    """Only a restored bureau can know less than the units below.

    confirmed: what was found when the vouchers were compared; with it the payment goes on. Raises Refused E796 for a
    month known as paid, E797 while units have not answered since the restore.
    """
    restored = select(OwnEpoch.epoch).where(OwnEpoch.is_renewal.is_(False)).limit(1)
    if clean(confirmed) or look.session.scalar(restored) is None:
        return
    told = list(look.session.scalars(_notices(month)))
    here = look.session.scalar(select(func.sum(Payment.fen)).where(Payment.month == str(month))) or 0
    if sum(one.total_fen for one in told) > here:
        last = told[-1]
        raise Refused(
            "E796",
            f"下级单位收到过通知：{month.words}已于 {last.paid_on} 发放（凭证 {last.voucher}，共 "
            f"{yuan_text(sum(one.total_fen for one in told))} 元），本机恢复备份后没有这笔记录。请核对凭证和银行回单，"
            "把核对结果填在“恢复后核对情况”里再登记。",
            field="confirmed",
        )
    silent = _not_answered(look)
    if silent:
        raise Refused(
            "E797",
            f"恢复备份以后，{named_few(silent, '个单位')}还没有报来上报包，不知道{month.words}是否已发放。请等它们报来；要先发放的，"
            "请核对凭证和银行回单，把核对结果填在“恢复后核对情况”里。",
            field="confirmed",
        )


def _unmatched(look: Look, month: Month, voucher: str, fen: int) -> bool:
    """Whether notices with this voucher, come back, already tell of at least what is here by now."""
    told = sum(one.total_fen for one in look.session.scalars(_notices(month)) if one.voucher == voucher)
    query = select(func.sum(Payment.fen)).where(Payment.month == str(month), Payment.voucher == voucher)
    return fen > 0 and told >= (look.session.scalar(query) or 0)


def _notices(month: Month) -> Select[tuple[PaymentNotice]]:
    return (
        select(PaymentNotice)
        .where(PaymentNotice.month == str(month), PaymentNotice.fund == FUND)
        .order_by(PaymentNotice.paid_on, PaymentNotice.id)
    )


def _not_answered(look: Look) -> list[str]:
    """Names of admitted units that have not shown yet that they know the present epoch."""
    query = (
        select(PeerKey.site, Site.name)
        .outerjoin(Site, Site.id == PeerKey.site)
        .where(
            PeerKey.relation == "child",
            PeerKey.state == "admitted",
            PeerKey.knows_epoch != look.office.epoch,
        )
        .order_by(PeerKey.site)
    )
    return [row.name or row.site for row in look.session.execute(query)]
