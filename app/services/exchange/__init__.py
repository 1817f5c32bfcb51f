"""Sending and receiving records between township, county and city; bundles, receipts and enrolment."""
