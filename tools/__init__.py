"""What makes files of the repository and is no part of the product."""
