"""Pages across chapters: home, one customer's whole file, search."""
