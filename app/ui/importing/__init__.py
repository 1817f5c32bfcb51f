"""The parts of the page of imports, one file each."""
