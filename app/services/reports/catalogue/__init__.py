"""One file a report; each offers REPORT."""
