"""The chapter of development: how customers are won, and why they are lost (Art. 7, 8)."""

from archive.actor import Right
from archive.development import file, waiting
from archive.development.api import APIS
from archive.development.demonstration import demonstrate
from archive.development.forms import LossInput, PlanInput, SchemeInput
from archive.development.indexing import (
    LOSS,
    PLAN,
    SCHEME,
    entries_of_loss,
    entries_of_plan,
    entries_of_scheme,
)
from archive.development.lists import LOSSES, PLANS, SCHEMES
from archive.development.models import ChurnAnalysis, CooperationScheme, DevelopmentPlan
from archive.development.samples import SAMPLES
from archive.development.views import cooperation, losses, plans, schemes
from archive.listed import Listed
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import Area, NavItem
from archive.web.projection import Indexed, under_number
from archive.web.wording import RecordWords

DEVELOPMENT = Area("development", N_("开拓与流失"), 150)

LISTS = (
    Listed(PLANS.key, PLANS, "development.list_page", DevelopmentPlan.visible_to),
    Listed(SCHEMES.key, SCHEMES, "schemes.list_page", CooperationScheme.visible_to),
    Listed(LOSSES.key, LOSSES, "losses.list_page", ChurnAnalysis.visible_to),
)

SHARED = {
    "number": N_("编号"),
    "customer_id": N_("客户"),
    "recorded_by_id": N_("登记人"),
    "recorded_by_name": N_("登记人"),
    "status": N_("状态"),
}
ENDED = {"ended_on": N_("办结日期")}
PLAN_WORDS = RecordWords(
    kind="development_plans",
    label=N_("开拓计划"),
    model=PlanInput,
    fields=SHARED
    | ENDED
    | {
        "owner_id": N_("负责人"),
        "owner_name": N_("负责人"),
        "outcome": N_("结果"),
    },
    actions={
        "plan.opened": N_("制定了开拓计划"),
        "plan.edited": N_("更新了开拓计划"),
        "plan.handed_over": N_("交接了开拓计划"),
        "plan.noted": N_("登记了开拓情况"),
        "plan.step_done": N_("完成了开拓步骤"),
        "plan.achieved": N_("开拓成功，办结了计划"),
        "plan.given_up": N_("放弃了开拓计划"),
        "plan.reopened": N_("重新开始了开拓计划"),
        "plan.report_taken": N_("下载了开拓报告"),
    },
)
LOSS_WORDS = RecordWords(
    kind="churn_analyses",
    label=N_("流失分析"),
    model=LossInput,
    fields=SHARED | ENDED | {"conclusion": N_("挽回结果")},
    actions={
        "loss.recorded": N_("登记了流失分析"),
        "loss.edited": N_("更新了流失分析"),
        "loss.won_back": N_("挽回了流失客户"),
        "loss.given_up": N_("放弃了挽回"),
        "loss.withdrawn": N_("撤回了流失分析"),
        "loss.reopened": N_("改回了流失中"),
        "loss.analysis_taken": N_("下载了流失分析"),
    },
)
SCHEME_WORDS = RecordWords(
    kind="cooperation_schemes",
    label=N_("合作方案"),
    model=SchemeInput,
    fields=SHARED
    | {"version": N_("版本"), "versions": N_("各版本"), "void_reason": N_("作废原因")},
    actions={
        "scheme.opened": N_("制定了合作方案"),
        "scheme.revised": N_("修订了合作方案"),
        "scheme.voided": N_("作废了合作方案"),
        "scheme.restored": N_("恢复了合作方案"),
        "scheme.taken": N_("下载了合作方案"),
    },
)

CHAPTER = Chapter(
    name="development",
    pages=(plans.blueprint, losses.blueprint, cooperation.blueprint, schemes.blueprint),
    apis=APIS,
    navigation=(
        NavItem(
            DEVELOPMENT,
            N_("开拓计划"),
            "development.list_page",
            "target-arrow",
            (Right.OPEN_DEVELOPMENT,),
        ),
        NavItem(
            DEVELOPMENT,
            N_("合作方案"),
            "schemes.list_page",
            "file-description",
            (Right.OPEN_DEVELOPMENT,),
        ),
        NavItem(
            DEVELOPMENT,
            N_("流失分析"),
            "losses.list_page",
            "user-minus",
            (Right.OPEN_DEVELOPMENT,),
        ),
    ),
    words=(PLAN_WORDS, SCHEME_WORDS, LOSS_WORDS),
    found=(
        Indexed(
            kind=PLAN,
            model=DevelopmentPlan,
            entries_of=entries_of_plan,
            prepare=DevelopmentPlan.with_customers,
            address_of=under_number("development.page"),
        ),
        Indexed(
            kind=SCHEME,
            model=CooperationScheme,
            entries_of=entries_of_scheme,
            prepare=CooperationScheme.with_customers,
            address_of=under_number("schemes.page"),
        ),
        Indexed(
            kind=LOSS,
            model=ChurnAnalysis,
            entries_of=entries_of_loss,
            prepare=ChurnAnalysis.with_customers,
            address_of=under_number("losses.page"),
        ),
    ),
    duties=waiting.duties_of,
    parts=file.PARTS,
    acts=file.ACTS,
    lists=LISTS,
    demonstrate=demonstrate,
    samples=SAMPLES,
)
