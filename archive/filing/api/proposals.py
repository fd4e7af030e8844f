"""Filing papers as they are proposed, over REST."""

from apiflask import APIBlueprint
from flask import url_for

from archive import clock
from archive.actor import Right
from archive.filing.api.shapes import AttachmentOut, Confirmed, ConfirmedOne
from archive.filing.forms import ConfirmationInput, DepositsInput
from archive.filing.models import Deposit
from archive.filing.service import confirming
from archive.filing.service.several import Outcome
from archive.web.answers import problem_of
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.shapes import Tagged, tagged

api = APIBlueprint("proposals_api", __name__, url_prefix="/api/v1", tag="filing")


@api.post("/deposits/<key>/confirm")
@api.input(ConfirmationInput)
@api.output(AttachmentOut, status_code=201)
@needs(Right.FILE_DEPOSIT)
def confirm_deposit(key: str, json_data: ConfirmationInput) -> Tagged:
    """File a deposit as it is proposed, where the proposal is sure. Repeating it is harmless.

    With `customer` it is filed only if that is the one proposed.
    """
    attachment = confirming.confirm(
        Deposit.find(key), seen=json_data.customer, actor=actor(), now=clock.now()
    )
    address = url_for("attachments_api.read_attachment", key=attachment.key)
    return tagged(attachment, address=address)


@api.post("/deposits/confirm")
@api.input(DepositsInput)
@api.output(Confirmed)
@needs(Right.FILE_DEPOSIT)
def confirm_deposits(json_data: DepositsInput) -> Confirmed:
    """File those of several deposits whose proposal is sure; `results` says what became of each.

    What is filed can be taken back one by one: `/deposits/{key}/undo`.
    """
    deposits = [Deposit.find(each) for each in dict.fromkeys(json_data.deposits)]
    outcomes = confirming.confirm_many(deposits, actor=actor(), now=clock.now())
    refused = sum(bool(each.error) for each in outcomes)
    results = [_told(each) for each in outcomes]
    return Confirmed(filed=len(results) - refused, refused=refused, results=results)


def _told(outcome: Outcome) -> ConfirmedOne:
    key = outcome.deposit.key
    if outcome.error:
        problem = problem_of(outcome.error)
        return ConfirmedOne(deposit=key, status=problem.status, problem=problem.as_json())
    return ConfirmedOne(deposit=key, status=201, attachment=key)
