"""Contracts: the company's Word templates and the drafts made of them (Art. 18-25)."""
