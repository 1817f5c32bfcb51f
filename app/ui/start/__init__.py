"""The windows before anybody is logged in: first start, login, recovery."""
