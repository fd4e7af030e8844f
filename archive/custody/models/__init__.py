"""The documents of custody, and their named queries."""

from archive.custody.models.disposals import Disposal, DisposalPaper
from archive.custody.models.retention import LegalHold, RetentionRule
from archive.custody.models.stocktakes import StockEntry, StockTake

__all__ = ["Disposal", "DisposalPaper", "LegalHold", "RetentionRule", "StockEntry", "StockTake"]
