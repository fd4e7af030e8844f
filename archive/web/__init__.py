"""What every page and every API route stands on; knows no chapter."""
