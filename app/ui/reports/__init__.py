"""The parts of the page of reports, one file each."""
