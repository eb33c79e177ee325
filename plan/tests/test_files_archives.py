"""Office files are zip files: bombs, macros and tricks of structure."""

import struct
import zipfile

import pytest

from plan.files import archives
from plan.files.archives import check_archive
from plan.files.errors import FileRejected
from plan.files.kinds import KINDS
from plan.files.limits import MAX_ARCHIVE_MEMBERS, MAX_UNPACKED_BYTES
from plan.tests.sample_files import DOCX_TYPE, docx, open_document

CENTRAL_HEADER = b"PK\x01\x02"
PACKED_SIZE, UNPACKED_SIZE, FLAGS, METHOD = 20, 24, 8, 10


def refusal(content, extension="docx"):
    with pytest.raises(FileRejected) as caught:
        check_archive(KINDS[extension], content)
    return caught.value.message


def with_header_field(content, offset, value, size=4):
    """The archive with one field of its last central header changed."""
    start = content.rindex(CENTRAL_HEADER) + offset
    return content[:start] + value.to_bytes(size, "little") + content[start + size :]


def test_a_bomb_is_refused_by_its_headers_before_anything_is_unpacked(monkeypatch):
    bomb = with_header_field(docx(), UNPACKED_SIZE, MAX_UNPACKED_BYTES + 1)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("a member was unpacked"))

    assert refusal(bomb) == archives.TOO_LARGE_UNPACKED


def test_an_archive_that_unpacks_beyond_the_limit_is_refused_however_well_it_packs(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 100)

    assert refusal(docx()) == archives.TOO_LARGE_UNPACKED


def test_a_real_bomb_of_a_few_kilobytes_is_refused():
    assert refusal(docx(("word/media/a.xml", b"0" * 5_000_000))) == archives.TOO_LARGE_UNPACKED


def test_a_bomb_that_lies_about_its_size_is_damaged():
    honest = docx(("word/media/a.xml", b"0" * 5_000_000))

    assert refusal(with_header_field(honest, UNPACKED_SIZE, 100)) == archives.DAMAGED


def test_members_that_share_their_bytes_are_refused():
    content = docx(("word/media/a.bin", bytes(range(200))))

    assert refusal(with_header_field(content, PACKED_SIZE, len(content))) == archives.TOO_LARGE_UNPACKED


def test_too_many_members_are_refused_before_they_are_listed(monkeypatch):
    crowd = docx(*((f"word/{number}.xml", b"") for number in range(MAX_ARCHIVE_MEMBERS)))
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("the members were listed"))

    assert refusal(crowd) == archives.TOO_LARGE_UNPACKED


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "..\\..\\x.xml", "C:/x.xml", "word/../../x"])
def test_a_member_that_would_leave_its_folder_is_refused(name):
    assert refusal(docx((name, b"x"))) == archives.STRANGE


def test_a_name_given_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = docx(("word/document.xml", b"<another/>"))

    assert refusal(content) == archives.STRANGE


def test_a_way_of_packing_that_office_does_not_use_is_refused():
    assert refusal(with_header_field(docx(), METHOD, zipfile.ZIP_LZMA, size=2)) == archives.STRANGE


def test_a_file_with_a_password_is_refused():
    manifest = ("META-INF/manifest.xml", b"<manifest:encryption-data/>")

    assert refusal(with_header_field(docx(), FLAGS, 1, size=2)) == archives.ENCRYPTED
    assert refusal(open_document("text", manifest), "odt") == archives.ENCRYPTED


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/VBADATA.XML", "xl/macrosheets/sheet1.xml", "word/activeX/activeX1.xml"]
)
def test_macros_are_refused_by_the_name_of_their_member(name):
    assert refusal(docx((name, b"x"))) == archives.MACROS


def test_a_docm_renamed_to_docx_is_refused_by_its_own_index():
    macro_type = "application/vnd.ms-word.document.macroEnabled.main+xml"

    assert refusal(docx(main_type=macro_type)) == archives.MACROS


def test_a_macro_project_under_an_innocent_name_is_refused_by_its_own_index():
    types = f'{DOCX_TYPE}"/><Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject'

    assert refusal(docx(("word/a.bin", b"x"), main_type=types)) == archives.MACROS


@pytest.mark.parametrize("name", ["Basic/Standard/Module1.xml", "Scripts/python/a.py"])
def test_macros_of_open_document_are_refused(name):
    assert refusal(open_document("text", (name, b"x")), "odt") == archives.MACROS


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ\x90", b"\x7fELF"])
def test_a_program_or_ole_object_under_an_innocent_name_is_refused(start):
    assert refusal(docx(("word/media/image1.png", start + b"..."))) == archives.EMBEDDED


def test_a_program_by_name_is_refused():
    assert refusal(docx(("word/embeddings/abrir.LNK", b"x"))) == archives.EMBEDDED


@pytest.mark.parametrize("kept", [100, 400, -30])
def test_a_truncated_file_is_damaged(kept):
    assert refusal(docx()[:kept]) == archives.DAMAGED


@pytest.mark.parametrize("distance", [0, 200_000])
def test_a_flipped_byte_is_noticed_wherever_it_is(distance):
    stored = open_document("text", text="a" * distance + "Santiago")

    assert refusal(stored.replace(b"Santiago", b"Santiagp"), "odt") == archives.DAMAGED


def test_offsets_that_point_outside_are_damaged():
    content = docx()
    end = content.rindex(b"PK\x05\x06")
    broken = content[: end + 16] + struct.pack("<I", 0xFFFFFF) + content[end + 20 :]

    assert refusal(broken) == archives.DAMAGED
