"""Workbooks into rows: all or nothing, marked copies, and undoing an import whole."""
