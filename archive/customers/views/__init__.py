"""The pages of customers and of their contact persons."""
