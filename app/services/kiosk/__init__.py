"""The kiosk: signing in and out at the duty place, and what a duty lawyer sees there."""
