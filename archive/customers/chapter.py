"""The chapter of customers: who they are, and who follows them up."""

from archive.actor import Right
from archive.customers import api, file, rowacts, tasks, waiting
from archive.customers.demonstration import demonstrate
from archive.customers.forms import CustomerInput, NewPersonalInput
from archive.customers.imports import IMPORTS
from archive.customers.indexing import KIND, entries_of
from archive.customers.models import Customer
from archive.customers.samples import SAMPLES
from archive.customers.views import archives, contacts
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import Area, NavItem
from archive.web.projection import Address, Facts, Indexed
from archive.web.waiting import Shortcut
from archive.web.wording import RecordWords

ARCHIVE = Area("archive", N_("客户档案"), 100)

CUSTOMER_WORDS = RecordWords(
    kind="customers",
    label=N_("客户"),
    model=CustomerInput,
    fields={
        "archive_number": N_("档案编号"),
        "customer_code": N_("客户编码"),
        "salesperson_id": N_("跟进销售员"),
        "salesperson_name": N_("跟进销售员"),
        "keeper_id": N_("专人"),
        "contribution": N_("贡献度"),
        "maintenance": N_("维护重要性"),
        "credit": N_("信誉"),
        "keeper_name": N_("专人"),
        "decisions": N_("人工指定"),
    },
    actions={
        "customer.opened": N_("建立了客户档案"),
        "customer.edited": N_("更新了客户档案"),
        "customer.confirmed": N_("确认了资料仍然正确"),
        "customer.confirmation_withdrawn": N_("撤回了对资料的确认"),
        "customer.assigned": N_("分配了跟进销售员"),
        "customer.cooperation_confirmed": N_("确认了合作起止"),
        "customer.paper_moved_out": N_("把附件移到了其他客户"),
        "customer.paper_moved_in": N_("从其他客户移入了附件"),
        "customer.phones_revealed": N_("查看了完整号码"),
        "customer.classed": N_("重新计算了分类"),
        "customer.contact_left": N_("记录了联系人离开"),
        "customer.contact_back": N_("恢复了联系人"),
        "customer.personal_seen": N_("查看了联系人的生日与喜好"),
        "customer.class_decided": N_("指定了分类"),
        "customer.class_withdrawn": N_("撤销了人工指定的分类"),
        "customer.taken_back": N_("撤销了建档"),
        "customer.import_taken_back": N_("撤销了导入的内容"),
    },
)

PERSONAL_WORDS = RecordWords(
    kind="personal_notes",
    label=N_("联系人的生日与喜好"),
    model=NewPersonalInput,
    fields={"customer_id": N_("客户")},
    actions={
        "personal.written": N_("登记了生日与喜好"),
        "personal.edited": N_("更新了生日与喜好"),
        "personal.seen": N_("查看了生日与喜好"),
    },
)


def page_of(_: str, facts: Facts) -> Address:
    """The whole file; for those who may only find the name, the directory."""
    if number := facts.get("archive_number"):
        return Address("dossier.customer", {"archive_number": number})
    return Address("customers.list_page", {"view": "directory", "q": facts["code"]})


CHAPTER = Chapter(
    name="customers",
    pages=(archives.blueprint, contacts.blueprint),
    apis=(api.api,),
    navigation=(
        NavItem(
            ARCHIVE,
            N_("客户列表"),
            "customers.list_page",
            "building",
            (Right.OPEN_CUSTOMER, Right.FIND_CUSTOMER),
        ),
    ),
    shortcuts=(
        Shortcut(
            N_("查找客户"),
            N_("按名称、拼音或编码，看是哪类客户、由谁跟进。"),
            "building",
            "customers.list_page",
            Right.FIND_CUSTOMER,
            order=200,
        ),
        Shortcut(
            N_("新建客户档案"),
            N_("每个客户都要有档案，潜在客户也一样。"),
            "plus",
            "customers.new",
            Right.CREATE_CUSTOMER,
            order=130,
        ),
    ),
    words=(CUSTOMER_WORDS, PERSONAL_WORDS),
    found=(
        Indexed(
            kind=KIND,
            model=Customer,
            entries_of=entries_of,
            address_of=page_of,
            prefixes=("customer", "customer-name"),
            owner_field=None,
            shared_fields=frozenset({"name"}),
        ),
    ),
    duties=waiting.duties_of,
    figures=waiting.figures_of,
    panels=waiting.panels_of,
    parts=file.PARTS,
    acts=file.ACTS,
    imports=IMPORTS,
    lists=rowacts.LISTS,
    row_pages=rowacts.PAGES,
    row_acts=rowacts.ACTS,
    tasks=tasks,
    demonstrate=demonstrate,
    samples=SAMPLES,
)
