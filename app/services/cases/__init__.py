"""Legal-aid cases from the application to the archived file."""
