"""What a check of the self-test says is not right on this machine."""


class NotRight(Exception):
    """In words, with what to do about it."""
