"""How customers are won, how business with them goes on, and why it ends (Art. 7, 8)."""
