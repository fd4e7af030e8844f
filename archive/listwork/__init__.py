"""The chapter of work on lists: something is done to many rows at once."""
