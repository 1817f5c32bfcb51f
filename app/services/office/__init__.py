"""The office itself: set up, opened, checked and backed up."""
