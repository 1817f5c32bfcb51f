"""Reports: one file each in the catalogue, one framework that turns them into screen, XLSX and PDF."""
