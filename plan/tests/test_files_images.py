"""Images that would fill the memory or that are not whole."""

import struct
import zlib

import pytest

from plan.files.checks import check_upload
from plan.files.errors import FileRejected
from plan.files.isolation import PROBLEMS
from plan.tests.sample_files import image, upload


def refusal(name, content):
    with pytest.raises(FileRejected) as caught:
        check_upload(upload(name, content))
    return caught.value.message


def png_that_announces(width, height):
    """A small PNG whose header promises these dimensions."""
    content = image()
    header = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + header + struct.pack(">I", zlib.crc32(header)) + content[33:]


def test_50_million_pixels_are_decoded_and_more_are_refused():
    assert check_upload(upload("a.png", image(size=(10_000, 5_000), mode="1"))).pixels == (10_000, 5_000)
    assert refusal("a.png", image(size=(10_000, 5_001), mode="1")) == PROBLEMS["too_many_pixels"]


def test_a_huge_image_is_refused_by_its_header():
    assert refusal("a.png", png_that_announces(2_000_000, 2_000_000)) == PROBLEMS["too_many_pixels"]


def test_an_image_with_fewer_pixels_than_announced_is_damaged():
    assert refusal("a.png", png_that_announces(64, 64)) == PROBLEMS["damaged"]


@pytest.mark.parametrize(("name", "file_format"), [("a.png", "PNG"), ("a.jpg", "JPEG")])
def test_a_truncated_image_is_damaged(name, file_format):
    whole = image(file_format, size=(200, 200))

    assert refusal(name, whole[: len(whole) // 2]) == PROBLEMS["damaged"]
