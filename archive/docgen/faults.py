"""What can be wrong with a template, in words: what, where, and what to do."""

from dataclasses import dataclass

from archive.docgen.places import Place
from archive.terms import N_, Term


class FaultKind(Term):
    """What is wrong with a tag."""

    UNKNOWN = "unknown", N_("没有这个占位符：%(subject)s")
    UNKNOWN_CLAUSE = "unknown_clause", N_("条款库里没有这条条款：%(subject)s")
    UNKNOWN_FILTER = "unknown_filter", N_("没有这种写法：|%(subject)s")
    FILTER_MISFIT = "filter_misfit", N_("“|%(subject)s”不适用于这个占位符")
    LIST_OUTSIDE_LOOP = "list_outside_loop", N_("%(subject)s 是表格，只能在循环里逐行取用")
    FORBIDDEN = "forbidden", N_("不允许的写法：%(subject)s")
    NESTED_LOOP = "nested_loop", N_("循环里不能再套循环：%(subject)s")
    TOO_DEEP = "too_deep", N_("条件套得太深：%(subject)s")
    UNREADABLE = "unreadable", N_("看不懂这个标签：%(subject)s")
    FULL_WIDTH = "full_width", N_("用了全角括号：%(subject)s")
    SINGLE_BRACE = "single_brace", N_("占位符要用双大括号：%(subject)s")
    UNCLOSED = "unclosed", N_("标签没有结束：%(subject)s")
    UNOPENED = "unopened", N_("标签只有结尾，没有开头：%(subject)s")
    UNCLOSED_BLOCK = "unclosed_block", N_("%(subject)s 没有对应的结束标签")
    UNOPENED_BLOCK = "unopened_block", N_("%(subject)s 没有对应的开始标签")
    CROSSED_BLOCK = "crossed_block", N_("%(subject)s 与它的开始标签不在同一段或同一个表格里")
    LOST_TEXT = "lost_text", N_("%(subject)s 所在的整段或整行会被去掉，同处的其他文字会丢失")
    OUTSIDE_TABLE = "outside_table", N_("%(subject)s 只能放在表格的行里")
    NOT_FILLED_HERE = "not_filled_here", N_("这里的占位符不会被填写：%(subject)s")
    IN_NOTE = "in_note", N_("脚注或尾注里的占位符不会被填写：%(subject)s")
    IN_COMMENT = "in_comment", N_("批注里的占位符不会被填写：%(subject)s")
    IN_CHART = "in_chart", N_("图表里的占位符不会被填写：%(subject)s")
    IN_DIAGRAM = "in_diagram", N_("SmartArt 图形里的占位符不会被填写：%(subject)s")
    IN_DRAWN_TEXT = "in_drawn_text", N_("艺术字、水印或图形里的占位符不会被填写：%(subject)s")
    IN_ALT_TEXT = "in_alt_text", N_("图片的替代文字里的占位符不会被填写：%(subject)s")
    IN_FIELD_CODE = "in_field_code", N_("域代码里的占位符不会被填写：%(subject)s")
    IN_PROPERTIES = "in_properties", N_("文件属性里的占位符不会被填写：%(subject)s")
    IN_SETTINGS = "in_settings", N_("文件设置里的占位符不会被填写：%(subject)s")
    HIDDEN = "hidden", N_("这里的文字是隐藏的，草稿里看不到：%(subject)s")
    LIVE_FIELD = "live_field", N_("这里是域，Word 会自己换成别的内容：%(subject)s")
    FORBIDDEN_FIELD = "forbidden_field", N_("不允许的域（会从别处读取内容）：%(subject)s")
    TOO_MANY_TAGS = "too_many_tags", N_("标签超过 %(subject)s 个")
    TOO_MANY_FAULTS = "too_many_faults", N_("问题太多，这里只列出前 %(subject)s 处")
    BROKEN = "broken", N_("填写后文件结构会被破坏")
    PACKAGE = "package", N_("%(subject)s")

    # What a draft is made in spite of; a person should know it.
    NO_PLACEHOLDERS = "no_placeholders", N_("模板里没有占位符，草稿中不会填入任何内容")
    TRACKED_CHANGE = "tracked_change", N_("这里有修订痕迹，草稿按接受全部修订生成：%(subject)s")
    COMMENT = "comment", N_("这里有批注，草稿会带着它：%(subject)s")
    PAGES_OF_SECTION = "pages_of_section", N_("这里的页码按节计算，草稿改为按整份文件连续计算")
    FIXED_FIELD = (
        "fixed_field",
        N_("这里的域重复文件的属性，草稿固定为模板现在显示的文字：%(subject)s"),
    )
    PROTECTED = "protected", N_("模板设有编辑限制，草稿也会带着它")


@dataclass(frozen=True)
class Finding:
    """One fault in an expression: what, about which word, and what was probably meant."""

    kind: FaultKind
    subject: str
    suggestion: str | None = None


