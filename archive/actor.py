"""Who acts, and what they may do. Which role may do what is in `archive.accounts.rights`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from archive.errors import NotPermitted
from archive.terms import N_, Term


class Role(Term):
    """What a person does in the company (regulation, and its glossary)."""

    STAFF = "staff", N_("员工")
    SALESPERSON = "salesperson", N_("销售员")
    SALES_MANAGER = "sales_manager", N_("销售经理")
    OPERATIONS_MANAGER = "operations_manager", N_("营运部经理")
    REVIEWER = "reviewer", N_("职能部门评审")
    CUSTOMER_SERVICE = "customer_service", N_("客服")
    CUSTODIAN = "custodian", N_("档案保管员")
    GENERAL_MANAGER = "general_manager", N_("总经理")
    AUDITOR = "auditor", N_("审计员")
    ADMINISTRATOR = "administrator", N_("系统管理员")


class Right(Term):
    """An action that the table of rights grants to a role within a scope."""

    FIND_CUSTOMER = "find_customer", N_("按名称查找客户")
    OPEN_CUSTOMER = "open_customer", N_("查看客户档案")
    CREATE_CUSTOMER = "create_customer", N_("新建客户档案")
    EDIT_CUSTOMER = "edit_customer", N_("更新客户档案")
    ASSIGN_CUSTOMER = "assign_customer", N_("分配跟进销售员")
    SEE_VIEWS = "see_views", N_("保存列表视图")
    SEE_RUNS = "see_runs", N_("查看和撤销批量操作")
    HAND_OVER_TASK = "hand_over_task", N_("转交任务")
    EXPORT_LISTS = "export_lists", N_("导出列表")
    IMPORT_LISTS = "import_lists", N_("导入表格中的内容")
    REVEAL_PHONE = "reveal_phone", N_("查看完整电话号码")
    SEE_PERSONAL = "see_personal", N_("查看联系人的生日与喜好")

    UPLOAD_DEPOSIT = "upload_deposit", N_("上传扫描件")
    FILE_DEPOSIT = "file_deposit", N_("归档扫描件")
    LIST_ATTACHMENTS = "list_attachments", N_("查看附件目录")
    VIEW_INTERNAL = "view_internal", N_("阅览内部附件")
    VIEW_CONFIDENTIAL = "view_confidential", N_("阅览秘密附件")
    DOWNLOAD_ORIGINAL = "download_original", N_("下载附件原件")
    TAKE_STOCK = "take_stock", N_("盘点纸质原件")
    PROPOSE_DISPOSAL = "propose_disposal", N_("提出附件销毁")
    APPROVE_DISPOSAL = "approve_disposal", N_("批准附件销毁")
    HOLD_PAPERS = "hold_papers", N_("保全附件与解除保全")
    MANAGE_RETENTION = "manage_retention", N_("维护保管期限")
    SEE_DISPOSALS = "see_disposals", N_("查看保管期限、保全与销毁")

    OPEN_VISIT = "open_visit", N_("查看拜访记录")
    RECORD_VISIT = "record_visit", N_("登记与更新拜访")
    OPEN_COMPLAINT = "open_complaint", N_("查看客户抱怨")
    RECORD_COMPLAINT = "record_complaint", N_("登记客户抱怨")
    EDIT_COMPLAINT = "edit_complaint", N_("更新客户抱怨")

    OPEN_CONTRACT = "open_contract", N_("查看合同")
    DRAFT_CONTRACT = "draft_contract", N_("起草合同")
    REVIEW_CONTRACT = "review_contract", N_("评审合同")
    STEER_REVIEW = "steer_review", N_("调整评审人")
    RECORD_TRIAL = "record_trial", N_("登记试运行结果")
    SEE_ROUTES = "see_routes", N_("查看评审路线")
    MANAGE_ROUTES = "manage_routes", N_("维护评审路线")
    SEE_TEMPLATES = "see_templates", N_("查看合同模板")
    MANAGE_TEMPLATES = "manage_templates", N_("维护合同模板")

    OPEN_FIGURES = "open_figures", N_("查看客户业绩")
    RECORD_FIGURES = "record_figures", N_("登记客户业绩")

    OPEN_CLASSING = "open_classing", N_("查看客户分类分析")
    SET_CLASSES = "set_classes", N_("确认与指定客户分类")
    MANAGE_MEASURES = "manage_measures", N_("维护分类管理措施")
    OPEN_DEVELOPMENT = "open_development", N_("查看开拓与流失记录")
    WRITE_DEVELOPMENT = "write_development", N_("登记开拓与流失情况")
    MERGE_CUSTOMERS = "merge_customers", N_("合并与拆回客户档案")
    RESTRICT_CUSTOMER = "restrict_customer", N_("限制处理客户档案与解除限制")
    SEE_RESTRICTED = "see_restricted", N_("查看限制处理的档案")

    SEE_DASHBOARD = "see_dashboard", N_("查看经营看板")
    READ_TRAIL = "read_trail", N_("查看审计记录")
    MANAGE_PEOPLE = "manage_people", N_("管理人员与角色")
    MANAGE_SYNONYMS = "manage_synonyms", N_("维护近义词")
    CONFIRM_ROLES = "confirm_roles", N_("核对新给出的角色")
    SEE_RIGHTS = "see_rights", N_("查看权限表")


class Scope(StrEnum):
    """On which records a right counts."""

    ALL = "all"  # every record
    OWN = "own"  # records of the customers whose salesperson the person is
    RECORDED = "recorded"  # records that the person made
    ASKED = "asked"  # contracts that the person is, or was, asked to review


class Subject(Protocol):
    """What a right is exercised on."""

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        """Whether this record is inside *scope* for the person *actor_id*."""


Grants = Mapping[Right, frozenset[Scope]]


@dataclass(frozen=True)
class Actor:
    """A signed-in person, with everything that deciding about rights needs, resolved once."""

    id: str
    username: str
    name: str
    employee_number: str = ""
    department: str = ""
    roles: frozenset[Role] = frozenset()
    grants: Grants = field(default_factory=dict)

    def scopes(self, right: Right) -> frozenset[Scope]:
        """Where *right* counts for this person; empty where it does not."""
        return self.grants.get(right, frozenset())

    def may(self, right: Right, subject: Subject | None = None) -> bool:
        """Whether the person has *right*: on *subject*, or without one on anything at all."""
        scopes = self.scopes(right)
        if subject is None:
            return bool(scopes)
        return any(subject.is_within(scope, self.id) for scope in scopes)

    def require(self, right: Right, subject: Subject | None = None) -> None:
        """Check that this person has the right on the record.

        Raises:
            NotPermitted: the person does not have *right* on *subject*.
        """
        if not self.may(right, subject):
            raise NotPermitted(right=right)

    def access_tokens(self) -> frozenset[str]:
        """What the search index may show this person: see `access_token`."""
        return frozenset(
            access_token(right, scope, self.id)
            for right, scopes in self.grants.items()
            for scope in scopes
        )


def access_token(right: Right, scope: Scope, owner_id: str = "") -> str:
    """The mark that lets holders of *right* within *scope* find an entry.

    An entry carries ``open_visit:all``, ``open_visit:own:<salesperson>`` and the like; whoever
    holds one of them sees the entry.
    """
    return f"{right}:{scope}" if scope is Scope.ALL else f"{right}:{scope}:{owner_id}"


_TAKES_IN: Grants = {Right.UPLOAD_DEPOSIT: frozenset({Scope.ALL})}

SYSTEM = Actor(id="system", username="system", name=N_("系统"), grants=_TAKES_IN)
SCAN_FOLDER = Actor(id="scan-folder", username="", name=N_("扫描文件夹"), grants=_TAKES_IN)
MAILBOX = Actor(id="mailbox", username="", name=N_("收件邮箱"), grants=_TAKES_IN)
MACHINES = (SYSTEM, SCAN_FOLDER, MAILBOX)
NOBODY_SIGNED_IN = Actor(id="nobody", username="", name="未登录者")
