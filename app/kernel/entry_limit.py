"""Says which field of a record is too long to be kept, since what no bundle can carry would hold up a whole office."""

from __future__ import annotations

from app.bundle.limits import MIB, SEGMENT_BYTES
from app.errors import Refused
from app.models.changelog import EntryTooLong
from app.models.table_words import table_word

_FIELDS = {
    "name": "姓名或名称", "organisation": "所属机构", "reason": "理由", "note": "备注", "matter": "事由",
    "content": "咨询内容", "answer": "答复意见", "revision_reason": "更正理由", "client_name": "咨询人",
    "village": "住址", "id_number": "证件号", "phone": "联系电话", "bank_name": "开户行", "bank_account": "银行账号",
}  # fmt: skip


def too_long(fault: EntryTooLong) -> Refused:
    """E943, beside the field where the form has one of that name."""
    size, most = fault.size / MIB, SEGMENT_BYTES // MIB
    return Refused(
        "E943",
        f"{table_word(fault.table)}的“{_FIELDS.get(fault.column, fault.column)}”太长（{size:.1f} MB），"
        f"一条记录最多 {most} MB，没有保存。请删减后再保存。",
        field=fault.column,
    )
