"""Recording, correcting and rating at the consultation desk."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.clock import local
from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.services.consultations.card import ConsultationCard
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.history import ConsultationHistory
from app.services.consultations.judge_entry import JudgeEntry
from app.services.consultations.known_clients import KnownClients
from app.services.consultations.on_duty import OnDuty
from app.services.consultations.rate_consultation import RateAtKiosk, RateConsultation
from app.services.consultations.rating_waiting import RatingWaiting
from app.services.consultations.record_consultation import RecordConsultation, bare_entry
from app.services.drafts.keep_draft import Drafts, ForgetDraft, SaveDraft
from app.services.kiosk.set_pin import SetPin
from app.services.kiosk.sign_in import SignIn
from app.services.money.submit_month import SubmitMonth
from tests.services.conftest import Desk
from tests.services.consultation_desk import CENTRE, ELDER, FULL, go_to, lawyer, on_duty, record, stored

NOON = datetime(2022, 5, 10, 9, 12)


def test_y10_a_record_belongs_to_the_person_on_duty_then(county: Desk) -> None:
    first, second = lawyer(county), lawyer(county, "孙丽", 2)
    on_duty(county, (first, "08:00-12:00"), (second, "14:00-18:00"))
    go_to(county, "15:30")
    assert stored(county, record(county, at=datetime(2022, 5, 10, 9, 12)).id).person_id == first
    assert stored(county, record(county).id).person_id == second
    assert stored(county, record(county, at=datetime(2022, 5, 10, 13, 30)).id).person_id == second
    assert [one.name for one in county.ask(OnDuty(at=NOON))] == ["卫明", "孙丽"]


def test_y10_whoever_signed_in_comes_before_the_roster(county: Desk) -> None:
    first, second = lawyer(county), lawyer(county, "孙丽", 2)
    on_duty(county, (first, "08:00-12:00"), (second, "08:00-12:00"))
    county.do(SetPin(second, "2580"))
    county.do(SignIn(second, "2580"), KIOSK)
    go_to(county, "09:30")
    assert [(one.id, one.is_present) for one in county.ask(OnDuty())] == [(second, True), (first, False)]
    assert stored(county, record(county).id).person_id == second


def test_y10_nobody_on_duty_asks_for_the_person(county: Desk) -> None:
    person = lawyer(county)
    with pytest.raises(Refused, match="E244") as refusal:
        record(county)
    assert refusal.value.problems[0].field == "person_id"
    with pytest.raises(Refused, match="E245"):
        record(county, person_id="nobody")
    made = record(county, person_id=person)
    assert (made.number, made.missing, made.warnings) == ("0001", (), ())


def test_y17_a_record_that_lacks_items_is_stored_and_named(county: Desk) -> None:
    person = lawyer(county)
    made = record(county, person_id=person, phone=" ", answer="", is_id_refused=False)
    assert made.missing == ("联系电话", "答复意见", "证件号")
    row = stored(county, made.id)
    assert (row.missing, row.phone, row.answer) == (["联系电话", "答复意见", "证件号"], None, None)


def test_p39_a_bad_check_digit_is_refused_and_other_papers_warn(county: Desk) -> None:
    person = lawyer(county)
    with pytest.raises(Refused, match="E203 身份证校验码不符，请核对，或选“拒绝提供”") as refusal:
        record(county, person_id=person, id_number="140800195003072041", is_id_refused=False)
    assert refusal.value.problems[0].field == "id_number"
    made = record(county, person_id=person, id_number="E1234567", is_id_refused=False)
    assert made.warnings and stored(county, made.id).id_kind == "其他证件"


def test_y10_several_topics_are_one_visit_and_text_is_cleaned(county: Desk) -> None:
    made = record(
        county,
        person_id=lawyer(county),
        topics=("劳动", "社会保障", "劳动"),
        client_name="李\u200b桂花 ",
        content="一\r\n二  ",
        id_number=ELDER,
    )
    row = stored(county, made.id)
    assert (row.topics, row.client_name, row.content, row.sex, row.is_id_refused) == (
        ["劳动", "社会保障"],
        "李桂花",
        "一\n二",
        "女",
        False,
    )


def test_bad_input_the_future_is_refused(county: Desk) -> None:
    with pytest.raises(Refused, match="E120"):
        record(county, person_id=lawyer(county), at=local(county.clock.at) + timedelta(minutes=1))


def test_y05_a_submitted_month_takes_no_more_records(county: Desk) -> None:
    person = lawyer(county)
    made = record(county, person_id=person, at=datetime(2022, 4, 20, 9, 0))
    county.do(SubmitMonth("2022-04"))
    for again in (
        lambda: record(county, person_id=person, at=datetime(2022, 4, 21, 9, 0)),
        lambda: county.do(CorrectConsultation(id=made.id, reason="补填", village="西关村")),
    ):
        with pytest.raises(Refused, match="E110"):
            again()
    assert record(county, person_id=person).number == "0002"


def test_a_station_writes_for_itself_only(station: Desk) -> None:
    person = lawyer(station)
    made = record(station, person_id=person)
    assert stored(station, made.id).site == "140802100"


def test_p29_a_correction_keeps_the_original(county: Desk) -> None:
    person = lawyer(county)
    made = record(county, person_id=person, answer="", id_number=ELDER)
    with pytest.raises(Refused, match="E247"):
        county.do(CorrectConsultation(id=made.id, reason="", answer="已答复"))
    with pytest.raises(Refused, match="E248"):
        county.do(CorrectConsultation(id=made.id, reason="没有变化", phone=FULL["phone"]))
    again = county.do(
        CorrectConsultation(id=made.id, reason="当时漏填", answer="已答复", phone="13900001111")
    )
    assert again.missing == () and stored(county, made.id).revision == 2
    first, second = county.ask(ConsultationHistory(made.id))
    assert (first.changes, second.reason, second.by) == ((), "当时漏填", "管理员")
    assert [(one.item, one.before, one.after) for one in second.changes] == [
        ("联系电话", "138****6021", "139****1111"),
        ("答复意见", "", "已答复"),
    ]
    assert "13900001111" not in repr(county.ask(ConsultationCard(made.id)))


def test_p39_a_correction_may_say_that_papers_were_declined(county: Desk) -> None:
    made = record(county, person_id=lawyer(county), id_number=ELDER)
    county.do(CorrectConsultation(id=made.id, reason="本人要求不登记", is_id_refused=True))
    row = stored(county, made.id)
    assert (row.id_number, row.is_id_refused, row.missing) == (None, True, [])


def test_y06_the_first_rating_is_free_and_a_later_one_is_a_correction(county: Desk) -> None:
    made = record(county, person_id=lawyer(county))
    with pytest.raises(Refused, match="E252"):
        county.do(RateConsultation(made.id, "好"))
    county.do(RateConsultation(made.id, "不满意"))
    county.do(RateConsultation(made.id, "不满意"))
    with pytest.raises(Refused, match=r"E252.*写明原因"):
        county.do(RateConsultation(made.id, "满意"))
    county.do(RateConsultation(made.id, "满意", "群众点错，当场更正"))
    card = county.ask(ConsultationCard(made.id))
    assert card.row.rating == "满意" and card.row.revision == 1, "the record itself is not touched"
    assert [(one.rating, one.channel, one.reason) for one in card.ratings] == [
        ("不满意", "现场", ""),
        ("满意", "现场", "群众点错，当场更正"),
    ]


def test_y06_the_kiosk_rates_todays_records_only(county: Desk) -> None:
    person = lawyer(county)
    old, new = (
        record(county, person_id=person, at=datetime(2022, 5, 9, 10, 0)),
        record(county, person_id=person),
    )
    assert [one.id for one in county.ask(RatingWaiting(), KIOSK)] == [new.id]
    county.do(RateAtKiosk(new.id, "基本满意"), KIOSK)
    assert county.ask(RatingWaiting(person), KIOSK) == ()
    with pytest.raises(Refused, match="E253"):
        county.do(RateAtKiosk(old.id, "满意"), KIOSK)
    with pytest.raises(Refused, match="E001"):
        county.do(RateConsultation(old.id, "满意"), KIOSK)


def test_p38_same_papers_open_the_known_person_and_namesakes_are_told_apart(county: Desk) -> None:
    person = lawyer(county)
    first = record(county, person_id=person, id_number=ELDER, village="西关村", rating="满意")
    record(county, person_id=person, phone="13700000000")
    known = county.ask(KnownClients("李桂花", id_number=ELDER))
    assert [(one.how, one.village, one.age, one.visits) for one in known] == [
        ("证件号相同", "西关村", 72, 1),
        ("同名", "", None, 1),
    ]
    assert known[0].id == first.id and known[0].phone == "138****6021" and ELDER not in repr(known)
    assert county.ask(KnownClients("李")) == () and county.ask(KnownClients()) == ()
    twin = county.ask(KnownClients("李桂花", id_number="140800195003072083"))
    assert twin[0].how in ("同名同生日，证件号不同，请核对", "同名")
    assert [one.how for one in county.ask(KnownClients("", "13800006021"))] == ["电话相同"]


def test_p38_an_adopted_client_brings_phone_and_papers_unseen(county: Desk) -> None:
    person = lawyer(county)
    first = record(county, person_id=person, id_number=ELDER)
    entry = bare_entry(RecordConsultation(**FULL | {"phone": "", "is_id_refused": False}))
    assert county.ask(JudgeEntry(entry, same_client_as=first.id)).missing == ()
    made = record(county, person_id=person, phone="", is_id_refused=False, same_client_as=first.id)
    row = stored(county, made.id)
    assert (made.missing, row.phone, row.id_number) == ((), FULL["phone"], ELDER)


def test_y10_an_entry_is_judged_while_it_is_typed(county: Desk) -> None:
    entry = bare_entry(RecordConsultation(**FULL | {"id_number": ELDER, "answer": ""}))
    found = county.ask(JudgeEntry(entry))
    assert (found.sex, found.age, found.groups, found.missing) == (
        "女",
        72,
        ("老年人",),
        (("answer", "答复意见"),),
    )
    assert found.fault_fen == 1000 and not found.problems
    bad = county.ask(JudgeEntry(bare_entry(RecordConsultation(id_number="140800195003072041"))))
    assert [problem.code for problem in bad.problems] == ["E203"]
    assert ("client_name", "咨询人") in bad.missing and ("id_number", "证件号") not in bad.missing


def test_drafts_are_kept_for_whoever_typed_them(county: Desk) -> None:
    county.do(SaveDraft("consultation", {"client_name": "李", "topics": ["劳动"], "is_told_once": True}))
    county.do(SaveDraft("consultation", {"client_name": "李桂花"}))
    assert county.ask(Drafts()) == {"consultation": {"client_name": "李桂花"}}
    county.do(ForgetDraft("consultation"))
    county.do(ForgetDraft("consultation"))
    assert county.ask(Drafts()) == {}
    with pytest.raises(Refused, match="E059"):
        county.do(SaveDraft("consultation", {"content": "长" * 100_000}))


def test_p44_text_that_looks_like_a_formula_is_stored_as_text(county: Desk) -> None:
    made = record(county, person_id=lawyer(county), content="=1+1", site=CENTRE)
    assert stored(county, made.id).content == "=1+1"
