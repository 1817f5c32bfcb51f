"""The sheet of a template that explains the columns, known again when the filled workbook comes back."""

NOTES_SHEET = "填写说明"
NOTES_HEADINGS = ("列", "是否必填", "怎么填", "例")
