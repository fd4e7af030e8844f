"""What is typed in about reviews and their routes: one declaration for the page and the API."""

from typing import Annotated

from pydantic import Field, model_validator

from archive.chinese.capitals import LIMIT
from archive.contracts.rules import ContractKind
from archive.contracts.rules.reviewing import Decision, Judgement, SeatOf, StepMode, TrialResult
from archive.customers.rules.classes import Contribution, Credit
from archive.terms import N_
from archive.web.inputs import Code, Count, Day, Input, Line, Reason, Text, Yuan, asked, fault

FOR_WHICH = N_("适用的合同")
STEPS = N_("评审步骤")
Above = Annotated[Yuan, Field(ge=0, lt=LIMIT)]


class SubmissionInput(Input):
    """A submission for review."""

    note: Text | None = asked(
        N_("送审说明"), None, widget="textarea", max_length=2000,
        help=N_("例如：客户要求、价格依据、与上一版的不同。"),
    )  # fmt: skip


class OpinionInput(Input):
    """A reviewer's opinion: four judgements, free points, a decision (Art. 20.3)."""

    economic: Judgement = asked(N_("经济性"), Judgement.SOUND, widget="radio")
    technical: Judgement = asked(N_("技术性"), Judgement.SOUND, widget="radio")
    feasibility: Judgement = asked(N_("可行性"), Judgement.SOUND, widget="radio")
    legality: Judgement = asked(N_("安全合法性"), Judgement.SOUND, widget="radio")
    opinion: Text | None = asked(N_("评审意见"), None, widget="textarea", max_length=2000)
    decision: Decision = asked(N_("结论"), widget="radio")

    @model_validator(mode="after")
    def said_why(self) -> "OpinionInput":
        """Whoever doubts, or does not simply agree, says why."""
        judged = (self.economic, self.technical, self.feasibility, self.legality)
        needs_words = self.decision is not Decision.AGREE or Judgement.DOUBTFUL in judged
        if needs_words and len(self.opinion or "") < 2:
            raise fault("opinion", N_("有疑问、修改后同意或不同意时，请写明评审意见。"))
        return self


class TrialInput(Input):
    """How a trial run went."""

    result: TrialResult = asked(N_("试运行结果"), widget="radio")
    note: Reason = asked(
        N_("试运行情况"), widget="textarea", help=N_("日期、车次、货量和发现的问题。")
    )


class ColleagueInput(Input):
    """Who is asked, and why."""

    person: Code = asked(N_("同事"), widget="select", max_length=60)
    reason: Reason = asked(N_("原因"), widget="textarea")


class PlaceInput(Input):
    """Who is asked in a step of a route."""

    step: Count = asked(N_("第几步"), ge=1, le=20)
    seat: SeatOf = asked(N_("由谁评审"))
    person: Code | None = asked(N_("指定的人"), None, widget="select", max_length=60)
    above: Above | None = asked(N_("仅当金额高于（元）"), None)
    mode: StepMode = asked(N_("同一步多人时"), StepMode.ALL)
    days: Count = asked(N_("时限（工作日）"), 2, ge=1, le=60)
    checks_credit: bool = asked(N_("审查资信材料"), False)


class RouteInput(Input):
    """A route of review."""

    name: Line = asked(N_("路线名称"), max_length=60)
    kind: ContractKind = asked(N_("合同类别"), section=FOR_WHICH)
    above: Above | None = asked(
        N_("金额高于（元）"), None, section=FOR_WHICH, help=N_("不填表示不论金额。")
    )
    contributions: list[Contribution] = asked(
        N_("客户贡献度"), [], section=FOR_WHICH, help=N_("不选表示不论贡献度。")
    )
    credits: list[Credit] = asked(
        N_("客户信誉"), [], section=FOR_WHICH, help=N_("不选表示不论信誉。")
    )
    needs_trial: bool = asked(N_("最后一步之前须试运行"), False, section=FOR_WHICH)
    is_in_use: bool = asked(N_("使用中"), True, section=FOR_WHICH)
    places: list[PlaceInput] = asked(
        N_("评审步骤"), section=STEPS, min_length=1, max_length=40,
        help=N_("步骤号相同的各行同时评审；评审中的合同仍按送审时的路线走完。"),
    )  # fmt: skip

    @model_validator(mode="after")
    def one_mode_in_a_step(self) -> "RouteInput":
        """Those who are asked side by side decide together in one way; a person has a name."""
        modes: dict[int, StepMode] = {}
        for place in self.places:
            if modes.setdefault(place.step, place.mode) is not place.mode:
                raise fault("modes", N_("第 %(step)s 步各行的评审方式不一致。"), step=place.step)
            if place.seat is SeatOf.PERSON and not place.person:
                raise fault("person", N_("第 %(step)s 步请选择指定的人。"), step=place.step)
        return self


class AbsenceInput(Input):
    """When a person is away, and who stands in."""

    starts_on: Day = asked(N_("开始日期"))
    ends_on: Day = asked(N_("结束日期"))
    substitute: Code = asked(N_("代理人"), widget="select", max_length=60)

    @model_validator(mode="after")
    def end_after_start(self) -> "AbsenceInput":
        """An absence ends on or after the day on which it starts."""
        if self.ends_on < self.starts_on:
            raise fault("ends_first", N_("结束日期早于开始日期。"))
        return self
