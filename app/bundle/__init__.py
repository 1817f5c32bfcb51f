"""The bundle format `.hmb`, the keys and the enrolment files: a pure codec without database and rules."""
