"""A programme document as data: figures with the clause each comes from."""
