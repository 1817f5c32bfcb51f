"""The manual's chapters and the window that shows them."""
