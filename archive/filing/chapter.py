"""The chapter of filing: the day's stack, and the attachments of a customer's file."""

from archive.actor import Right
from archive.customers.chapter import ARCHIVE
from archive.filing import file, rowacts, tasks, waiting
from archive.filing.api import APIS
from archive.filing.demonstration import demonstrate
from archive.filing.forms import FactsInput
from archive.filing.indexing import KIND, TEXT, entries_of
from archive.filing.models import Attachment
from archive.filing.samples import SAMPLES
from archive.filing.views import (
    attachments,
    damaged,
    facts,
    intake,
    recognition,
    several,
    working,
)
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import WORK, NavItem
from archive.web.projection import Indexed, under_key
from archive.web.waiting import Shortcut
from archive.web.wording import RecordWords

DEPOSIT_WORDS = RecordWords(
    kind="deposits",
    label=N_("收到的文件"),
    fields={
        "state": N_("状态"),
        "file": N_("文件"),
        "uploader_id": N_("上传人"),
        "uploader_name": N_("上传人"),
        "upload_key": N_("上传编号"),
        "origin": N_("来源"),
        "filing": N_("归档内容"),
        "proposal": N_("识别建议"),
        "decided_at": N_("处理时间"),
        "decided_by_id": N_("处理人"),
        "decided_by_name": N_("处理人"),
        "rejection": N_("退回原因"),
        "parts": N_("合并自"),
        "straightened": N_("拉直的页"),
        "joined_into": N_("合并为"),
        "pieces": N_("拆分为"),
        "cut_from": N_("拆分自"),
        "cut_pages": N_("所含页码"),
    },
    actions={
        "deposit.received": N_("收到了文件"),
        "deposit.prepared": N_("生成了预览"),
        "deposit.proposed": N_("识别出了归档建议"),
        "deposit.turned": N_("旋转了页面"),
        "deposit.joined": N_("合并了文件"),
        "deposit.taken_apart": N_("拆开了文件"),
        "deposit.taken_out": N_("拆开后放回了收件箱"),
        "deposit.cut": N_("拆分了文件"),
        "deposit.put_together": N_("恢复了拆分前的文件"),
        "deposit.taken_back": N_("合并回了原文件"),
        "deposit.filed": N_("归档了文件"),
        "deposit.rejected": N_("退回了文件"),
        "deposit.brought_back": N_("放回了收件箱"),
        "deposit.filing_undone": N_("撤销了归档"),
        "deposit.disposed": N_("销毁了附件内容"),
    },
)
ATTACHMENT_WORDS = RecordWords(
    kind="attachments",
    label=N_("附件"),
    model=FactsInput,
    fields={
        "customer_id": N_("所属客户"),
        "versions": N_("版本"),
        "withdrawn_at": N_("撤销时间"),
        "disposed_at": N_("销毁时间"),
        "disposal_number": N_("销毁编号"),
        "disposed_because": N_("销毁的原因"),
        "disposed_by_name": N_("批准人"),
        "text_read_at": N_("文字识别时间"),
    },
    actions={
        "attachment.filed": N_("归档了附件"),
        "attachment.corrected": N_("修改了附件信息"),
        "attachment.moved": N_("移到了其他客户"),
        "attachment.moved_place": N_("改变了存放位置"),
        "attachment.disposed": N_("销毁了附件内容"),
        "attachment.withdrawn": N_("撤销了归档"),
        "attachment.superseded": N_("归档了新版本"),
        "attachment.turned": N_("旋转了页面"),
        "attachment.page_seen": N_("阅览了秘密附件"),
        "attachment.text_seen": N_("查看了附件文字"),
        "attachment.thumbnail_seen": N_("查看了秘密附件缩略图"),
        "attachment.original_taken": N_("下载了附件原件"),
        "attachment.searchable_taken": N_("下载了可检索的 PDF"),
    },
)


CHAPTER = Chapter(
    name="filing",
    pages=(
        intake.blueprint,
        working.blueprint,
        several.blueprint,
        facts.blueprint,
        recognition.blueprint,
        attachments.blueprint,
        damaged.blueprint,
    ),
    apis=APIS,
    navigation=(
        NavItem(
            WORK,
            N_("收件箱"),
            "intake.list_page",
            "inbox",
            (Right.UPLOAD_DEPOSIT,),
            badge=waiting.count_waiting,
            queue=Right.FILE_DEPOSIT,
        ),
        NavItem(
            ARCHIVE, N_("附件"), "attachments.list_page", "paperclip", (Right.LIST_ATTACHMENTS,)
        ),
        NavItem(
            ARCHIVE,
            N_("识别效果"),
            "recognition.page",
            "scan",
            (Right.FILE_DEPOSIT, Right.SEE_DASHBOARD),
        ),
    ),
    lists=rowacts.LISTS,
    row_acts=rowacts.ACTS,
    words=(DEPOSIT_WORDS, ATTACHMENT_WORDS),
    found=(
        Indexed(
            kind=KIND,
            model=Attachment,
            entries_of=entries_of,
            prefixes=(KIND.value, TEXT),
            prepare=Attachment.with_texts,
            address_of=under_key("attachments.page"),
        ),
    ),
    duties=waiting.duties_of,
    gauges=waiting.GAUGES,
    figures=waiting.figures_of,
    shortcuts=(
        Shortcut(
            N_("收件箱"),
            N_("放入今天的扫描件，或用手机拍照。"),
            "inbox",
            "intake.list_page",
            Right.UPLOAD_DEPOSIT,
            order=90,
        ),
    ),
    parts=file.PARTS,
    acts=file.ACTS,
    tasks=tasks,
    demonstrate=demonstrate,
    samples=SAMPLES,
)
