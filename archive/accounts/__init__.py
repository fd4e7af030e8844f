"""People, their roles and rights, how they sign in, and the tokens of their programs."""
