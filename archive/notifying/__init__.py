"""Notices: what each person was told, in the product and outside of it."""
