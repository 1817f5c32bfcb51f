"""The parts of the page of services beside consultations."""
