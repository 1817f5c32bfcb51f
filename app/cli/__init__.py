"""The command line: thin, each command one dispatcher call, with the windows' permissions and sentences."""
