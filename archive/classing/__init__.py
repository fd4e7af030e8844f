"""The classes of customers (Art. 3, 4): computed, proposed, decided, and why."""
