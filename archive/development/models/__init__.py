"""The documents of developing customers, and their named queries."""

from archive.development.models.schemes import CooperationScheme, SchemeVersion
from archive.development.models.winning import (
    ChurnAnalysis,
    DevelopmentPlan,
    DevelopmentRecord,
    PlanStep,
    Progress,
)

__all__ = [
    "ChurnAnalysis",
    "CooperationScheme",
    "DevelopmentPlan",
    "DevelopmentRecord",
    "PlanStep",
    "Progress",
    "SchemeVersion",
]
