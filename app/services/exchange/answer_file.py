"""Reads what an answer file says of itself, so that its fingerprint is compared before the station is admitted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.bundle.enrolment import answer_site
from app.bundle.keys import fingerprint
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.exchange.enrol import read_file
from app.services.exchange.peers import site_name


@dataclass(frozen=True)
class AnswerFile:
    """The file a station brings back."""

    path: Path


@dataclass(frozen=True)
class AnswerView:
    """Which site it says it is, and its fingerprint; nothing of it is proved before AdmitSite."""

    site: str
    name: str
    fingerprint: str


@answers(AnswerFile, permission=Permission.ENROL)
def answer_file(look: Look, query: AnswerFile) -> AnswerView:
    """Raises Refused E734 and the faults of a file that is no answer."""
    data = read_file(query.path)
    code = answer_site(data)
    return AnswerView(code, site_name(look, code), fingerprint(data))
