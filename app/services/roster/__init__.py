"""Who sits duty when: drafting, checking, publishing and changing."""
