"""Case 39 by coverage: what makes the reader take a new branch is kept and mutated on; only refusals may come of it.

Ten minutes in `make test-long`, a moment in the suite.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from app import canonical
from app.bundle.entries import line_of
from app.bundle.packing import packed
from app.bundle.sealing import seal, unseal
from tests.exchange.format_samples import (
    COUNTY,
    all_keys,
    entries,
    manifest_fields,
    read_whole,
    sample,
    sealed_members,
    signed_manifest,
    with_segment,
    zipped,
)
from tests.exchange.test_format_fuzz import attempt, mutated
from tests.killing import KILLS

SECONDS = float(os.environ.get("HUIMIN_FUZZ_SECONDS", "600" if KILLS >= 100 else "3"))
MOST_KEPT = 400
Step = tuple[str, int, int]
DATA = sample(5)
LINES = b"".join(line_of(entry) for entry in entries(5))


def raw(seed: bytes) -> bytes:
    """The file itself."""
    return seed


def member(seed: bytes) -> bytes:
    """A flawless skeleton around a mutated member."""
    members = sealed_members(DATA)
    return zipped([seed, *members[1:]])


def manifest(seed: bytes) -> bytes:
    """A mutated manifest, signed anew where it is one still; encrypted as it should be."""
    try:
        plain = signed_manifest(canonical.decode(seed))
    except (canonical.BadData, AttributeError):
        plain = seed
    return zipped([*sealed_members(DATA)[:-1], seal(plain, all_keys())])


def lines(seed: bytes) -> bytes:
    """Mutated records in a segment that the manifest states truly."""
    return with_segment(DATA, seed or b"x", packed(seed or b"x"))


def frame(seed: bytes) -> bytes:
    """A mutated compressed frame, stated truly."""
    return with_segment(DATA, LINES, seed)


LAYERS: dict[Callable[[bytes], bytes], bytes] = {
    raw: DATA,
    member: sealed_members(DATA)[0],
    manifest: unseal(sealed_members(DATA)[-1], COUNTY.identities, ""),
    lines: LINES,
    frame: packed(LINES),
}


class Reached:
    """Which steps from line to line the reader has ever taken."""

    def __init__(self) -> None:
        self.all: set[Step] = set()
        self.new = 0
        self._last: dict[int, int] = {}

    def trace(self, frame: FrameType, what: str, _: Any) -> Any:
        """Follow the lines of the reader only."""
        if "/app/bundle/" not in frame.f_code.co_filename and "canonical" not in frame.f_code.co_filename:
            return None
        if what == "line":
            step = (frame.f_code.co_filename, self._last.get(id(frame), 0), frame.f_lineno)
            self._last[id(frame)] = frame.f_lineno
            if step not in self.all:
                self.all.add(step)
                self.new += 1
        elif what == "return":
            self._last.pop(id(frame), None)
        return self.trace

    def is_new(self, data: bytes) -> bool:
        """Read the file; whether it went somewhere new. Fails on anything that is no refusal."""
        self.new = 0
        before = sys.gettrace()
        sys.settrace(self.trace)
        try:
            attempt(data, read_whole)
        finally:
            sys.settrace(before)
        return self.new > 0


def test_case_39_whatever_leads_deeper_into_the_reader_ends_in_a_refusal() -> None:
    assert manifest_fields(DATA)
    chance, reached = random.Random(time.time_ns() if KILLS >= 100 else 39), Reached()
    kept = {layer: [seed] for layer, seed in LAYERS.items()}
    for layer, seed in LAYERS.items():
        reached.is_new(layer(seed))
    sound, end, tries = len(reached.all), time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        layer = chance.choice(list(kept))
        seeds, tries = kept[layer], tries + 1
        changed = mutated(chance.choice(seeds), chance)
        if reached.is_new(layer(changed)) and len(seeds) < MOST_KEPT:
            seeds.append(changed)
    assert tries > 20 and len(reached.all) > sound, "it never left the way of a sound bundle"
