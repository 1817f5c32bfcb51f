"""The kiosk's own window: big tiles, a PIN pad, and nothing else of the office."""
