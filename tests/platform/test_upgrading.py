"""Data of the release before opens in this one."""

from bson import Decimal128, ObjectId
from flask import Flask

from archive.actor import Role
from archive.cli.upgrading import upgrade
from archive.communication.models import Complaint
from archive.customers.models import Customer
from archive.database import durable
from tests.builders import a_complaint, a_customer, a_user


def test_amounts_owners_and_names_of_the_release_before_are_brought_up_to_date(
    stores: Flask,
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("华盛货运有限公司", salesperson=seller)
    complaint = a_complaint(customer)
    durable(Customer).update_one({"_id": customer.id}, {"$unset": {"name_terms": ""}})
    durable(Complaint).update_one(
        {"_id": complaint.id}, {"$set": {"claimed_amount": 12.5}, "$unset": {"salesperson_id": ""}}
    )
    assert upgrade()
    stored = durable(Complaint).find_one({"_id": ObjectId(complaint.key)})
    assert stored["claimed_amount"] == Decimal128("12.50")
    assert stored["salesperson_id"] == seller.id
    assert stored["revision"] == 1
    assert [each.key for each in Customer.objects(Customer.called("华盛"))] == [customer.key]
    assert upgrade() == []
