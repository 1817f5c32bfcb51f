"""Erases the personal values of a record, activity, person, case, note or person of the registers, after showing what is lost (PIPL 47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.erasures import SHORTEST, Erasure, Key, erase_values
from app.models.schema import table, table_title
from app.models.travelling import declared_columns
from app.services.erasure.erased_files import drop_erased_files
from app.services.erasure.keep_list import keep_list
from app.services.erasure.needs import refuse_if_needed
from app.services.erasure.subject import Subject, rows_to_erase, subject_of
from app.text import clean


@dataclass(frozen=True)
class ErasePersonalData:
    """kind: a SubjectKind; key: its id, a record's number, a person's name, an 案号, a card; site: of a number."""

    kind: str
    key: str
    reason: str
    site: str = ""

    def problems(self) -> Iterable[Problem]:
        """On whose request or by which rule."""
        if not clean(self.reason):
            yield Problem("reason", "请写明依法删除的理由（如本人申请、保存期限已满）。", "E887")


@dataclass(frozen=True)
class ErasureScope:
    """What erasing would take; the same names as the command's."""

    kind: str
    key: str
    site: str = ""


@dataclass(frozen=True)
class ErasedKind:
    """So many rows of a kind lose these items."""

    title: str
    rows: int
    items: tuple[str, ...]

    @property
    def words(self) -> str:
        """`咨询 1 条（咨询人、联系电话）`."""
        return f"{self.title} {self.rows} 条（{'、'.join(self.items)}）"


@dataclass(frozen=True)
class ErasureLoss:
    """What erasing takes. id: of the row meant."""

    id: str
    kinds: tuple[ErasedKind, ...]

    @property
    def words(self) -> str:
        """One sentence for the question before it is done."""
        lost = "；".join(one.words for one in self.kinds)
        return (
            f"将从记录、历次更正、检索和草稿里永久删除：{lost}。不能恢复；编号、时间、金额和流水保留，"
            "上级和下级单位收到上报包后同样删除。以前的备份按期清理，从备份恢复时会再次删除。"
        )


@answers(ErasureScope, permission=Permission.ERASE, title="查看依法删除的范围")
def erasure_scope(look: Look, query: ErasureScope) -> ErasureLoss:
    """Raises what subject_of and refuse_if_needed raise (E362 … E364 of a case among it), and E888 where nothing is left."""
    subject, rows = _meant(look, query)
    return ErasureLoss(subject.ids[0], _kinds(rows))


@handles(ErasePersonalData, title="依法删除个人信息", permission=Permission.ERASE)
def erase_personal_data(work: Work, command: ErasePersonalData) -> ErasureLoss:
    """What was taken. The journal keeps who, when, why and which rows by id; money, ids and the chain stay.

    Raises Refused E362 … E364, E837, E880 … E888, E889 for a reason that names what is to be erased.
    """
    subject, rows = _meant(work, command)
    reason = clean(command.reason)
    if any(value in reason for values in rows.values() for value in _texts(values)):
        raise Refused("E889", "理由会长期保留，请不要写姓名、电话、证件号等要删除的内容。", field="reason")
    work.why = reason
    work.subjects.extend(row_id for _, row_id in rows)
    for name, row_id in rows:
        work.add(
            Erasure(
                table=name,
                row_id=row_id,
                reason=reason,
                erased_by=work.actor.account,
                erased_at=work.now.at,
            )
        )
    erase_values(work.session.connection(), rows)
    work.session.expire_all()
    keep_list(work)
    drop_erased_files(work)
    return ErasureLoss(subject.ids[0], _kinds(rows))


def _meant(
    look: Look, named: ErasureScope | ErasePersonalData
) -> tuple[Subject, dict[Key, dict[str, set[str]]]]:
    subject = subject_of(look, named.kind, named.key, named.site)
    rows = rows_to_erase(look, subject)
    if not rows:
        raise Refused("E888", "这里已经没有可以删除的个人信息。")
    refuse_if_needed(look, subject)
    return subject, rows


def _texts(values: dict[str, set[str]]) -> Iterable[str]:
    """Values long enough to be somebody's; a column's single letters stand in any sentence."""
    return (value for several in values.values() for value in several if len(value) >= SHORTEST)


def _kinds(rows: dict[Key, dict[str, set[str]]]) -> tuple[ErasedKind, ...]:
    counts = Counter(name for name, _ in rows)
    items: dict[str, dict[str, None]] = {}
    for (name, _), values in rows.items():
        items.setdefault(name, {}).update(dict.fromkeys(_titles(name, values)))
    return tuple(ErasedKind(table_title(name), count, tuple(items[name])) for name, count in counts.items())


def _titles(name: str, columns: Iterable[str]) -> Iterable[str]:
    declared = declared_columns(table(name))
    yield from (told.title for column, told in declared.items() if column in set(columns))
    if name == "case_paper":
        yield "扫描件"
