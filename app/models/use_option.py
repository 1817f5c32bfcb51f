"""The name under which an engine or connection carries what its statements read and write, for whoever adds to it."""

OPTION = "table_use"
"""The execution option that holds the `TableUse` to be filled."""
