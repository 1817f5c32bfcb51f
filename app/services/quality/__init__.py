"""The quality of cases, what comes after them, the provincial system and the registers of people."""
