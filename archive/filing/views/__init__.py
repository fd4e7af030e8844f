"""The pages of filing: the day's stack, and one attachment."""
