"""Communication with customers: visits and complaints (Art. 11-17)."""
