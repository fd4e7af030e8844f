"""A drawing as flat OpenDocument, built up piece by piece, in millimetres.

Source: OASIS OpenDocument 1.2 part 1, chapters 10 (drawing) and 16 (styles).
"""

import base64
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{short}="{OASIS}:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
    )
)
MARGINS = " ".join(f'fo:margin-{side}="0mm"' for side in ("top", "bottom", "left", "right"))
FINE = 1000  # steps of a path in a millimetre
POINTS = 72 / 25.4
LINE_HEIGHT, ASCENT = 1.448, 1.151  # of the CJK fonts that stand for all others, in sizes


@dataclass(frozen=True, slots=True)
class Look:
    """How a path is drawn: colours as ``#rrggbb``, None for none; the line's width in mm."""

    fill: str | None = None
    line: str | None = None
    width: float = 0.353
    opacity: float = 1.0


class Drawing:
    """Pages with pictures, paths and runs of text at exact places."""

    def __init__(self) -> None:
        self._styles: dict[str, str] = {}
        self._sizes: dict[tuple[float, float], str] = {}
        self._pages: list[str] = []

    def add_page(self, width: float, height: float) -> None:
        """Go on with an empty page."""
        name = self._sizes.setdefault((round(width, 2), round(height, 2)), f"p{len(self._sizes)}")
        self._pages.append(f'<draw:page draw:master-page-name="{name}">')

    def add_path(self, box: tuple[float, float, float, float], path: str, look: Look) -> None:
        """A path in steps of `FINE`, from the corner of *box*: x, y, width, height."""
        if look.fill is None and look.line is None:
            return
        x, y, width, height = box
        fill, line = 'draw:fill="none"', 'draw:stroke="none"'
        if look.fill:
            fill = f'draw:fill="solid" draw:fill-color="{look.fill}"'
        if look.line:
            line = f'draw:stroke="solid" svg:stroke-color="{look.line}"'
            line += f' svg:stroke-width="{look.width:.3f}mm"'
        clear = f'draw:opacity="{look.opacity:.0%}" svg:stroke-opacity="{look.opacity:.0%}"'
        style = self._style("graphic", f"<style:graphic-properties {fill} {line} {clear}/>")
        view = f"0 0 {max(1, round(width * FINE))} {max(1, round(height * FINE))}"
        self._pages[-1] += (
            f'<draw:path draw:style-name="{style}" {place(x, y, width, height)} '
            f'svg:viewBox="{view}" svg:d={quoteattr(path)}/>'
        )

    def add_picture(self, box: tuple[float, float, float, float], content: bytes) -> None:
        """A picture that fills *box*."""
        style = self._style("graphic", '<style:graphic-properties draw:stroke="none"/>')
        self._pages[-1] += (
            f'<draw:frame draw:style-name="{style}" {place(*box)}><draw:image>'
            f"<office:binary-data>{base64.b64encode(content).decode()}</office:binary-data>"
            "</draw:image></draw:frame>"
        )

    def add_text(
        self,
        at: tuple[float, float],
        text: str,
        *,
        font: str,
        size: float,
        colour: str,
        spacing: float = 0.0,
        bold: bool = False,
    ) -> None:
        """A run of *text* whose first character has its baseline's begin *at*; lengths in mm."""
        frame = self._style(
            "graphic",
            '<style:graphic-properties draw:stroke="none" draw:fill="none" fo:padding="0mm" '
            'fo:wrap-option="no-wrap" draw:auto-grow-width="true" draw:auto-grow-height="true" '
            'draw:textarea-horizontal-align="left" draw:textarea-vertical-align="top"/>',
        )
        name = quoteattr(font)
        weight = 'fo:font-weight="bold" style:font-weight-asian="bold" ' if bold else ""
        run = self._style(
            "text",
            f"<style:text-properties fo:font-family={name} style:font-family-asian={name} "
            f'fo:font-size="{size * POINTS:.2f}pt" style:font-size-asian="{size * POINTS:.2f}pt" '
            f'fo:color="{colour}" {weight}fo:letter-spacing="{spacing:.3f}mm"/>',
        )
        line = self._style(
            "paragraph",
            '<style:paragraph-properties style:text-autospace="none" fo:text-align="left" '
            'style:punctuation-wrap="simple" style:line-break="normal"/>',
        )
        x, y = at
        width = max(size, len(text) * (size + spacing))
        self._pages[-1] += (
            f'<draw:frame draw:style-name="{frame}" '
            f"{place(x, y - ASCENT * size, width, LINE_HEIGHT * size)}>"
            f'<draw:text-box><text:p text:style-name="{line}"><text:span text:style-name="{run}">'
            f"{escape(text)}</text:span></text:p></draw:text-box></draw:frame>"
        )

    def written(self) -> bytes:
        """The whole as a file."""
        layouts = "".join(
            f'<style:page-layout style:name="l{name}"><style:page-layout-properties '
            f'fo:page-width="{width:.2f}mm" fo:page-height="{height:.2f}mm" {MARGINS} '
            f'style:print-orientation="{"landscape" if width > height else "portrait"}"/>'
            "</style:page-layout>"
            for (width, height), name in self._sizes.items()
        )
        masters = "".join(
            f'<style:master-page style:name="{name}" style:page-layout-name="l{name}"/>'
            for name in self._sizes.values()
        )
        styles = "".join(
            f'<style:style style:name="{name}" style:family="{name.partition("-")[0]}">{content}'
            "</style:style>"
            for content, name in self._styles.items()
        )
        pages = "".join(f"{page}</draw:page>" for page in self._pages)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES} office:version="1.2" '
            'office:mimetype="application/vnd.oasis.opendocument.graphics">'
            '<office:styles><style:style style:name="standard" style:family="graphic"/>'
            "</office:styles>"  # without any, LibreOffice takes none of the masters
            f"<office:automatic-styles>{layouts}{styles}</office:automatic-styles>"
            f"<office:master-styles>{masters}</office:master-styles>"
            f"<office:body><office:drawing>{pages}</office:drawing></office:body></office:document>"
        ).encode()

    def _style(self, family: str, content: str) -> str:
        return self._styles.setdefault(content, f"{family}-{len(self._styles)}")


def place(x: float, y: float, width: float, height: float) -> str:
    """Where a piece is, as attributes."""
    return (
        f'svg:x="{x:.3f}mm" svg:y="{y:.3f}mm" svg:width="{max(width, 0.01):.3f}mm" '
        f'svg:height="{max(height, 0.01):.3f}mm"'
    )
