"""Invents complaints: verified, unfounded, pending, and one about a consultation rated 不满意 (Y24)."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from app.demo.sample.cast import Cast
from app.demo.sample.records import SampleAttendance, SampleComplaint, SampleConsultation
from app.demo.sample.words import word_list
from app.values import Rating, Verdict


def invent_complaints(
    rng: Random,
    consultations: tuple[SampleConsultation, ...],
    rows: tuple[SampleAttendance, ...],
    cast: Cast,
) -> tuple[SampleComplaint, ...]:
    """Four complaints in order of time; the verified one without number names only the time."""
    words = word_list("reasons")["complaints"]
    unhappy = next(one for one in consultations if one.rating is Rating.dissatisfied)
    content = [one for one in consultations if one.rating is Rating.satisfied and one.question]
    first, second = rng.sample([one for one in content if one.number != unhappy.number], 2)
    return tuple(
        sorted(
            (
                _about(unhappy, words["about_rating"], Verdict.confirmed),
                _about(first, words["unfounded"], Verdict.unfounded),
                _about(second, words["pending"], Verdict.pending),
                _about_time(rng, rows, cast, words["confirmed"]),
            ),
            key=lambda one: (one.at, one.number),
        )
    )


def _about(record: SampleConsultation, matter: str, verdict: Verdict) -> SampleComplaint:
    return SampleComplaint(record.at, record.site, record.adviser, record.number, matter, verdict)


def _about_time(rng: Random, rows: tuple[SampleAttendance, ...], cast: Cast, matter: str) -> SampleComplaint:
    """A verified complaint about a time inside a kept duty of somebody who is otherwise paid."""
    kept = [
        row
        for row in rows
        if row.duty and row.out_at and not cast.is_in(row.person) and not row.person.is_public_servant
    ]
    row = rng.choice(kept)
    assert row.duty is not None
    at = row.duty.ranges[0][0] + timedelta(minutes=rng.randint(60, 120))
    return SampleComplaint(at, row.site, row.person, "", matter, Verdict.confirmed)
