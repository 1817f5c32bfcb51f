"""Which required items a record lacks, by the names of the packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.errors import Refused
from app.kernel.packs import load_pack, pack_keys
from app.services.consultations.entry import ConsultationEntry, judged, refusals
from app.services.consultations.guidance import all_guidance, guidance_for
from app.services.consultations.record_consultation import RecordConsultation
from app.services.consultations.required import ITEMS, field_of, missing_items
from app.services.consultations.words import split_words

DAY = date(2022, 5, 10)
FULL = ConsultationEntry(
    client_name="李桂花",
    id_number="140800195003072040",
    phone="13800006021",
    groups=("农民",),
    channel="来访",
    topics=("劳动",),
    content="欠薪",
    answer="投诉",
    handling="解答",
)
REQUIRED = (
    "时间",
    "咨询人",
    "联系电话",
    "人群类别",
    "咨询方式",
    "事项类别",
    "咨询内容",
    "答复意见",
    "处理方式",
    "证件号",
)


def test_y17_the_packs_ask_for_items_the_register_has() -> None:
    for key in pack_keys():
        assert set(load_pack(key).required_items) <= set(ITEMS), key
        assert all(field_of(item) for item in load_pack(key).required_items)


def test_y17_a_complete_record_lacks_nothing() -> None:
    assert missing_items(judged(FULL, DAY).entry, REQUIRED) == ()


@pytest.mark.parametrize(("field", "item"), [
    ("client_name", "咨询人"), ("phone", "联系电话"), ("groups", "人群类别"), ("channel", "咨询方式"), ("topics", "事项类别"),
    ("content", "咨询内容"), ("answer", "答复意见"), ("handling", "处理方式"), ("id_number", "证件号"),
])  # fmt: skip
def test_y17_each_missing_item_is_named_as_the_pack_names_it(field: str, item: str) -> None:
    blank: object = () if field in ("groups", "topics") else " \u200b "
    entry = judged(replace(FULL, **{field: blank}), DAY).entry  # type: ignore[arg-type]
    assert missing_items(entry, REQUIRED) == (item,)


def test_p39_declined_papers_are_not_missing() -> None:
    for entry in (replace(FULL, id_number="", is_id_refused=True), replace(FULL, id_number="拒绝提供")):
        plain = judged(entry, DAY).entry
        assert plain.is_id_refused and plain.id_number == ""
        assert missing_items(plain, REQUIRED) == ()


def test_p39_a_card_must_hold_and_other_papers_only_warn() -> None:
    assert [problem.code for problem in refusals(replace(FULL, id_number="14080019500307204X"), DAY)] == [
        "E203"
    ]
    assert [problem.code for problem in refusals(replace(FULL, id_number="140800195002302043"), DAY)] == [
        "E204"
    ]
    passport = judged(replace(FULL, id_number="E12345678"), DAY)
    assert passport.identity.kind == "其他证件" and passport.identity.warnings


def test_y10_a_card_decides_the_sex_and_a_number_outweighs_refusal() -> None:
    plain = judged(replace(FULL, sex="男", is_id_refused=True), DAY).entry
    assert plain.sex == "女" and not plain.is_id_refused


def test_y10_words_outside_the_lists_are_refused() -> None:
    assert [p.code for p in refusals(replace(FULL, sex="？"), DAY)] == ["E242"]
    assert [p.code for p in RecordConsultation(rating="好").problems()] == ["E252"]
    assert [p.code for p in refusals(replace(FULL, content="长" * 20_001), DAY)] == ["E241"]
    assert [p.code for p in refusals(replace(FULL, topics=("长" * 201,)), DAY)] == ["E241"]
    assert [p.code for p in refusals(replace(FULL, client_name="a\x00b"), DAY)] == ["E213"]


def test_an_item_no_register_has_is_refused() -> None:
    with pytest.raises(Refused, match="E259"):
        missing_items(FULL, ("指纹",))


def test_y10_lists_in_a_cell_keep_words_that_hold_a_mark() -> None:
    assert split_words("农民、老年人；妇女") == ("农民", "老年人", "妇女")
    assert split_words("工伤；抚恤金、救济金", ("抚恤金、救济金", "工伤")) == ("工伤", "抚恤金、救济金")
    assert split_words(" 、；") == ()


def test_q07_every_topic_of_every_pack_has_guidance() -> None:
    topics = {topic for key in pack_keys() for topic in load_pack(key).topics}
    assert [topic for topic in topics if guidance_for(topic) is None] == []
    assert guidance_for("") is None and guidance_for("天文") is None
    assert len(all_guidance()) >= 14
    assert all(2 <= len(one.tell) <= 4 and 3 <= len(one.ask) <= 5 for one in all_guidance())
