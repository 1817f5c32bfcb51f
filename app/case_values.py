"""The words of legal-aid cases and their money that every floor shares, in the order windows and sheets offer them."""

from __future__ import annotations

from enum import StrEnum


class CaseKind(StrEnum):
    """案件类型 of the register."""

    civil = "民事"
    administrative = "行政"
    criminal = "刑事"
    state_compensation = "国家赔偿"


class CaseForm(StrEnum):
    """诉讼或非诉讼; non-litigation covers arbitration, mediation and other agency."""

    litigation = "诉讼"
    other = "非诉讼"


class CaseStage(StrEnum):
    """诉讼阶段; the criminal stages are separate, linked cases."""

    investigation = "侦查"
    prosecution = "审查起诉"
    first = "一审"
    second = "二审"
    retrial = "再审"
    arbitration = "仲裁"
    other = "其他"


class Procedure(StrEnum):
    """程序 of a court case (Y12: notified defence counts under 普通程序)."""

    ordinary = "普通"
    simple = "简易"
    fast = "速裁"


class CaseGround(StrEnum):
    """法律依据: article of the Legal Aid Law (援), of Shanxi's regulation (省), or of the old regulation (条例)."""

    law_24 = "援24"
    law_25_1 = "援25-1"
    law_25_2 = "援25-2"
    law_28 = "援28"
    law_29 = "援29"
    law_31 = "援31"
    law_32 = "援32"
    law_33 = "援33"
    province_9 = "省9"
    province_10 = "省10"
    regulation_10 = "条例10"
    regulation_11 = "条例11"
    regulation_12 = "条例12"
    other = "其他"


_ABOUT = {
    "援24": "刑事案件因经济困难申请",
    "援25-1": "应当通知辩护",
    "援25-2": "可以通知辩护",
    "援28": "强制医疗案件",
    "援29": "被害人、自诉人、附带民事诉讼",
    "援31": "民事、行政事项",
    "援32": "不受经济困难条件限制",
    "援33": "申诉、再审",
    "省9": "省条例第九条",
    "省10": "省条例第十条",
    "条例10": "二〇〇三年条例：民事、行政事项",
    "条例11": "二〇〇三年条例：刑事申请",
    "条例12": "二〇〇三年条例：指定辩护",
}
"""What the articles are about: Legal Aid Law 24 … 33; the State Council's regulation of 2003, 10 … 12."""


def ground_words(value: str) -> str:
    """A 法律依据 and what it is about, as forms offer it and cases show it; one not known as it is written."""
    return f"{value}　{_ABOUT[value]}" if value in _ABOUT else value


class HandlerKind(StrEnum):
    """承办人类别 (Y14)."""

    lawyer = "社会律师"
    legal_worker = "基层法律服务工作者"
    agency_staff = "法律援助机构工作人员"
    volunteer = "志愿者"


class Grade(StrEnum):
    """质量等级 (Y15 G12 J09), best first."""

    excellent = "优秀"
    good = "良好"
    passed = "合格"
    failed = "不合格"


class Fund(StrEnum):
    """资金 (Y25 A12): the special fund, the office's own business funds, and the named project funds."""

    special = "惠民专项"
    business = "业务经费"
    lottery = "彩票公益金"
    foundation = "基金会"


class FundFlow(StrEnum):
    """收支 of a fund row; 下达 (an order that money will come) never counts towards the balance."""

    ordered = "下达"
    arrived = "到位"
    spent = "支出"


class FundSource(StrEnum):
    """来源 of money that arrives."""

    centre = "中央"
    province = "省"
    city = "市"
    county = "县"
    donation = "捐赠"


