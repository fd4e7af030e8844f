"""Monthly figures of customers (Art. 8): what was carried, earned, invoiced and paid."""
