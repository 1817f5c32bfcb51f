"""Papers and files that an office hands out: rows go in, PDF and XLSX come out, nothing is stored."""
