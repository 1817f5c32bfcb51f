"""What a month's duties pay, each line with its reasons."""
