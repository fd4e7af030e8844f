"""What the custodian says about a file: one declaration for the page and the API."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from archive.customers.forms import CustomerKey, asked_customer
from archive.filing import rules
from archive.filing.rules import AttachmentKind, Confidentiality, Original, PaperFacts, Turning
from archive.filing.service import page_numbers
from archive.filing.service.comparing import StatedFact
from archive.terms import N_
from archive.web.inputs import Code, Count, Day, Input, Line, Reason, asked, fault

PAGES = re.compile(r"\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*")
PLACE = re.compile(r"[\w.]{1,16}-[\w.]{1,16}-[\w.]{1,16}")


def check_place(text: str) -> str:
    """Where the paper is kept: cabinet, compartment, volume."""
    text = re.sub(r"\s*[-—–－/]\s*", "-", text)
    if not PLACE.fullmatch(text):
        raise fault("place", N_("请按“柜-格-卷”填写，例如 03-2-015。"))
    return text


Place = Annotated[Code, Field(max_length=60), AfterValidator(check_place)]


def check_pages(text: str) -> str:
    """Numbers of pages in their order, runs drawn together: ``1-3,7``."""
    text = re.sub(r"\s*[-—–－]\s*", "-", text.replace("，", ",").replace(" ", ""))
    if not PAGES.fullmatch(text):
        raise fault("pages", N_("请按“1-3,7”填写页码。"))
    return text


Pages = Annotated[Code, Field(max_length=8000), AfterValidator(check_pages)]


class FactsInput(Input):
    """The facts of an attachment, without its file."""

    kind: AttachmentKind = asked(N_("类别"))
    title: Line | None = asked(N_("题名"), None, max_length=120)
    confidentiality: Confidentiality | None = asked(
        N_("密级"), None, help=N_("不选时按类别确定：证照、合同、财务材料为秘密。")
    )
    document_on: Day | None = asked(N_("文件日期"), None)
    valid_until: Day | None = asked(N_("有效期至"), None)
    paper_original: bool = asked(N_("留存纸质原件"), False)
    copies: Count | None = asked(N_("份数"), None, ge=1, le=999)
    place: Place | None = asked(N_("存放位置"), None, placeholder=N_("柜-格-卷，如 03-2-015"))

    @model_validator(mode="after")
    def check_together(self) -> Self:
        """Dates in their order; a place and a count only for papers that exist."""
        if self.document_on and self.valid_until and self.valid_until < self.document_on:
            raise fault("dates", N_("有效期不能早于文件日期。"))
        if (self.place or self.copies) and not self.paper_original:
            raise fault("paper", N_("填写了份数或存放位置，请同时勾选“留存纸质原件”。"))
        return self

    def settled(self) -> PaperFacts:
        """The facts with every default decided.

        A title left out is the word for the kind (records speak Chinese); a confidentiality
        left out follows the kind.
        """
        return PaperFacts(
            kind=self.kind,
            title=self.title or self.kind.label,
            confidentiality=self.confidentiality or rules.default_confidentiality(self.kind),
            document_on=self.document_on,
            valid_until=self.valid_until,
            paper_original=self.paper_original,
            copies=(self.copies or 1) if self.paper_original else None,
            place=self.place,
        )


class CorrectionInput(FactsInput):
    """The facts of an attachment as they should be, and why they change."""

    reason: Reason | None = asked(N_("修改原因"), None, help=N_("把密级从秘密改为内部时必须填写。"))


class FilingInput(FactsInput):
    """Where a deposit goes, and as what."""

    customer: CustomerKey = asked_customer(N_("所属客户"))


class DeskInput(FilingInput):
    """What the custodian says of the deposit on the desk, who sees whether it is damaged."""

    despite: bool = asked(N_("我已看过，仍要归档"), False)


class PaperInput(Input):
    """One of several deposits that are filed at once, under its own title."""

    deposit: Code = asked(N_("文件"), max_length=40)
    title: Line | None = asked(N_("题名"), None, max_length=120)


class ChosenInput(Input):
    """Several deposits, in the order in which somebody put them."""

    papers: list[PaperInput] = asked(N_("文件"), min_length=1, max_length=200)


class JoiningInput(Input):
    """The deposits whose pages become one paper, in the order of the pages."""

    deposits: list[Code] = asked(N_("文件"), min_length=2, max_length=200)


class ArrangingInput(Input):
    """The papers that are made of the pages of a file: for each its pages in their order."""

    papers: list[Pages] = asked(N_("页码"), min_length=1, max_length=1000)

    @property
    def numbers(self) -> list[list[int]]:
        """The same as numbers."""
        return [page_numbers.read_pages(each) for each in self.papers]


class ConfirmationInput(Input):
    """The customer that was proposed when somebody confirmed: another by now is refused."""

    customer: CustomerKey | None = asked_customer(N_("所属客户"), None)


class TakenInput(Input):
    """What of a paper the archive is to say from now on."""

    taken: list[StatedFact] = asked(N_("按文件更新"), [], max_length=20)


class DepositsInput(Input):
    """Several deposits."""

    deposits: list[Code] = asked(N_("文件"), min_length=1, max_length=200)


class SeveralInput(DeskInput, ChosenInput):
    """Where several deposits go, and as what."""

    def facts_of_each(self, names: Sequence[str]) -> list[PaperFacts]:
        """What is said of each paper; *names* are those of their files."""
        shared = self.settled()
        proposed = rules.proposed_titles(self.kind, names)
        return [
            replace(shared, title=paper.title or title)
            for paper, title in zip(self.papers, proposed, strict=True)
        ]


class MoveInput(Input):
    """Where a paper that was filed under the wrong customer belongs, and why."""

    customer: CustomerKey = asked_customer(N_("所属客户"))
    reason: Reason = asked(N_("原因"), widget="textarea")


class KindInput(Input):
    """What many papers are, and why that changes."""

    kind: AttachmentKind = asked(N_("类别"))
    reason: Reason = asked(N_("原因"), widget="textarea")


class ConfidentialityInput(Input):
    """Who may look at many papers, and why that changes."""

    confidentiality: Confidentiality = asked(N_("密级"))
    reason: Reason = asked(N_("原因"), widget="textarea")


class OriginalInput(Input):
    """Where the paper originals of many papers are, and why that changes."""

    original: Original | None = asked(
        N_("纸质原件"), None, help=N_("填写了份数或存放位置，就表示留存有纸质原件。")
    )
    copies: Count | None = asked(N_("份数"), None, ge=1, le=999)
    place: Place | None = asked(N_("存放位置"), None, placeholder=N_("柜-格-卷，如 03-2-015"))
    reason: Reason = asked(N_("原因"), widget="textarea")

    @model_validator(mode="after")
    def check_together(self) -> Self:
        """A place and a count only for papers that exist."""
        if self.original is Original.ELECTRONIC and (self.place or self.copies):
            raise fault("paper", N_("没有纸质原件的附件没有份数和存放位置。"))
        return self


class RenewalInput(Input):
    """The days that a new version states; those left out stay as they are."""

    document_on: Day | None = asked(N_("文件日期"), None)
    valid_until: Day | None = asked(
        N_("有效期至"), None, help=N_("换发的证照填写新的有效期，到期提醒随之更新。")
    )

    @model_validator(mode="after")
    def check_order(self) -> Self:
        """Dates in their order."""
        if self.document_on and self.valid_until and self.valid_until < self.document_on:
            raise fault("dates", N_("有效期不能早于文件日期。"))
        return self


class VersionInput(RenewalInput):
    """A deposit that becomes the next version of an attachment."""

    attachment: Code = asked(N_("附件"), max_length=40)


class TurnInput(Input):
    """Which way a page is turned."""

    way: Turning = asked(N_("方向"))


class RejectionInput(Input):
    """Why a deposit is not filed."""

    reason: Reason = asked(N_("退回原因"), widget="textarea")
