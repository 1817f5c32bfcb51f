"""An independent recomputation of duty pay, for tests that must not share code with settlement."""
