"""The pure rules of duty pay: no database, no clock, the same answer for the same facts."""
