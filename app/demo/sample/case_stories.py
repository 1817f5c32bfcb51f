"""Invents what happens to the demonstration's cases: the usual way, and every side path of the table of events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.case_values import CaseEventKind as K
from app.demo.sample.case_records import SampleCase, SampleStep
from app.demo.sample.case_words import SampleWords
from app.rules.cases.facts import FactValue
from app.services.cases.case_entry import RecipientEntry

DAYS = 75
"""How long the stories go on."""
SURVIVOR = "usual"
"""The story whose first case survives the merger."""


class CaseStories:
    """Makes one case at a time; a day is counted from the first day of the stories."""

    def __init__(self, words: SampleWords, start: date) -> None:
        self._words, self._start = words, start
        self._made = 0

    def usual(self, at: int, steps: int = 99, *, grade: str = "合格", **said: Any) -> SampleCase:
        """Application, review, grant, assignment, contract … archived file; only the first so many steps."""
        found = [*self._granted(at + 1), *self._handled(at + 4, grade)]
        return self._case("usual", at, found[:steps], **said)

    def supplemented(self, at: int) -> SampleCase:
        """A station asks once for all that is missing; it comes in time."""
        notice = self._notice(at + 1, at + 12)
        supply = self._step(at + 5, K.supplemented, {"papers": notice.facts["missing"]}, at_station=True)
        return self._case(
            "supplemented", at, [notice, supply, self._grant(at + 7), *self._handled(at + 8)], at_station=True
        )

    def awaiting(self, at: int) -> SampleCase:
        """A station waits for papers."""
        return self._case("awaiting", at, [self._notice(at + 1, at + 15)], at_station=True)

    def lapsed(self, at: int) -> SampleCase:
        """The papers never came."""
        notice = self._notice(at + 1, at + 8)
        return self._case("lapsed", at, [notice, self._step(at + 12, K.lapsed, {})], at_station=True)

    def withdrawn(self, at: int) -> SampleCase:
        """The applicant takes the application back."""
        gone = self._step(at + 2, K.withdrawn, {"by": "申请人本人"}, at_station=True)
        return self._case("withdrawn", at, [gone], at_station=True)

    def incomplete(self, at: int, *, is_supplied: bool = True) -> SampleCase:
        """Accepted while papers follow; archived only after they came."""
        due = self._on(at + 30).isoformat()
        missing = tuple(self._words.words["missing"][:1])
        taken = self._step(at, K.accepted_incomplete, {"missing": missing, "due_on": due})
        handled = self._handled(at + 3)
        came = self._step(at + 14, K.supplemented, {"papers": missing})
        way = [*handled[:3], came, *handled[3:]] if is_supplied else handled[:3]
        return self._case("incomplete", at, [taken, self._grant(at + 2), *way])

    def granted_first(self, at: int) -> SampleCase:
        """Aid before its formalities, because time presses; granted afterwards."""
        first = self._step(
            at,
            K.granted_first,
            {
                "first_ground": "时效或者期限不足七日",
                "formalities_due": self._on(at + 10).isoformat(),
                "head": self._words.head,
                **self._words.handler(),
            },
        )
        return self._case("granted_first", at, [first, self._grant(at + 5), *self._handled(at + 3)[1:6]])

    def refused(self, at: int, answer: str = "") -> SampleCase:
        """Refused; the bureau dismisses the objection, or has the agency begin anew."""
        words = self._words
        steps = [
            self._step(at + 1, K.review_begun, {"reviewer": words.reviewer}),
            self._step(
                at + 4,
                K.refused,
                {
                    "refusal": "不符经济困难",
                    "why": "家庭人均月收入高于标准，也没有免核查的情形",
                    "how_to_object": "收到决定之日起十五日内可以向司法局提出异议",
                    "reviewer": words.reviewer,
                    "head": words.head,
                    "delivered_on": self._on(at + 4).isoformat(),
                },
            ),
        ]
        if answer:
            steps.append(self._step(at + 9, K.objected, {"why": "家里有重病人，开支大"}))
        if answer == "dismissed":
            steps.append(self._step(at + 13, K.objection_dismissed, {"why": "原决定认定事实清楚，应予维持"}))
        if answer == "upheld":
            upheld = self._step(at + 13, K.objection_upheld, {"why": "治疗费用没有扣除，责令重新审查"})
            steps += [upheld, self._grant(at + 15), *self._handled(at + 17)[:3]]
        return self._case(f"refused {answer}".strip(), at, steps, at_station=answer == "dismissed")

    def notice(self, at: int, steps: int = 99) -> SampleCase:
        """A court's notice to defend: no means test, assigned within three days."""
        words = self._words
        handler = {**words.handler(), "replied_on": self._on(at + 2).isoformat()}
        way = self._handled(at + 2)
        met = self._step(at + 7, K.met, words.done("met"))
        read = self._step(at + 9, K.files_read, words.done("files_read"))
        found = [replace(way[0], facts=handler), way[1], met, read, *way[3:]]
        self._made += 1
        on = self._on(at)
        return self._case(
            "notice",
            at,
            found[:steps],
            began_as=K.notified_defence,
            organ=words.one_of("organs"),
            letter=f"通援〔{on.year}〕{self._made}号",
            kind="刑事",
            procedure="普通",
            matter=words.one_of("crimes"),
            ground=words.ground(on, "援25-1"),
        )

    def replaced(self, at: int) -> SampleCase:
        """The handler falls ill; another goes on."""
        words, way = self._words, self._handled(at + 3)
        other = self._step(
            at + 12,
            K.reassigned,
            {**words.handler(), "why": "原承办人生病住院", "requested_on": self._on(at + 11).isoformat()},
        )
        again = self._step(at + 14, K.contracted, {})
        return self._case("replaced", at, [*self._granted(at + 1), *way[:2], other, again, *way[3:]])

    def terminated(self, at: int, *, is_archived: bool = False) -> SampleCase:
        """The person helped took a lawyer of their own."""
        day = self._on(at + 15).isoformat()
        ended = self._step(
            at + 15,
            K.terminated,
            {"termination": "自行委托", "sent_on": day, "unit_received_on": day, "head": self._words.head},
        )
        file = self._handled(at + 3)[-2:] if is_archived else ()
        return self._case(
            "terminated", at, [*self._granted(at + 1), *self._handled(at + 3)[:2], ended, *file]
        )

    def merged(self, at: int) -> SampleCase:
        """The same claim twice: one case goes on."""
        return self._case(
            "merged", at, [*self._granted(at + 1), self._step(at + 6, K.merged, {"survivor": SURVIVOR})]
        )

    def given_away(self, at: int, kind: K) -> SampleCase:
        """Another office must handle it."""
        where = {
            K.transferred: "邻县法律援助中心",
            K.agent_for: "外省法律援助中心",
            K.moved: "市法律援助中心",
        }
        facts = {"to": where[kind], "why": "案件由当地法院管辖"}
        return self._case(
            "given away",
            at,
            [self._step(at + 1, K.review_begun, self._review()), self._step(at + 2, kind, facts)],
        )

    def group(self, at: int) -> SampleCase:
        """One of several workers of a site, each with a case of their own."""
        made = self.usual(at, grade="良好", group_case="城北安置楼工地欠薪", matter="劳动报酬")
        return replace(made, story="group")

    def joint(self, at: int) -> SampleCase:
        """One claim of several people."""
        others = tuple(RecipientEntry(self._words.name()) for _ in range(4))
        return replace(self.usual(at, 6, others=others, matter="土地承包经营权纠纷"), story="joint")

    def minor(self, at: int) -> SampleCase:
        """A child, whose file is sealed."""
        born = self._start.year - 12
        child = self._words.applicant(self._start, 0, born) | {
            "groups": self._words.groups("未成年人"),
            "matter": "抚养费纠纷",
        }
        return replace(self.usual(at, 5, **child), story="minor")

    def organisation(self, at: int) -> SampleCase:
        """A cooperative and who speaks for it."""
        said: dict[str, Any] = {
            "is_organisation": True,
            "applicant": "城北惠农种植合作社",
            "representative": self._words.name(),
        }
        return replace(self.usual(at, 2, **said, id_number=""), story="organisation")

    # the pieces

    def _case(
        self, story: str, at: int, steps: list[SampleStep], *, at_station: bool = False, **said: Any
    ) -> SampleCase:
        self._made += 1
        on = self._on(at)
        last = self._on(DAYS)
        kept = tuple(step for step in steps if step.on <= last)
        return SampleCase(story, on, self._words.applicant(on, self._made) | said, kept, at_station)

    def _on(self, day: int) -> date:
        return self._words.day(self._start, day)

    def _step(
        self, day: int, kind: K, facts: Mapping[str, FactValue], *, at_station: bool = False
    ) -> SampleStep:
        return SampleStep(self._on(day), kind, facts, at_station, self._words.words["why"].get(kind.name, ""))

    def _notice(self, day: int, due: int) -> SampleStep:
        facts: dict[str, FactValue] = {
            "missing": tuple(self._words.words["missing"][:2]),
            "due_on": self._on(due).isoformat(),
        }
        return self._step(day, K.notified_once, facts, at_station=True)

    def _review(self) -> dict[str, FactValue]:
        return {"reviewer": self._words.reviewer}

    def _granted(self, day: int) -> list[SampleStep]:
        return [self._step(day, K.review_begun, self._review()), self._grant(day + 2)]

    def _grant(self, day: int) -> SampleStep:
        words = self._words
        facts: dict[str, FactValue] = {
            "ground": words.ground(self._on(day)),
            "means": "核查符合",
            "reviewer": words.reviewer,
            "head": words.head,
        }
        return self._step(day, K.granted, facts)

    def _handled(self, day: int, grade: str = "合格") -> list[SampleStep]:
        """From the assignment to the archived file."""
        words = self._words
        closed = self._on(day + 29).isoformat()
        ways: tuple[tuple[int, K, dict[str, FactValue]], ...] = (
            (0, K.assigned, {**words.handler(), "how": "轮派"}),
            (3, K.contracted, {}),
            (6, K.interviewed, words.done("interviewed")),
            (20, K.heard, words.done("heard")),
            (20, K.observed, words.done("observed")),
            (22, K.progress_told, words.done("told")),
            (29, K.closed, {"result": words.one_of("results"), "paper_on": closed, "recovered_fen": 1860000}),
            (
                31,
                K.entered,
                {"entered_number": f"SX{words.rng.randrange(10**7, 10**8)}", "entered_on": closed},
            ),
            (34, K.handed_in, {"is_complete": True}),
            (38, K.archived, {"grade": grade, "examiner": words.examiner}),
        )
        return [self._step(day + after, kind, facts) for after, kind, facts in ways]
