"""Single records that the bureau sent back: how a station answers, and what both sides see of it."""
