"""What can be done with many attachments at once, each with the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from archive.actor import Actor, Right
from archive.filing.errors import NothingToChange
from archive.filing.forms import ConfidentialityInput, KindInput, OriginalInput
from archive.filing.lists import PAPERS
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind, Confidentiality, Original, PaperFacts
from archive.filing.service import deciding
from archive.listed import Listed, RowAct
from archive.terms import N_

LISTS = (Listed(PAPERS.key, PAPERS, "attachments.list_page", Attachment.listed_for),)

KINDS = {each.value: each for each in AttachmentKind}
LEVELS = {each.value: each for each in Confidentiality}


@dataclass(frozen=True)
class Facts:
    """Some facts of an attachment, as MongoDB keeps them in a run."""

    names: tuple[str, ...]

    def before(self, attachment: Attachment) -> dict[str, Any]:
        """As they are now."""
        return {name: plain(getattr(attachment, name)) for name in self.names}

    def is_so(self, attachment: Attachment, facts: Mapping[str, Any]) -> bool:
        """Whether they are as *facts* says, of those that it names."""
        now = self.before(attachment)
        return all(now[name] == facts[name] for name in self.names if name in facts)

    def correct(
        self,
        attachment: Attachment,
        facts: Mapping[str, Any],
        actor: Actor,
        now: datetime,
        reason: str,
    ) -> None:
        """Make them what *facts* says; the others stay."""
        stated = {name: getattr(attachment, name) for name in PaperFacts.__dataclass_fields__}
        stated |= {name: facts[name] for name in self.names if name in facts}
        stated["kind"] = KINDS[stated["kind"]]
        stated["confidentiality"] = LEVELS[stated["confidentiality"]]
        deciding.correct(
            attachment,
            PaperFacts(**stated),
            reason,
            seen=attachment.revision,
            actor=actor,
            now=now,
        )


def plain(value: Any) -> Any:
    """*value* as MongoDB keeps it."""
    return value.value if isinstance(value, AttachmentKind | Confidentiality) else value


KIND, SECRECY = Facts(("kind",)), Facts(("confidentiality",))
ORIGINAL = Facts(("paper_original", "copies", "place"))


def find(key: Any) -> Attachment | None:
    """The attachment with this identity, unless its filing was undone."""
    found: Attachment | None = Attachment.filed().filter(id=key).first()
    return found


def kept_original(typed: OriginalInput) -> dict[str, Any]:
    """What is said of the originals: a place or a count says that there is one.

    Raises:
        NothingToChange: nothing is said.
    """
    if typed.original is Original.ELECTRONIC:
        return {"paper_original": False, "copies": None, "place": None}
    said = {"copies": typed.copies, "place": typed.place}
    facts = {name: value for name, value in said.items() if value is not None}
    if not facts and typed.original is None:
        raise NothingToChange()
    return {"paper_original": True, **facts}


def tell_kind(facts: Mapping[str, Any]) -> str:
    """Which kind they got."""
    return gettext("类别：%(kind)s", kind=gettext(KINDS[facts["kind"]].label))


def tell_secrecy(facts: Mapping[str, Any]) -> str:
    """Who may look at them."""
    label = LEVELS[facts["confidentiality"]].label
    return gettext("密级：%(level)s", level=gettext(label))


def tell_original(facts: Mapping[str, Any]) -> str:
    """Where the originals are, and how many."""
    if not facts["paper_original"]:
        return gettext("只有电子件")
    said = [gettext("留存纸质原件")]
    if facts.get("place"):
        said.append(gettext("存放位置：%(place)s", place=facts["place"]))
    if facts.get("copies"):
        said.append(gettext("份数：%(copies)s", copies=facts["copies"]))
    return gettext("、").join(said)


def addresses(keys: Sequence[Any]) -> dict[Any, str]:
    """The pages of attachments."""
    return {key: url_for("attachments.page", key=str(key)) for key in keys}


def _act(
    key: str, label: str, icon: str, lead: str, model: Any, about: Facts, **more: Any
) -> RowAct:
    return RowAct(
        key=key,
        on=PAPERS.key,
        label=label,
        icon=icon,
        right=Right.FILE_DEPOSIT,
        lead=lead,
        model=model,
        find=find,
        is_so=about.is_so,
        before=about.before,
        do=about.correct,
        restore=about.correct,
        addresses=addresses,
        **more,
    )


ACTS = (
    _act(
        "kind", N_("修改类别"), "category",
        N_("所选附件都改为这个类别，密级不变；整次操作可以撤销。"),
        KindInput, KIND,
        facts=lambda typed: {"kind": typed.kind.value}, tell=tell_kind,
    ),
    _act(
        "secrecy", N_("修改密级"), "lock",
        N_("改为内部后更多的人可以阅览内容，原因写入每份附件的变更记录；整次操作可以撤销。"),
        ConfidentialityInput, SECRECY,
        facts=lambda typed: {"confidentiality": typed.confidentiality.value}, tell=tell_secrecy,
    ),
    _act(
        "original", N_("修改原件与位置"), "map-pin",
        N_("没有填写的项目保持不变；整次操作可以撤销。"),
        OriginalInput, ORIGINAL,
        facts=kept_original, tell=tell_original,
    ),
)  # fmt: skip
