"""One file a form: poster, pay sheet, badge and the others; each offers `FORM`."""
