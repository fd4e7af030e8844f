"""Versions of a draft that were edited in Word: uploading one, going back to an earlier one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.contracts.forms import DraftFileInput
from archive.contracts.models import Contract
from archive.contracts.rules import UPLOADED
from archive.contracts.service import drafting
from archive.contracts.service.versions import WordFile, add_version, repeat_version
from archive.contracts.serving import NO_TEMPLATE, read_upload
from archive.contracts.views.contracts import draw_page
from archive.database import EditedMeanwhile
from archive.errors import ArchiveError
from archive.web.context import actor, seams
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.spool import takes_files

blueprint = Blueprint("versions", __name__, template_folder="../templates")


@blueprint.get("/contracts/<number>/versions/new")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def new(number: str) -> str:
    contract, _ = drafting.open_contract(number, actor=actor())
    return _upload_page(contract)


@blueprint.post("/contracts/<number>/versions/new")
@once
@takes_files(NO_TEMPLATE)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def upload(number: str) -> Response | tuple[str, int]:
    contract, _ = drafting.open_contract(number, actor=actor())
    try:
        typed = read_form(DraftFileInput, request.form)
        file = WordFile(*read_upload(request.files.get("file"), seams().recognition))
        contract = add_version(
            contract,
            file,
            **typed.model_dump(),
            actor=actor(),
            now=clock.now(),
            seen=request.form.get("seen", 0, type=int),
            parts=seams(),
        )
    except EditedMeanwhile as meanwhile:
        return _upload_page(Contract.numbered(number), meanwhile), 409
    except CORRECTABLE as fault:
        return _upload_page(contract, fault), 422
    version = contract.newest.number
    flash(gettext("第 %(version)s 版已保存，以前的版本都保留。", version=version), "success")
    return redirect(url_for("contracts.page", number=number))


@blueprint.post("/contracts/<number>/versions/<int:version>/repeat")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def repeat(number: str, version: int) -> Answer:
    contract, _ = drafting.open_contract(number, actor=actor())
    return reasoned(
        lambda reason: repeat_version(contract, version, reason, actor=actor(), now=clock.now()),
        page=lambda reason: draw_page(contract, version, repeating=reason),
        said=gettext("第 %(version)s 版已重新采用，成为最新的一版。", version=version),
        address=url_for("contracts.page", number=number),
    )


def _upload_page(contract: Contract, fault: ArchiveError | None = None) -> str:
    return render_template(
        "contracts/version_new.html",
        contract=contract,
        fault=fault,
        form=Form(
            DraftFileInput,
            request.form if fault else None,
            choices={"source": [(each.value, gettext(each.label)) for each in UPLOADED]},
            fault=fault,
        ),
        asks=fault is not None and fault.field == "is_ours",
    )
