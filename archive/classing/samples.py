"""A customer's class and a row of the table of measures, for the walk of rights."""

from archive.classing.service import install_shipped
from archive.customers.rules.classes import Contribution, Dimension
from archive.customers.samples import a_customer
from archive.web.chapter import Sample, Sampling


def of_classes(given: Sampling) -> Sample:
    """The contribution of a customer."""
    customer = a_customer(given)
    return Sample(
        {
            "archive_number": customer.archive_number,
            "dimension": Dimension.CONTRIBUTION.value,
        },
        sent={"classes_api.set_class": {"dimension": "credit", "value": "a", "reason": "一向按时"}},
    )


def of_measures(given: Sampling) -> Sample:
    """What is done for important customers."""
    install_shipped(now=given.now)
    return Sample(
        {
            "dimension": Dimension.CONTRIBUTION.value,
            "value": Contribution.IMPORTANT.value,
        }
    )


SAMPLES = {"classing": of_classes, "classes_api": of_classes, "measures": of_measures}
