"""The verbs of contracts: `templates` keeps the company's Word files, `drafting` makes drafts."""
