"""The documents of custody, and their named queries."""

from archive.custody.models.stocktakes import StockEntry, StockTake

__all__ = ["StockEntry", "StockTake"]
