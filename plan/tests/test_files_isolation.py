"""The process that opens untrusted files is bounded and poor."""

import subprocess
import sys

import pytest

from plan.files import isolation
from plan.files.errors import FileRejected
from plan.files.isolation import UNINSPECTABLE, inspect_apart
from plan.files.probes import confinement
from plan.tests.sample_files import image, pdf


def confined(body, content=b""):
    """Runs `body` as the probe of a confined process."""
    program = (
        "import os, resource\nfrom plan.files.probes.confinement import answer_confined\n"
        f"def probe(content):\n    {body}\nanswer_confined(probe)"
    )
    return subprocess.run(
        [sys.executable, "-c", program], input=content, capture_output=True, cwd=isolation.SOURCE_ROOT
    )


def test_a_confined_process_answers_what_its_probe_saw():
    assert confined("return {'size': len(content)}", b"12345").stdout == b'{"size": 5}'


def test_a_confined_process_cannot_take_more_memory():
    assert b"MemoryError" in confined("return bytearray(1100 * 1024 * 1024)").stderr


def test_a_confined_process_cannot_write_files(tmp_path):
    target = tmp_path / "left behind"

    assert b"File too large" in confined(f"os.write(os.open({str(target)!r}, os.O_CREAT | os.O_WRONLY), b'x')").stderr
    assert target.read_bytes() == b""


def test_a_confined_process_is_stopped_when_its_processor_time_is_over():
    limits = confined("return resource.getrlimit(resource.RLIMIT_CPU)").stdout

    assert limits == b"[%d, %d]" % ((confinement.INSPECTION_SECONDS,) * 2)


def test_a_probe_gets_no_secret_from_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    seen = {}
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: seen.update(kwargs) or run(*args, **kwargs))

    inspect_apart("image", image())

    assert seen["env"] == {}


def test_a_file_that_takes_too_long_is_refused(monkeypatch, caplog):
    monkeypatch.setattr(isolation, "PATIENCE_SECONDS", 0.001)

    with pytest.raises(FileRejected) as caught:
        inspect_apart("pdf", pdf())
    assert caught.value.message == UNINSPECTABLE
    assert caplog.messages == ["A file could not be inspected: TimeoutExpired"]


def test_a_probe_that_dies_refuses_the_file(monkeypatch, caplog):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(FileRejected) as caught:
        inspect_apart("pdf", pdf())
    assert caught.value.message == UNINSPECTABLE
    assert caplog.messages == ["A file could not be inspected: CalledProcessError"]
