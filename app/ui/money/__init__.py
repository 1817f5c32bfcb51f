"""Parts of the pages about money."""
