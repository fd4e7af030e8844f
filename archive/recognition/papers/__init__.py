"""What a paper is and says, understood from its lines alone: no files, no store."""

from archive.recognition.papers.facts import FieldName, FieldRead, PaperKind, Understood

__all__ = ["FieldName", "FieldRead", "PaperKind", "Understood"]
