"""Updates without a network: a signed file off a stick, versions side by side, the one before kept."""
