"""Parts of the pages and wizards that deal with other offices."""
