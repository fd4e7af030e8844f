"""The documents of communication."""

from archive.communication.models.complaints import Complaint, ComplaintReply
from archive.communication.models.visits import Measure, Visit

__all__ = ["Complaint", "ComplaintReply", "Measure", "Visit"]
