"""What a day at the office begins with."""
