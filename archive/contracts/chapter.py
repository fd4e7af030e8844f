"""The chapter of contracts: the company's templates, making a draft, the drafts made."""

from datetime import datetime

from archive.actor import Right
from archive.contracts import file, lists, tasks, waiting
from archive.contracts.api import APIS
from archive.contracts.demonstration import demonstrate
from archive.contracts.forms import ClauseInput, ContractInput, OwnCompanyInput, TemplateInput
from archive.contracts.forms.reviewing import AbsenceInput, RouteInput
from archive.contracts.indexing import KIND, entries_of
from archive.contracts.models import Contract, OwnCompany
from archive.contracts.placeholders import PLACEHOLDERS
from archive.contracts.samples import SAMPLES
from archive.contracts.service.routing import install_shipped_routes
from archive.contracts.service.templates import install_shipped_templates
from archive.contracts.views import (
    clauses,
    comparing,
    contracts,
    drafts,
    reviewing,
    routes,
    template_looks,
    templates,
    versions,
)
from archive.listed import Listed
from archive.seams import Seams
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import Area, NavItem
from archive.web.projection import Indexed, under_number
from archive.web.waiting import Shortcut
from archive.web.wording import RecordWords

CONTRACTS = Area("contracts", N_("合同"), 300)

CONTRACT_WORDS = RecordWords(
    kind="contracts",
    label=N_("合同"),
    model=ContractInput,
    fields={
        "number": N_("合同编号"),
        "status": N_("状态"),
        "customer_id": N_("客户"),
        "customer_name": N_("客户"),
        "handler_id": N_("经办人"),
        "handler_name": N_("经办人"),
        "drafts": N_("草稿版本"),
        "copied_from": N_("照着起草的合同"),
        "reviews": N_("评审"),
        "approved_version": N_("批准的版本"),
        "approved_sha256": N_("批准的文本"),
        "approved_at": N_("批准时间"),
        "asked_ids": N_("请其评审的人"),
        "turn_ids": N_("轮到谁评审"),
        "turn_due_at": N_("评审时限"),
    },
    actions={
        "contract.drafted": N_("起草了合同"),
        "contract.redrafted": N_("生成了合同新版本"),
        "contract.version_uploaded": N_("上传了修改后的合同文件"),
        "contract.version_returned": N_("登记了客户退回的合同文件"),
        "contract.version_repeated": N_("重新采用了合同的早前版本"),
        "contract.voided": N_("作废了合同"),
        "contract.restored": N_("恢复了合同草稿"),
        "contract.submitted": N_("提交了合同评审"),
        "contract.taken_back": N_("撤回了合同评审"),
        "contract.agreed": N_("评审同意了合同"),
        "contract.agreed_with_changes": N_("评审要求了修改合同"),
        "contract.rejected": N_("评审否决了合同"),
        "contract.opinion_recalled": N_("收回了评审意见"),
        "contract.reminded": N_("催办了合同评审"),
        "contract.reviewer_added": N_("加签了评审人"),
        "contract.place_handed_over": N_("转交了评审"),
        "contract.trial_recorded": N_("登记了试运行结果"),
        "contract.reopened": N_("把批准的合同退回了草稿"),
        "contract.reviewers_refreshed": N_("重新确定了评审人"),
        "attachment.seen_in_review": N_("为评审合同查看了证照"),
        "contract.draft_seen": N_("预览了合同草稿"),
        "contract.compared": N_("对照了合同的两个版本"),
        "contract.draft_taken": N_("下载了合同草稿"),
        "customer.card_taken": N_("生成了客户档案表"),
        "customer.letter_taken": N_("生成了业务反馈函"),
        "customer.draft_previewed": N_("起草时预览了合同"),
        "customer.template_previewed": N_("预览了按客户填写的模板"),
    },
)
TEMPLATE_WORDS = RecordWords(
    kind="templates",
    label=N_("合同模板"),
    model=TemplateInput,
    fields={
        "slug": N_("随产品提供"),
        "versions": N_("版本"),
        "version_in_force": N_("使用中的版本"),
    },
    actions={
        "template.installed": N_("安装了随产品提供的模板"),
        "template.uploaded": N_("上传了模板"),
        "template.version_uploaded": N_("上传了模板新版本"),
        "template.put_in_force": N_("启用了模板版本"),
        "template.taken_out_of_use": N_("停用了模板"),
    },
)
CLAUSE_WORDS = RecordWords(
    kind="clauses",
    label=N_("条款"),
    model=ClauseInput,
    fields={"versions": N_("版本"), "version_in_force": N_("使用中的版本")},
    actions={
        "clause.written": N_("添加了条款"),
        "clause.revised": N_("改写了条款"),
        "clause.put_in_force": N_("启用了条款的一版"),
        "clause.retired": N_("停用了条款"),
    },
)
COMPANY_WORDS = RecordWords(
    kind="own_company",
    label=N_("本公司资料"),
    model=OwnCompanyInput,
    fields={"slug": N_("记录")},
    actions={"company.described": N_("更新了本公司资料")},
)
ROUTE_WORDS = RecordWords(
    kind="review_routes",
    label=N_("评审路线"),
    model=RouteInput,
    fields={"slug": N_("随产品提供")},
    actions={
        "route.installed": N_("安装了随产品提供的评审路线"),
        "route.made": N_("新建了评审路线"),
        "route.changed": N_("修改了评审路线"),
    },
)
ABSENCE_WORDS = RecordWords(
    kind="absences",
    label=N_("外出与代理"),
    model=AbsenceInput,
    fields={
        "person_id": N_("外出的人"),
        "person_name": N_("外出的人"),
        "substitute_id": N_("代理人"),
        "substitute_name": N_("代理人"),
        "ended_at": N_("提前结束"),
    },
    actions={
        "absence.arranged": N_("登记了外出与代理"),
        "absence.ended": N_("结束了代理"),
    },
)


