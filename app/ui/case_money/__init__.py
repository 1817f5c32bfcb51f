"""The page of a quarter's case subsidies."""
