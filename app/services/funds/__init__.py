"""The funds of the programme: standards, arrivals and spending, and what they can still bear."""
