"""One file a kind of workbook; each offers KIND."""
