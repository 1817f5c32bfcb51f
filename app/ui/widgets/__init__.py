"""The widget kit that pages are put together from."""
