"""Says which of the pack's required items a service record lacks (Y10, Y17(1), rules.md D1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from app.errors import Refused
from app.services.consultations.entry import ConsultationEntry

Has = Callable[[ConsultationEntry], bool]
ITEMS: Mapping[str, tuple[str, Has]] = MappingProxyType(
    {
        "时间": ("at", lambda _entry: True),
        "咨询人": ("client_name", lambda entry: bool(entry.client_name)),
        "性别": ("sex", lambda entry: bool(entry.sex)),
        "证件号": ("id_number", lambda entry: bool(entry.id_number) or entry.is_id_refused),
        "联系电话": ("phone", lambda entry: bool(entry.phone)),
        "村（社区）": ("village", lambda entry: bool(entry.village)),
        "人群类别": ("groups", lambda entry: bool(entry.groups)),
        "咨询方式": ("channel", lambda entry: bool(entry.channel)),
        "事项类别": ("topics", lambda entry: bool(entry.topics)),
        "咨询内容": ("content", lambda entry: bool(entry.content)),
        "答复意见": ("answer", lambda entry: bool(entry.answer)),
        "处理方式": ("handling", lambda entry: bool(entry.handling)),
    }
)
"""Item of a pack → the field that holds it, and whether a cleaned entry has it; no record is stored without a time."""


def missing_items(entry: ConsultationEntry, required: Iterable[str]) -> tuple[str, ...]:
    """The required items that a cleaned entry lacks, by the pack's names and in its order.

    证件号 is there as soon as the client refused to give it. Raises Refused E259 for an item no register has.
    """
    return tuple(item for item in required if not _item(item)[1](entry))


def field_of(item: str) -> str:
    """The field of the entry that an item is typed into. Raises Refused E259."""
    return _item(item)[0]


def _item(item: str) -> tuple[str, Has]:
    found = ITEMS.get(item)
    if found is None:
        raise Refused("E259", f"方案要求的“{item}”在咨询登记里没有对应项目，请核对方案的必填项。")
    return found