_REMEDIES = {
    FaultKind.UNKNOWN: N_("请从占位符一览中复制正确的名称。"),
    FaultKind.UNKNOWN_CLAUSE: N_("请从条款库中复制正确的名称，或先添加这条条款。"),
    FaultKind.UNKNOWN_FILTER: N_("请改用列出的写法之一。"),
    FaultKind.FILTER_MISFIT: N_("请去掉竖线后的写法，或换一个占位符。"),
    FaultKind.LIST_OUTSIDE_LOOP: N_(
        "请放进循环的开始和结束标签之间，用循环里的名称来写；占位符一览中有可以复制的循环。"
    ),
    FaultKind.FORBIDDEN: N_("模板只能使用占位符、循环、条件和列出的写法，请删去其他内容。"),
    FaultKind.FULL_WIDTH: N_("请切换到英文输入法，重新输入括号。"),
    FaultKind.SINGLE_BRACE: N_("请在两边各补一个大括号。"),
    FaultKind.UNCLOSED: N_("请补上结尾的括号；一个标签要写在同一段里。"),
    FaultKind.UNOPENED: N_("请补上开头的括号，或删去这个结尾。"),
    FaultKind.UNCLOSED_BLOCK: N_("请在后面补上 endfor 或 endif。"),
    FaultKind.UNOPENED_BLOCK: N_("请在前面补上 for 或 if，或删去它。"),
    FaultKind.CROSSED_BLOCK: N_(
        "请把开始和结束标签放在同一段；跨段用 {%p … %}，跨行用 {%tr … %}。"
    ),
    FaultKind.LOST_TEXT: N_("请让这个标签单独占一段或一行。"),
    FaultKind.NOT_FILLED_HERE: N_("请把它移到正文、页眉或页脚的普通文字里。"),
    FaultKind.IN_NOTE: N_("请把内容移到正文里；脚注和尾注只放固定的文字。"),
    FaultKind.IN_COMMENT: N_("请在 Word 中删去这条批注，或把占位符移到正文里。"),
    FaultKind.IN_CHART: N_("请把文字移到图表旁边的正文里。"),
    FaultKind.IN_DIAGRAM: N_("请改用文本框或表格，占位符写在里面就会被填写。"),
    FaultKind.IN_DRAWN_TEXT: N_("请改用文本框，占位符写在里面就会被填写。"),
    FaultKind.IN_ALT_TEXT: N_("请在图片的“替代文字”里删去它，把占位符写在图片旁边。"),
    FaultKind.IN_FIELD_CODE: N_("请删去这个域，直接写占位符；要按条件显示时用 {%p if … %}。"),
    FaultKind.IN_PROPERTIES: N_("请在“文件 → 信息 → 属性”里删去它。"),
    FaultKind.IN_SETTINGS: N_("请在 Word 中去掉邮件合并或文档变量，另存后重新上传。"),
    FaultKind.HIDDEN: N_("请选中这段文字，在“字体”中取消“隐藏”，或删去它。"),
    FaultKind.LIVE_FIELD: N_(
        "请选中它，按 Ctrl+Shift+F9 变成普通文字，再改写成占位符或固定的内容。"
    ),
    FaultKind.FIXED_FIELD: N_("如果应随客户变化，请换成占位符。"),
    FaultKind.PROTECTED: N_(
        "如果起草后还要修改，请在 Word 的“审阅 → 限制编辑”中停止保护后重新上传。"
    ),
    FaultKind.FORBIDDEN_FIELD: N_("请在 Word 中删去这个域，或把内容直接粘贴进来。"),
    FaultKind.BROKEN: N_("请删去最近修改的标签，重新输入一次。"),
    FaultKind.TOO_MANY_FAULTS: N_("请先改正列出的这些，再上传检查。"),
    FaultKind.NO_PLACEHOLDERS: N_(
        "如果这份文件要按客户填写，请从占位符一览中复制占位符，粘贴到相应位置后重新上传。"
    ),
    FaultKind.TRACKED_CHANGE: N_("如果不应接受，请在 Word 中拒绝这处修订后重新上传。"),
    FaultKind.COMMENT: N_("如果不应给客户看到，请在 Word 中删去批注后重新上传。"),
    FaultKind.PAGES_OF_SECTION: N_("如果没有异议，不用处理。"),
    FaultKind.PACKAGE: N_("请在 Word 中去掉这些内容，另存为 .docx 后重新上传。"),
}
_ANY_REMEDY = N_("请修改这个标签。")


@dataclass(frozen=True)
class Fault:
    """One fault: of what kind, about what, where, and the text around it."""

    kind: FaultKind
    subject: str
    place: Place
    around: str = ""
    suggestion: str | None = None

    @property
    def message(self) -> str:
        """A msgid; its fact is `subject`."""
        return self.kind.label

    @property
    def remedy(self) -> str:
        """A msgid without facts."""
        return _REMEDIES.get(self.kind, _ANY_REMEDY)


@dataclass(frozen=True)
class CheckReport:
    """What the check found; `placeholders` are the catalogue names in use, sorted.

    `notices` are what the template passes with and a person should know, in the shape of faults.
    """

    faults: tuple[Fault, ...] = ()
    placeholders: tuple[str, ...] = ()
    notices: tuple[Fault, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.faults
