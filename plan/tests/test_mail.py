"""Real mail over a real line: what the server is told, and what counts as not taken."""

from collections.abc import Callable

import pytest

from plan.enums import MailState, NoticeKind
from plan.mail import NotTakenError, hand_over
from plan.models import Notice, User
from plan.notices import deliver, sweep, tell
from plan.tests.mail_sink import MailSink, mail_sink

ADDRESS = "marcela@dt.example"


@pytest.fixture
def through(settings) -> Callable[[MailSink], MailSink]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    settings.DEFAULT_FROM_EMAIL = "portal@mitp.example"

    def use(sink: MailSink) -> MailSink:
        settings.EMAIL_PORT = sink.port
        return sink

    return use


def test_a_mail_is_plain_text_in_utf_8_from_the_portal_to_one_address(through):
    with mail_sink() as server:
        through(server)
        hand_over("Devuelto: acción 1.1.1 — corrija, señora Ñuñoa", "Qué corregir: «la lista».\n", ADDRESS)
        (message,) = server.messages
    assert message["Subject"].strip() == "Devuelto: acción 1.1.1 — corrija, señora Ñuñoa"
    assert (message["From"], message["To"]) == ("portal@mitp.example", ADDRESS)
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")
    assert message.get_content().strip() == "Qué corregir: «la lista»."
    assert {"Cc", "Bcc", "Reply-To"}.isdisjoint(message.keys())


def test_a_subject_that_brings_headers_of_its_own_never_leaves(through):
    with mail_sink() as server:
        through(server)
        with pytest.raises(NotTakenError, match="no acepta el envío en esta forma"):
            hand_over("Hola\nBcc: otro@mal.example", "Texto", ADDRESS)
    assert server.taken == []


@pytest.mark.django_db
def test_a_name_with_line_breaks_adds_no_header(through, settings, tmp_path):
    (tmp_path / "named_subject.txt").write_text("{{ person.full_name }}")
    (tmp_path / "named_message.txt").write_text("Estimada/o {{ person.full_name }}:")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    person = User.objects.create_user(ADDRESS, "Marcela\r\nBcc: otro@mal.example")
    (notice,) = tell([person], NoticeKind.ROLE, key="role:1", template="named", path="/")
    with mail_sink() as server:
        through(server)
        deliver.call(notice.pk)
        (message,) = server.messages
    assert (message["Subject"], message["Bcc"]) == ("Marcela Bcc: otro@mal.example", None)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"550 no such user marcela@dt.example", "El servidor de correo rechazó la dirección."),
        (b"421 closing down", "El servidor de correo rechazó la dirección."),
    ],
)
def test_an_address_that_is_refused_is_told_without_naming_it(through, answer, reason):
    with mail_sink(refuses=answer) as server:
        through(server)
        with pytest.raises(NotTakenError) as refusal:
            hand_over("Hola", "Texto", ADDRESS)
    assert (refusal.value.reason, server.taken) == (reason, [])


def test_where_nobody_listens_the_mail_was_not_taken(through):
    with mail_sink() as server:
        through(server)
    with pytest.raises(NotTakenError, match="No hubo conexión con el servidor de correo"):
        hand_over("Hola", "Texto", ADDRESS)


def test_when_the_line_breaks_after_the_text_the_mail_may_have_been_taken(through):
    with mail_sink(hangs_up=True) as server:
        through(server)
        with pytest.raises(OSError) as broken:  # noqa: PT011 (the kind of the break is the machine's affair)
            hand_over("Hola", "Texto", ADDRESS)
    assert not isinstance(broken.value, NotTakenError)


@pytest.mark.django_db
def test_with_the_server_down_the_notice_stays_and_its_mail_leaves_once_when_it_is_back(through):
    person = User.objects.create_user(ADDRESS, "Marcela Rivas")
    with mail_sink() as gone:
        through(gone)
    template = "account/email/password_link"
    (notice,) = tell([person], NoticeKind.RETURNED, key="returned:1", template=template, path="/")
    deliver.call(notice.pk)
    notice.refresh_from_db()
    assert (notice.attempts, notice.failure) == (1, "No hubo conexión con el servidor de correo.")
    with mail_sink(gone.port) as server:
        Notice.objects.update(mail_at=notice.created_at)
        assert (sweep(), sweep()) == (1, 0)
        assert len(server.taken) == 1
    assert Notice.objects.with_mail_state().get().mail_state == MailState.SENT
