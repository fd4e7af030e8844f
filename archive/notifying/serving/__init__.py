"""What is to be told to whom, and how it is said outside of the archive."""
