"""Parts of the pages of attendance and of spot checks."""
