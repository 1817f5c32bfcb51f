"""What a policy pack is once read: figures, lists, targets and open readings, each with its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from app.errors import Refused
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.rules.policy.parts import (
    AgentRule,
    CalendarRule,
    Figure,
    FigureValue,
    Measure,
    NamedList,
    PackSite,
    PersonnelRule,
    Target,
    TargetTable,
)
from app.rules.policy.rates import NO_RATES, RosterRules, duty_rates, roster_rules, rule_settings
from app.rules.policy.settings import PackSetting, SettingValue, changed, may_become
from app.rules.policy.year import ProgrammeYear
from app.values import Month, PersonKind

__all__ = ["NO_RATES", "DutyRates", "Pack", "RosterRules"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Pack:
    """One programme document as data; money is 分, clauses are cited as 文号 + 条款.

    document: 文号. issued_on None: the notice bears no date. inherits: the pack whose figures stand where this
    document is silent, "" for none. figures: `section.name` → figure. clauses: citation → the notice's own words.
    """

    key: str
    short: str
    title: str
    document: str
    issuer: str
    issued_on: date | None
    valid_from: date
    valid_to: date
    root: str
    inherits: str = ""
    takes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    lists: Mapping[str, NamedList] = field(default_factory=dict)
    settings: Mapping[str, PackSetting] = field(default_factory=dict)
    personnel: tuple[PersonnelRule, ...] = ()
    calendar: tuple[CalendarRule, ...] = ()
    measures: tuple[Measure, ...] = ()
    agents: tuple[AgentRule, ...] = ()
    tables: tuple[TargetTable, ...] = ()
    sites: tuple[PackSite, ...] = ()

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every unit's annual targets (Y02 Q01 G01 A01 J14), in the document's order."""
        return tuple(target for table in self.tables for target in table.parts)

    @cached_property
    def rates(self) -> DutyRates | None:
        """Duty rates under the settings in force; None: the document fixes none (NO_RATES is the sentence)."""
        return duty_rates(self)

    @cached_property
    def rule_settings(self) -> RuleSettings:
        """The open readings in the form settlement takes them."""
        return rule_settings(self)

    @cached_property
    def year(self) -> ProgrammeYear:
        """What the document's year and its pace are, under the readings in force."""
        chosen = {name: setting.value for name, setting in self.settings.items()}
        return ProgrammeYear(
            is_from_december=chosen.get("period_basis") == "from_december",
            is_by_months=chosen.get("pace_basis") == "months",
        )

    @cached_property
    def roster(self) -> RosterRules:
        """What the document asks of rosters (Y09 Q05)."""
        return roster_rules(self)

    @property
    def groups(self) -> tuple[str, ...]:
        """The programme's groups (Y11)."""
        return self.names("groups")

    @property
    def consultation_groups(self) -> tuple[str, ...]:
        """人群类别 at the desk: the programme's groups, then everybody else (advice is for all)."""
        return self.groups + self.names("other_groups")

    @property
    def topics(self) -> tuple[str, ...]:
        """事项类别 of a consultation (Y10)."""
        return self.names("topics")

    @property
    def channels(self) -> tuple[str, ...]:
        """咨询方式."""
        return self.names("channels")

    @property
    def handlings(self) -> tuple[str, ...]:
        """处理方式."""
        return self.names("handlings")

    @property
    def required_items(self) -> tuple[str, ...]:
        """The items a service record must have, or D1 follows (Y10, Y17-1)."""
        return self.names("required_items")

    @property
    def notices_clause(self) -> str:
        """Where the document has notices circulated (通报), for packs whose pay rules do not; "" where it is silent."""
        found = self.lists.get("notices")
        return found.clause if found else ""

    @property
    def satisfaction_target(self) -> int | None:
        """Satisfaction asked for, in percent; None where the document names none."""
        value = self.value("targets.satisfaction")
        return value if isinstance(value, int) else None

    def outside_words(self, month: Month) -> str:
        """Says that a month has days outside the document's validity; "" where it lies within."""
        if self.valid_from <= month.first_day and month.last_day <= self.valid_to:
            return ""
        return f"{month} 不在方案有效期内（{self.document}，{self.valid_from} 至 {self.valid_to}），请核对是否已有新的文件"

    def names(self, name: str) -> tuple[str, ...]:
        """The words of a list of the pack, () where the pack has no such list."""
        found = self.lists.get(name)
        return found.words if found else ()

    def value(self, name: str) -> FigureValue | None:
        """A figure's value by `section.name`; None where the document is silent."""
        found = self.figures.get(name)
        return found.value if found else None

    def setting(self, name: str) -> SettingValue:
        """An open reading's value in force. Raises Refused E985 for a name the pack does not have."""
        return self._setting(name).value

    def clause_text(self, clause: str) -> str:
        """The quoted words behind a citation, "" for none."""
        return self.clauses.get(clause, "")

    def personnel_rule(self, kind: PersonKind) -> PersonnelRule | None:
        """The condition of a personnel kind (Y08); None: the document does not admit the kind."""
        return next((rule for rule in self.personnel if rule.kind == kind), None)

    def site(self, code: str) -> PackSite | None:
        """A unit of the tree by its code."""
        return self._sites_by_code.get(code)

    def target(self, site: str, kind: str) -> Target | None:
        """A unit's annual target of one kind."""
        return next((target for target in self.targets if (target.site, target.kind) == (site, kind)), None)

    def with_settings(self, values: Mapping[str, SettingValue]) -> Pack:
        """The pack under a bureau's own readings; texts are read by the setting's type.

        Raises Refused E957 for an unknown name or a value that is not one of the choices.
        """
        settings = dict(self.settings)
        for name, value in values.items():
            settings[name] = changed(self._setting(name), value)
        return replace(self, settings=MappingProxyType(settings))

    def with_readings(self, values: Mapping[str, SettingValue]) -> tuple[Pack, tuple[str, ...]]:
        """The pack under readings that may be a newer program's, and the names of those that it cannot take."""
        pack, left_out = self, list[str]()
        for name, value in values.items():
            setting = self.settings.get(name)
            if setting is None or not may_become(setting, value):
                left_out.append(name)
            else:
                pack = pack.with_settings({name: value})
        return pack, tuple(left_out)

    def _setting(self, name: str) -> PackSetting:
        found = self.settings.get(name)
        if found is None:
            raise Refused(
                "E985",
                f"方案 {self.key} 没有名为“{name}”的设置，可选：{'、'.join(self._offered())}",
                field=name,
            )
        return found

    def _offered(self) -> list[str]:
        return [name for name, setting in self.settings.items() if setting.is_offered]

    @cached_property
    def _sites_by_code(self) -> Mapping[str, PackSite]:
        return {site.code: site for site in self.sites}
