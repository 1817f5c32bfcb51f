"""The consultation register: recording, correcting, auditing."""
