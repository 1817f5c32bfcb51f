"""The one door: rights, transaction, journal, and what every request stands on."""
