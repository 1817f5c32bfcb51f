"""The parts of the roster page: the calendar, the pane on the right, the forms and the cards."""
