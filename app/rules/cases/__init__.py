"""What becomes of a legal-aid case by its events: state, clocks, entitlement and whether it counts; pure."""
