"""The upkeep of customers' archives: complete, kept by somebody, each customer once."""
