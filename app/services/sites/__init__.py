"""The tree of bureaus, centres and stations, and how often each sits duty."""
