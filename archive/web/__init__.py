"""What every page and every API route builds on; knows no chapter."""
