"""The pages of developing customers."""
