"""PDFs that do more than be read, or that cannot be read."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from plan.files.checks import check_upload
from plan.files.errors import FileRejected
from plan.files.isolation import PROBLEMS
from plan.tests.sample_files import pdf, upload


def refusal(content):
    with pytest.raises(FileRejected) as caught:
        check_upload(upload("informe.pdf", content))
    return caught.value.message


def open_action(action):
    def change(document):
        document.Root.OpenAction = action

    return change


def script_in_a_direct_annotation(document):
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, AA=Dictionary(E=action))])


def script_in_a_stream(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))


def script_in_a_rendition(document):
    document.Root.OpenAction = Dictionary(S=Name.Rendition, JS=String("app.alert(1)"))


def script_form(document):
    document.Root.AcroForm = Dictionary(XFA=document.make_stream(b"<xdp/>"), Fields=Array())


def attachment(document):
    document.attachments["virus.exe"] = b"MZ"


def attachment_that_does_not_say_so(document):
    stream = document.make_stream(b"MZ")
    document.Root.AF = Array([Dictionary(Type=Name.Filespec, F=String("virus.exe"), EF=Dictionary(F=stream))])


def unlisted_attachment(document):
    document.Root.Hidden = document.make_stream(b"MZ", Type=Name.EmbeddedFile)


HOSTILE = [
    (open_action(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))), "script"),
    (script_in_a_direct_annotation, "script"),
    (script_in_a_stream, "script"),
    (script_in_a_rendition, "script"),
    (script_form, "script"),
    (open_action(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "launch"),
    (open_action(Dictionary(S=Name.GoTo, Next=Array([Dictionary(S=Name.Launch, F=String("x"))]))), "launch"),
    (attachment, "embedded"),
    (attachment_that_does_not_say_so, "embedded"),
    (unlisted_attachment, "embedded"),
]


@pytest.mark.parametrize(("change", "problem"), HOSTILE)
def test_a_pdf_that_runs_launches_or_carries_something_is_refused(change, problem):
    assert refusal(pdf(change)) == PROBLEMS[problem]


def test_what_hides_in_a_compressed_object_stream_is_found():
    hidden = pdf(script_in_a_direct_annotation, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert b"JavaScript" not in hidden
    assert refusal(hidden) == PROBLEMS["script"]


def test_a_name_written_in_hexadecimal_is_found():
    content = pdf(open_action(Dictionary(S=Name.Launch, F=String("x"))), static_id=True)
    disguised = content.replace(b"/Launch", b"/L#61unch")
    shift = len(disguised) - len(content)
    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    # The object that grew lies before all others that matter only by its offset: rewrite the table by hand.
    assert shift == 2
    assert refusal(repaired_offsets(disguised, start + shift)) == PROBLEMS["launch"]


def repaired_offsets(content, xref_start):
    """The PDF with a cross-reference table computed anew."""
    count = content.count(b" 0 obj")
    offsets = [b"0000000000 65535 f \n"]
    offsets += [b"%010d 00000 n \n" % content.index(b"\n%d 0 obj" % number) for number in range(1, count + 1)]
    trailer = content[content.index(b"trailer") : content.index(b"startxref")]
    table = b"xref\n0 %d\n" % (count + 1) + b"".join(offsets)
    return content[:xref_start] + table + trailer + b"startxref\n%d\n%%%%EOF\n" % xref_start


@pytest.mark.parametrize("password", ["secreto", ""])
def test_a_pdf_with_a_password_or_with_restrictions_is_refused(password):
    protected = pdf(encryption=pikepdf.Encryption(owner="dueño", user=password))

    assert refusal(protected) == PROBLEMS["encrypted"]


@pytest.mark.parametrize("kept", [40, 300, -60])
def test_a_truncated_pdf_is_refused(kept):
    assert refusal(pdf()[:kept]) == PROBLEMS["damaged"]


def test_a_pdf_that_could_only_be_read_after_repair_is_refused():
    assert refusal(pdf().replace(b"startxref\n", b"startxref\n9")) == PROBLEMS["damaged"]


def test_a_pdf_without_pages_is_refused():
    assert refusal(pdf(pages=0)) == PROBLEMS["damaged"]


def test_links_bookmarks_and_plain_forms_are_welcome():
    def change(document):
        link = Dictionary(S=Name.URI, URI=String("https://example.org"))
        document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=link)])
        document.Root.AcroForm = Dictionary(Fields=Array())

    assert check_upload(upload("informe.pdf", pdf(change))).pages == 1