class CaseEventKind(StrEnum):
    """What happens to a case, in the order in which events of one day and turn are read (case-rules)."""

    registered = "登记"
    notified_once = "一次性告知"
    supplemented = "补齐"
    lapsed = "逾期"
    withdrawn = "撤回"
    accepted_incomplete = "容缺"
    review_begun = "受理审查"
    granted = "给予"
    refused = "不予"
    granted_first = "先行提供"
    objected = "异议"
    objection_dismissed = "维持"
    objection_upheld = "责令改正"
    notified_defence = "通知辩护"
    assigned = "指派"
    reassigned = "更换"
    contracted = "签约"
    met = "会见"
    interviewed = "约见"
    files_read = "阅卷"
    heard = "开庭"
    progress_told = "通报"
    observed = "旁听"
    terminated = "终止"
    merged = "并案"
    closed = "结案"
    handed_in = "交卷"
    handed_back = "退卷"
    archived = "归档"
    reviewed = "评查"
    transferred = "转办"
    agent_for = "代办"
    moved = "移送"
    corrected = "补正"
    entered = "录入"
    voided = "作废"


class CaseState(StrEnum):
    """Where a case stands, computed from its events."""

    registered = "登记"
    awaiting_papers = "待补充"
    under_review = "审查中"
    lapsed = "视为撤回"
    withdrawn = "已撤回"
    refused = "不予"
    granted = "已批准"
    assigned = "已指派"
    in_hand = "承办"
    terminated = "已终止"
    merged = "并入"
    transferred = "已转出"
    closed = "已结案"
    file_examined = "审卷"
    archived = "已归档"


class CasePayState(StrEnum):
    """Where the money of a case stands."""

    to_list = "待列"
    listed = "已列"
    examined = "已核"
    returned = "退回"
    paid = "已付"
    reversed = "已冲销"


class CaseOutcome(StrEnum):
    """What a settlement says of a case, as `case settle --json` spells it."""

    pays = "pays"
    zero = "zero"
    waits = "waits"


class UnmetKey(StrEnum):
    """Which condition of Y12 a case does not meet, as `case settle --json` spells it."""

    group = "group"
    approved = "approved"
    closed = "closed"
    form = "form"
    ground = "ground"
    entered = "entered"


class StandardKind(StrEnum):
    """The monthly figures a head that a county types, each with the day it holds from."""

    dibao = "最低生活保障标准"
    minimum_wage = "最低工资标准"
    province = "省定经济困难标准"
    wider = "当地放宽的标准"


class NoteKind(StrEnum):
    """What is noted about a case beside its steps: its quality, what came after it, complaints (A07 G06 G13 J10)."""

    observed = "庭审旁听"
    court_opinion = "征询意见"
    excellent = "优秀案件"
    major = "重大案件"
    discussed = "集体讨论"
    supervised = "督办"
    followed_up = "受援人回访"
    explained = "判后释法"
    enforcement = "执行跟进"
    asset_clue = "财产线索"
    enforcement_applied = "申请执行"
    fee_waived = "费用减免"
    verified = "承诺核查"
    dishonest = "失信记录"
    complaint = "投诉"
    complaint_accepted = "投诉受理"
    complaint_rejected = "投诉不予受理"
    complaint_closed = "投诉办结"


class ReviewKind(StrEnum):
    """评查方式 (Y15 G12)."""

    every_case = "一案一评"
    peer = "同行评估"
    administrative = "行政评查"


class DrawStep(StrEnum):
    """The two steps of a draw: its seed's hash before the cases are known, the seed after."""

    announced = "公布指纹"
    revealed = "公布种子"


class HandlerMark(StrEnum):
    """What sets a handler apart (G14)."""

    named = "名优律师"
    mentored = "老带新"


class FocusKind(StrEnum):
    """The registers of people whom aid looks after (J04 G07 J08 G09)."""

    focus = "重点对象"
    contact = "联系卡"
    card = "惠民卡"
    hardship = "特殊困难人员"


class FocusEnd(StrEnum):
    """Why somebody leaves a register."""

    out_of_poverty = "脱贫"
    moved = "迁出"
    died = "死亡"
    expired = "到期"
    mistake = "登记有误"
    other = "其他"