def furnish(seams: Seams, now: datetime) -> None:
    """The templates and the routes of review that the product brings."""
    install_shipped_routes(now=now)
    install_shipped_templates(now=now, blobs=seams.blobs, docgen=seams.docgen)


CHAPTER = Chapter(
    name="contracts",
    pages=(
        contracts.blueprint,
        drafts.blueprint,
        versions.blueprint,
        comparing.blueprint,
        reviewing.blueprint,
        routes.blueprint,
        templates.blueprint,
        template_looks.blueprint,
        clauses.blueprint,
    ),
    apis=APIS,
    navigation=(
        NavItem(
            CONTRACTS,
            N_("合同评审"),
            "reviews.list_page",
            "writing",
            (Right.REVIEW_CONTRACT,),
            badge=waiting.count_reviews,
        ),
        NavItem(
            CONTRACTS,
            N_("合同"),
            "contracts.list_page",
            "file-text",
            (Right.OPEN_CONTRACT,),
        ),
        NavItem(
            CONTRACTS,
            N_("合同模板"),
            "templates.list_page",
            "template",
            (Right.SEE_TEMPLATES,),
        ),
        NavItem(CONTRACTS, N_("评审路线"), "routes.list_page", "route", (Right.SEE_ROUTES,)),
    ),
    shortcuts=(
        Shortcut(
            N_("合同"),
            N_("看每份合同到了哪一步、还缺什么。"),
            "file-text",
            "contracts.list_page",
            Right.OPEN_CONTRACT,
            order=220,
        ),
        Shortcut(
            N_("维护合同模板"),
            N_("上传 Word 模板，检查后启用。"),
            "template",
            "templates.list_page",
            Right.MANAGE_TEMPLATES,
            order=420,
        ),
        Shortcut(
            N_("本公司资料"),
            N_("合同中甲方或乙方的名称、地址和账户。"),
            "building",
            "templates.company",
            Right.MANAGE_TEMPLATES,
            order=430,
        ),
    ),
    words=(
        CONTRACT_WORDS,
        TEMPLATE_WORDS,
        CLAUSE_WORDS,
        COMPANY_WORDS,
        ROUTE_WORDS,
        ABSENCE_WORDS,
    ),
    found=(
        Indexed(
            kind=KIND,
            model=Contract,
            entries_of=entries_of,
            prepare=Contract.with_customers,
            address_of=under_number("contracts.page"),
        ),
    ),
    placeholders=PLACEHOLDERS,
    numbers=Contract.customer_with,
    ourselves=OwnCompany.known_by,
    duties=waiting.duties_of,
    news=waiting.news_of,
    tasks=tasks,
    panels=waiting.panels_of,
    parts=file.PARTS,
    acts=file.ACTS,
    furnish=furnish,
    demonstrate=demonstrate,
    lists=(Listed("contracts", lists.CONTRACTS, "contracts.list_page", Contract.visible_to),),
    samples=SAMPLES,
)
