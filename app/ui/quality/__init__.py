"""The page of the quality of cases, of what comes after them, and of the registers of people."""
