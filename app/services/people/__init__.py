"""The duty pool: who may sit duty, their leave, and how they are found."""
