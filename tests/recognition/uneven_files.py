"""Files that one program opens and another does not, and pictures whose pixels are not square."""

import io
import zipfile
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageCms, ImageDraw

DRAWING = b"1 0 0 rg 0 421 595 421 re f"
OBJECTS = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
    4: b"<</Length %d>>stream\n%s\nendstream" % (len(DRAWING), DRAWING),
}


def a_raw_pdf(objects: dict[int, bytes], trailer: bytes | None = None) -> bytes:
    """A PDF written by hand; without *trailer* it has no table of its objects."""
    out, at = bytearray(b"%PDF-1.6\n"), {}
    for number, body in objects.items():
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    if trailer is not None:
        size = max(at) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        out += b"".join(b"%010d 00000 n \n" % at.get(each, 0) for each in range(1, size))
        out += b"trailer\n<</Size %d/Root 1 0 R%s>>" % (size, trailer)
    return bytes(out + b"\nstartxref\n%d\n%%%%EOF\n" % start)


def pdfs_of_one_reader() -> dict[str, bytes]:
    """PDFs that show their page though one of the two readers cannot open them."""
    locked_attachments = (
        b"<</Filter/Standard/V 4/R 4/Length 128/P -4/O<%s>/U<%s>/CF<</StdCF<</AuthEvent/EFOpen"
        b"/CFM/AESV2/Length 16>>>>/StmF/Identity/StrF/Identity/EFF/StdCF/EncryptMetadata false>>"
    ) % (b"01" * 32, b"02" * 32)
    identity = b"/Encrypt 5 0 R/ID[<%s><%s>]" % (b"00" * 16, b"00" * 16)
    return {
        "loop": a_raw_pdf(OBJECTS | {2: b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1>>"}, b""),
        "page as tree": a_raw_pdf(OBJECTS | {1: b"<</Type/Catalog/Pages 3 0 R>>", 2: b"null"}, b""),
        "locked attachments": a_raw_pdf(OBJECTS | {5: locked_attachments}, identity),
        "no table": a_raw_pdf(OBJECTS),
    }


def a_sealed_pdf() -> bytes:
    """A PDF whose electronic seal is a signature field and whose answer is a form field."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    page = document.pages[0]

    def field(kind: Name, rectangle: list[int], look: bytes) -> pikepdf.Object:
        width, height = rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]
        drawn = document.make_indirect(Stream(document, look))
        drawn.Type, drawn.Subtype = Name.XObject, Name.Form
        drawn.BBox = Array([0, 0, width, height])
        return document.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=kind, T=String(str(kind)),
                Rect=Array(rectangle), F=4, P=page.obj, AP=Dictionary(N=drawn),
            )
        )  # fmt: skip

    seal = field(Name.Sig, [300, 100, 500, 300], b"1 0 0 rg 0 0 200 200 re f")
    answer = field(Name.Tx, [60, 600, 260, 700], b"0 0 1 rg 0 0 200 100 re f")
    page.Annots = Array([seal, answer])
    document.Root.AcroForm = Dictionary(Fields=Array([seal, answer]), SigFlags=3)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_fax() -> bytes:
    """A round seal, 204 dots to an inch across and 98 down."""
    fax, out = Image.new("1", (1728, 1075), 1), io.BytesIO()
    ImageDraw.Draw(fax).ellipse([600, 270, 1100, 510], fill=0)
    fax.save(out, "TIFF", compression="group4", dpi=(204, 98))
    return out.getvalue()


def a_deep_grey(*, white_is_zero: bool = False) -> bytes:
    """Sixteen bits of grey: a quarter of black above, three quarters below."""
    values = (0x4000, 0xC000) if not white_is_zero else (0xBFFF, 0x3FFF)
    rows = [value.to_bytes(2, "little") * 100 for value in values for _ in range(50)]
    picture, out = Image.frombytes("I;16", (100, 100), b"".join(rows)), io.BytesIO()
    picture.save(out, "TIFF", tiffinfo={262: 0 if white_is_zero else 1})
    return out.getvalue()


def a_picture_in_other_colours() -> bytes:
    """Red numbers in a profile whose red is the blue of sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    out = io.BytesIO()
    Image.new("RGB", (60, 60), (255, 0, 0)).save(out, "PNG", icc_profile=swapped)
    return out.getvalue()


def an_office_file_by_default(main: str, root: str, kind: str) -> bytes:
    """A package that names the type of its main part as the default for ``.xml``."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    document = "application/vnd.openxmlformats-officedocument"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="{document}.{kind}.main+xml"/></Types>',
        )
        package.writestr(main, root)
    return out.getvalue()


def a_package(**parts: str) -> bytes:
    """A zip of *parts*; ``CT`` is the table of content types and ``__`` a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("CT", "[Content_Types].xml"), content)
    return out.getvalue()


def an_ofd(objects: str) -> bytes:
    """An OFD of one page, 210 by 140 mm, that holds *objects*; its elements begin with ``o:``."""
    space = 'xmlns:o="urn:of-any-name"'
    return a_package(
        **{
            "OFD.xml": f"<o:OFD {space}><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot>"
            "</o:DocBody></o:OFD>",
            "Doc_0__Document.xml": f"<o:Document {space}><o:CommonData><o:PageArea><o:PhysicalBox>"
            "0 0 210 140</o:PhysicalBox></o:PageArea><o:PublicRes>Res.xml</o:PublicRes>"
            '</o:CommonData><o:Pages><o:Page ID="1" BaseLoc="Page.xml"/></o:Pages></o:Document>',
            "Doc_0__Res.xml": f'<o:Res {space}><o:Fonts><o:Font ID="1" FontName="宋体"/></o:Fonts>'
            "</o:Res>",
            "Doc_0__Page.xml": f'<o:Page {space}><o:Content><o:Layer ID="2">{objects}</o:Layer>'
            "</o:Content></o:Page>",
        }
    )


def a_macro_workbook() -> bytes:
    """An .xlsm."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    table = (
        f'<Types xmlns="{types}"><Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
        "</Types>"
    )
    return a_package(CT=table, **{"xl/workbook.xml": "<workbook/>"})


def a_picture_as(kind: str, size: tuple[int, int] = (8, 8), **options: Any) -> bytes:
    """A picture, dark in the middle, in a format that scanners, phones and chats save."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()
