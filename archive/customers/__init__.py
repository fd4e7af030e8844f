"""Who the customer is: the archive's basic and credit facts (Art. 5-9)."""
