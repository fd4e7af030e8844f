"""What is filed: deposits that come in, attachments of a customer's archive, and their bytes."""
