"""Records of two sites that look like one, and what the bureau decides about them."""
