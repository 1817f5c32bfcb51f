"""How it is shown what came of a bundle file and what was checked of it: a tone and a word."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.exchange.history import BundleView, SequenceCheck, SignatureCheck
from app.services.exchange.outcome import Outcome
from app.ui.theme import State
from app.values import DeliveryState

OUTCOMES = {
    Outcome.applied: (State.DONE, "已接收"),
    Outcome.noop: (State.NONE, "无新内容"),
    Outcome.parked: (State.DUE, "待补前包"),
    Outcome.refused: (State.FAULT, "未接收"),
    Outcome.alarm: (State.FAULT, "警报"),
}
DELIVERIES = {
    DeliveryState.waiting: State.NONE,
    DeliveryState.sent: State.DUE,
    DeliveryState.received: State.DONE,
    DeliveryState.returned: State.FAULT,
}
SIGNATURES = {
    SignatureCheck.valid: (State.DONE, "有效"),
    SignatureCheck.wrong: (State.FAULT, "不符"),
    SignatureCheck.unknown_key: (State.FAULT, "密钥未登记"),
    SignatureCheck.out_of_range: (State.FAULT, "密钥超出范围"),
    SignatureCheck.new_key: (State.DUE, "新密钥，等电话核对指纹"),
    SignatureCheck.unreadable: (State.NONE, "未能核对"),
}
SEQUENCES = {
    SequenceCheck.unbroken: (State.DONE, "连续"),
    SequenceCheck.known_already: (State.DONE, "已收过，无新内容"),
    SequenceCheck.gap: (State.DUE, "缺前面的包"),
    SequenceCheck.fork: (State.FAULT, "与已收不一致"),
    SequenceCheck.begun: (State.DUE, "只收了一部分"),
    SequenceCheck.newer_program: (State.DUE, "由较新的程序写成"),
    SequenceCheck.not_taken: (State.NONE, "未采用"),
    SequenceCheck.unchecked: (State.NONE, "未核对"),
    SequenceCheck.unreadable: (State.NONE, "未能核对"),
}


def state_tag(row: BundleView) -> tuple[State, str]:
    """Tone and word of what became of a file; of one that waits, for what."""
    if row.is_own:
        return State.NONE, "本单位写出"
    if row.state is Outcome.parked and row.signature is SignatureCheck.new_key:
        return State.DUE, "待核对指纹"
    if row.state is Outcome.parked and row.sequence is SequenceCheck.newer_program:
        return State.DUE, "待更新程序"
    if row.state is Outcome.parked and row.sequence is SequenceCheck.begun:
        return State.DUE, "未收完"
    if isinstance(row.state, Outcome):
        return OUTCOMES[row.state]
    return DELIVERIES[row.state], row.state.value


def reason_words(row: BundleView) -> str:
    """Why a received file was not taken in, for the list; "" for one that was."""
    if row.state in (Outcome.applied, Outcome.noop):
        return ""
    return f"{row.code}　{row.text}".strip("　")


def state_word(row: BundleView) -> str:
    """The word alone."""
    return state_tag(row)[1]


def check_facts(row: BundleView) -> Iterator[tuple[str, str, State]]:
    """What was checked of a received file: name, word, tone."""
    if row.signature is not None:
        tone, word = SIGNATURES[row.signature]
        yield "签名", word, tone
    if row.sequence is not None:
        tone, word = SEQUENCES[row.sequence]
        yield "序号", word, tone
