"""What a month's roster must keep to, and what it costs."""
