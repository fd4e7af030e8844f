"""The documents of communication."""

from archive.communication.models.complaints import Complaint, ComplaintReply, Evidence
from archive.communication.models.visits import Measure, Visit

__all__ = ["Complaint", "ComplaintReply", "Evidence", "Measure", "Visit"]
