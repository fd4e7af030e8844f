"""The customer archive of a freight company."""
