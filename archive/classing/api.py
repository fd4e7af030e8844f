"""Classes over REST."""

from datetime import date
from typing import Annotated

from apiflask import APIBlueprint
from pydantic import Field, model_validator

from archive import clock
from archive.actor import Right
from archive.classing import service
from archive.classing.file import classes_of
from archive.customers.models import Customer
from archive.customers.rules import Origin
from archive.customers.rules.classes import COMPUTED, TERMS, Dimension, class_called
from archive.customers.service import open_file
from archive.terms import N_, Term
from archive.web.api import seen_revision
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import Code, Day, Input, Reason, asked, fault
from archive.web.shapes import Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("classes_api", __name__, url_prefix="/api/v1/customers", tag="customers")


class ClassOut(Out):
    """One of a customer's classes; `why` is left out for those who may not see figures."""

    dimension: Dimension
    value: str | None
    since: date | None
    why: str | None = reads(lambda shown: shown.why or None)
    computed: str | None = reads("found")
    """What the figures say, or propose."""
    is_proposed: bool = reads(lambda shown: shown.proposed is not None)
    decided_by: str | None = reads("decision.by_name")
    decided_on: date | None = reads("decision.decided_on")
    until: date | None = reads("decision.until")
    reason: str | None = reads("decision.reason")


class ClassesOut(RecordOut):
    """The classes of a customer (Art. 4)."""

    archive_number: str
    origin: Origin | None
    keeper: str | None = reads("keeper_name")
    classes: list[ClassOut] = reads(lambda customer: classes_of(customer, actor()))


class ClassInput(Input):
    """A class that a person sets."""

    dimension: Dimension = asked(N_("分类标准"))
    value: Annotated[Code, Field(max_length=40)] = asked(N_("类别"))
    reason: Reason = asked(N_("原因"))
    until: Day | None = asked(N_("有效期至"), None)
    keeper: str | None = asked(N_("专人"), None, max_length=24)

    @model_validator(mode="after")
    def take_known(self) -> "ClassInput":
        """A class of this dimension; a computed one is set for a time."""
        if class_called(self.dimension, self.value) is None:
            known = "、".join(each.value for each in TERMS[self.dimension])
            raise fault("class", N_("没有这个类别；应为：%(known)s。"), known=known)
        if self.dimension in COMPUTED and not self.until:
            raise fault("until", N_("计算得出的分类只能指定到某一天为止，请填写 until。"))
        return self

    @property
    def class_(self) -> Term:
        """The class."""
        return next(each for each in TERMS[self.dimension] if each.value == self.value)


@api.get("/<archive_number>/classes")
@api.output(ClassesOut)
@needs(Right.OPEN_CUSTOMER)
def read_classes(archive_number: str) -> Tagged:
    """A customer's classes and why, with the ETag of its archive."""
    return tagged(open_file(archive_number, actor=actor()))


@api.patch("/<archive_number>/classes")
@api.input(ClassInput)
@api.output(ClassesOut)
@needs(Right.SET_CLASSES)
def set_class(archive_number: str, json_data: ClassInput) -> Tagged:
    """Set one class, with a reason; `If-Match` names the revision that was read.

    `keeper` is the identity of a person; a strategic customer needs one.
    """
    customer = service.decide_class(
        Customer.numbered(archive_number),
        json_data.dimension,
        json_data.class_,
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        reason=json_data.reason,
        until=json_data.until,
        keeper=json_data.keeper,
    )
    return tagged(customer)
