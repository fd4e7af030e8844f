"""Tasks that people give to each other, and duties put off or handed to a colleague."""
