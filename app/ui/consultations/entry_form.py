"""The form of one consultation: five fields by keyboard are enough, each fault stands beside its field (Y10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.services.consultations.desk_words import WordsOffered
from app.services.consultations.entry import ConsultationEntry
from app.services.consultations.judge_entry import EntryJudgement
from app.services.consultations.known_clients import KnownClient
from app.ui.consultations.entry_fields import AdoptedField, MomentField, PaperField, SexField
from app.ui.desk import Desk
from app.ui.drafts import DraftKeeper
from app.ui.theme import px
from app.ui.widgets.choice import ChoiceField, MultiChoiceField
from app.ui.widgets.fields import LineField, TextField, TickField, slim
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.form import Form
from app.ui.widgets.person import PersonField, PersonHit, Provider

JUDGE_MS = 250
WHOLE_NUMBER = 18
TEXT_HEIGHT = 64
NARROW = 720
TICKS = (
    ("is_aid_mentioned", "已提示可申请法律援助（第23条）"),
    ("is_told_once", "一次性告知"),
    ("is_home_visit_needed", "行动不便，需上门"),
    ("is_green", "绿色通道"),
)


class EntryForm(Form):
    """judged: it is time to judge what is typed. The values are those of RecordConsultation."""

    to_judge = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(4)
        self._desk = desk
        self.site = ChoiceField("站点", hint="本单位")
        self.words: WordsOffered | None = None
        self._left: set[str] = set()
        self._suggested: tuple[str, ...] = ()
        self._is_person_chosen = False
        self._editors: dict[QObject, str] = {}
        self._judge = QTimer(self, singleShot=True, interval=JUDGE_MS)
        self._judge.timeout.connect(self.to_judge)
        self.changed.connect(self._judge.start)

    def build(self, provider: Provider) -> Iterator[None]:
        """The fields line by line, as a page is built; provider: finds people by what is typed."""
        self.name = self.add("client_name", LineField("咨询人"))
        self.phone = self.add("phone", LineField("联系电话"))
        self.paper = self.add("id_number", PaperField())
        self.sex = self.add("sex", SexField())
        yield
        self.groups = self.add("groups", MultiChoiceField("人群类别"))
        self.channel = self.add("channel", ChoiceField("方式"))
        self.topics = self.add("topics", MultiChoiceField("事项", hint="拼音首字母，可选多件"))
        self.village = self.add("village", LineField("村（社区）"))
        yield
        for name, title in (("content", "咨询内容"), ("answer", "答复意见")):
            self.add(name, TextField(title), span=4).text.setFixedHeight(px(TEXT_HEIGHT))
        yield
        self.handling = self.add("handling", MultiChoiceField("处理方式"))
        self.rating = self.add("rating", ChoiceField("满意度", hint="可在签到台评价"))
        self.person = self.add("person_id", PersonField("值班人员", provider))
        self.at = self.add("at", MomentField("时间", self._desk.now))
        yield
        self._add_ticks()
        self.adopted = AdoptedField()
        self.adopted.setParent(self)
        self.count_in("is_id_refused", self.paper.refused)
        self.count_in("same_client", self.adopted)
        self.person.changed.connect(self._choose_person)
        for name, field in self.fields.items():
            field.editor.installEventFilter(self)
            self._editors[field.editor] = name

    def _add_ticks(self) -> None:
        """The last line: at a bureau the site first, since it registers for stations that work on paper."""
        if self._desk.is_bureau:
            self.add("site", self.site)
        holder = QWidget()
        ticks = [(name, slim(TickField(words))) for name, words in TICKS]
        line = FlowLayout(*(tick for _name, tick in ticks), spacing=16)
        holder.setLayout(line)
        if self._desk.is_bureau:
            line.setContentsMargins(0, self.name.editor_top(), 0, 0)
        for name, tick in ticks:
            self.count_in(name, tick)
        self.put(holder, span=4 if not self._desk.is_bureau else 3)

    # what is offered

    def offer(self, words: WordsOffered) -> None:
        """Take the pack's words; what is required carries the star."""
        self.words = words
        for field, choices in (
            (self.channel, words.channels),
            (self.topics, words.topics),
            (self.handling, words.handlings),
            (self.sex, words.sexes),
            (self.rating, words.ratings),
        ):
            field.set_choices(choices)
        self.groups.set_choices(words.groups, alone=words.usual_group)
        for name, _item in words.required:
            if name in self.fields and name not in ("id_number", "at"):
                self.fields[name].mark_required(True)

    def put_usual(self) -> None:
        """What stands in the form before anything is typed."""
        if self.words is not None:
            self.groups.set_value([self.words.usual_group] if self.words.usual_group else [])
            self.channel.set_value(self.words.usual_channel)
            self.handling.set_value([self.words.usual_handling] if self.words.usual_handling else [])

    def start_again(self) -> None:
        """An empty form for the next person."""
        self.clear(keep=("person_id", "site"))
        self._left.clear()
        self._suggested = ()
        self._is_person_chosen = False
        self.sex.show_age(None, "")
        self.put_usual()

    def rest_draft(self, drafts: DraftKeeper | None) -> None:
        """Keep drafts here from now on; None while what is typed is no new record."""
        self._timer.stop()
        self._drafts = drafts

    def show_person(self, hit: PersonHit | None) -> None:
        """Who is on duty, unless somebody was chosen by hand."""
        if not self._is_person_chosen:
            self.person.set_value(hit)

    def adopt(self, client: KnownClient) -> None:
        """Take over an earlier visitor; telephone and number stay masked and are copied by the office."""
        self.adopted.set_value((client.id, client.phone, client.id_number))
        self.set_values(
            {
                "client_name": client.name,
                "phone": client.phone,
                "id_number": client.id_number,
                "sex": client.sex,
                "village": client.village,
                "groups": client.groups,
                "is_id_refused": client.is_id_refused and not client.id_number,
            }
        )
        self.sex.show_age(client.age, "")
        self._on_change()

    # what is typed

    def is_blank(self) -> bool:
        """Whether nobody has typed anything of substance."""
        return not any(
            self.fields[name].value()
            for name in ("client_name", "phone", "id_number", "topics", "content", "answer")
        )

    def entry(self) -> ConsultationEntry:
        """What is typed, without what stands for an earlier record."""
        found = self.values()
        _id, phone, paper = self._adopted()
        return ConsultationEntry(
            client_name=found["client_name"],
            sex=found["sex"] or "",
            id_number="" if paper and found["id_number"] == paper else found["id_number"],
            is_id_refused=found["is_id_refused"],
            phone="" if phone and found["phone"] == phone else found["phone"],
            village=found["village"],
            groups=tuple(found["groups"]),
            channel=found["channel"] or "",
            topics=tuple(found["topics"]),
            content=found["content"],
            answer=found["answer"],
            handling="、".join(found["handling"]),
            **{name: found[name] for name, _words in TICKS},
        )

    def same_client_as(self) -> str:
        """The earlier record whose telephone or number is still in the form."""
        record, phone, paper = self._adopted()
        is_kept = (phone and self.phone.value() == phone) or (paper and self.paper.value() == paper)
        return record if is_kept and self.phone.value() else ""

    def chosen_site(self) -> str:
        """The station a bureau registers for, "" for its own desk."""
        return self.site.value() or ""

    def chosen_rating(self) -> str:
        """What the client thought of it, "" while nobody rated."""
        return self.rating.value() or ""

    def moment(self) -> datetime | None:
        """When it was, None for now."""
        at: datetime | None = self.at.value()
        return at

    def chosen_person(self) -> str:
        """Who was chosen by hand, "" for whoever is on duty."""
        return (self.person.value() or "") if self._is_person_chosen else ""

    def own_faults(self) -> bool:
        """Show what the fields themselves cannot read; whether there is any."""
        faults = {name: field.own_fault() for name, field in self.fields.items()}
        for name, text in faults.items():
            if text:
                self.fields[name].show_fault(text)
        return any(faults.values())

    # what is said about it

    def show_judgement(self, found: EntryJudgement, *, names_all: bool = False) -> None:
        """Faults beside the fields that were left (or all), sex, age and group as the card tells.

        A paper that was not brought is no fault: saving asks about it.
        """
        if names_all:
            self._left |= set(self.fields)
        problems = {one.field: str(one) for one in found.problems if self._is_ready(one.field)}
        missing = {
            name: f"缺“{item}”" for name, item in found.missing if name in self._left and name != "id_number"
        }
        for name, field in self.fields.items():
            if field.own_fault():
                continue
            field.show_fault(problems.get(name) or missing.get(name, ""))
        if found.sex:
            self.sex.set_value(found.sex)
        if found.age is not None or not self.adopted.value():
            self.sex.show_age(found.age, found.groups[0] if found.groups else "")
        self._suggest(found.groups)

    def _suggest(self, groups: Sequence[str]) -> None:
        """Put in the groups a card speaks for, once; whoever takes one out again is right."""
        new = [group for group in groups if group not in self._suggested]
        gone = [group for group in self._suggested if group not in groups]
        self._suggested = tuple(groups)
        if new or gone:
            usual = self.words.usual_group if self.words else ""
            kept = [one for one in self.groups.value() if one not in (usual, *gone, *new)]
            self.groups.set_value([*kept, *new] or ([usual] if usual else []))

    def _is_ready(self, name: str) -> bool:
        """A number is judged once it is whole; anything else once its field was left."""
        return name in self._left or (name == "id_number" and len(self.paper.value()) >= WHOLE_NUMBER)

    def _adopted(self) -> tuple[str, str, str]:
        parts = self.adopted.value()
        return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")

    def _choose_person(self) -> None:
        self._is_person_chosen = True

    def _on_change(self) -> None:
        if self.at.is_empty() and not self.is_blank():
            self.at.set_value(self._desk.now().replace(microsecond=0))
        super()._on_change()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.reflow(4 if event.size().width() >= px(NARROW) else 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched in self._editors:
            self._left.add(self._editors[watched])
            if not self.is_blank():
                self._judge.start()
        return False
