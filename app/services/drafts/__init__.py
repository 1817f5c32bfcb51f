"""Half-filled forms, kept until they are saved or thrown away."""
