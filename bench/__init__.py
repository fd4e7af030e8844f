"""The limits of the system, measured on the machine at hand."""
