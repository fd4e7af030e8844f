"""What is asked on the pages of the ways in."""

from archive.customers.forms import CustomerKey, asked_customer
from archive.filing.rules import AttachmentKind
from archive.terms import N_
from archive.web.inputs import Count, Input, asked


class SeparatorsInput(Input):
    """What a separator sheet says of the paper behind it, and how many are printed."""

    kind: AttachmentKind | None = asked(N_("类别"), None)
    customer: CustomerKey | None = asked_customer(N_("所属客户"), None)
    count: Count = asked(N_("张数"), 1, ge=1, le=50)
