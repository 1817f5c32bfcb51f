"""The numbers of bundle format 1, in one place, so that writer and reader agree on every ceiling."""

from __future__ import annotations

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

FORMAT = 1
SUITE = 1
"""Suite 1: age v1, Ed25519, SHA-256. Suite 2 (商用密码) is a number reserved and refused."""

SEGMENT_BYTES = 4 * MIB
"""Most raw NDJSON in a segment of changes."""
ENTRY_BYTES = SEGMENT_BYTES - 4 * KIB
"""Most bytes of an entry's body and personal values together; refused where it is written, so that no log holds more."""
PIECE_BYTES = 8 * MIB
"""Most bytes of an attachment in one piece."""
MANIFEST_BYTES = 64 * MIB
FILE_BYTES = GIB
SEGMENTS = 9_999
"""Names have four digits."""
PLAIN_BYTES = 16 * GIB
"""Most bytes that all segments of one bundle may unpack to."""
SEALING_BYTES = 64 * KIB
"""Generous allowance for what encryption and an incompressible text add to a member."""

RECIPIENTS = 300
SLICES = 4_096
NOTES = 100_000
"""Most checkpoints, receipts and wanted attachments, each."""
LEAST_LINE_BYTES = 100
"""No entry's line is shorter; so a signed range that its segments cannot hold is seen before reading them."""
GREATEST_SEQ = 2**53 - 1
TABLE_CHARACTERS = 64
ID_CHARACTERS = 200
"""Longest name of a table and longest id that an entry may state: both come back in lists and in returned entries."""
ENROLMENT_BYTES = 64 * KIB
FIRST_YEAR, LAST_YEAR = 1970, 2200
"""Years that a stated time may lie in: wide enough for every wrong clock, narrow enough to compute with."""
FIRST_BIRTH_YEAR = 1900
"""First year that a date may lie in, which may be the birthday of the oldest."""
