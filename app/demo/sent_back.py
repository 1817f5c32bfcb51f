"""One consultation goes back to the first station, which explains it; no sum of the demonstration changes by it."""

from __future__ import annotations

from app.demo.offices import DemoOffice
from app.desk_values import ReplyKind, SentBackCode
from app.services.consultations.register import Register
from app.services.money.send_back import SendBack
from app.services.returns.answer_return import AnswerReturn
from app.services.returns.returns_list import ReturnsList
from app.values import Month


def send_one_back(county: DemoOffice, station: DemoOffice, month: Month) -> None:
    """The station's newest record of the month, with what the bureau wants to know."""
    asked = Register(site=station.code, first=month.first_day, last=month.last_day, limit=1)
    for row in county.ask(asked).rows:
        county.do(
            SendBack("consultation", row.id, SentBackCode.answer.value, "答复太简单，请说明当场怎样解答")
        )


def explain_it(station: DemoOffice) -> None:
    """The station's word, which goes up with its next bundle."""
    for row in station.ask(ReturnsList()):
        words = "当场口头讲解并给了联系卡，登记时写简略了"
        station.do(AnswerReturn(row.id, ReplyKind.explained.value, words))
