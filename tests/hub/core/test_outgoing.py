from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hub.core.errors import Invalid
from hub.core.outgoing import MAX_ANSWER, Outgoing, checked_url
from tests.services.receiver import receiving


@pytest.fixture
def receiver(settings):
    with receiving() as found:
        settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
        settings.WEBHOOK_PORTS = [80, 443, found.port]
        yield found


class Names:
    """A name server that answers differently each time it is asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), 0

    def __call__(self, host, port):
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


def post(url, names=None, **how):
    sender = Outgoing(resolver=names or Names(["127.0.0.1"]), **how)
    return sender.post(url, body=b'{"a":1}', headers={"Content-Type": "application/json"})


def test_what_is_sent_arrives_under_its_name(receiver):
    answer = post(receiver.url(path="/in?key=1"))

    path, headers, body = receiver.got[0]
    assert answer.is_success
    assert (path, body, headers["host"]) == (
        "/in?key=1",
        b'{"a":1}',
        f"hooks.example:{receiver.port}",
    )


def test_the_name_is_resolved_once_and_a_later_answer_leads_nowhere(receiver):
    names = Names(["127.0.0.1"], ["169.254.169.254"])

    answer = post(receiver.url(), names)

    assert (answer.is_success, names.asked) == (True, 1)


@pytest.mark.parametrize(
    "answers", [["10.0.0.9"], ["127.0.0.1", "10.0.0.9"], ["::ffff:10.0.0.9"], []]
)
def test_one_forbidden_address_among_the_answers_is_enough_to_refuse(receiver, answers):
    answer = post(receiver.url(), Names(answers))

    assert answer.status is None
    assert answer.error
    assert receiver.got == []


def test_nothing_private_is_reached_unless_the_operator_lists_it(receiver, settings):
    settings.WEBHOOK_NETWORKS = []

    answers = [post(receiver.url()), post(receiver.url(host="127.0.0.1"), Names(["127.0.0.1"]))]

    assert [each.status for each in answers] == [None, None]
    assert receiver.got == []


def test_a_redirect_is_told_and_not_followed(receiver):
    receiver.status = 302
    receiver.headers = {"Location": receiver.url(host="127.0.0.1", path="/inside")}

    answer = post(receiver.url())

    assert (answer.is_success, answer.status, len(receiver.got)) == (False, 302, 1)


def test_an_answer_that_drips_ends_at_the_deadline(receiver):
    receiver.pieces, receiver.pace = (b".",) * 200, 0.05

    answer = post(receiver.url(), seconds=0.3)

    assert answer.status is None
    assert 250 <= answer.milliseconds < 2000


def test_a_name_server_that_says_nothing_ends_at_the_deadline(receiver):
    def silent(host, port):
        receiver.over.wait(10)
        return []

    answer = post(receiver.url(), silent, seconds=0.2)

    assert answer.status is None
    assert answer.milliseconds < 2000


def test_an_answer_beyond_the_bound_is_not_read_to_its_end(receiver):
    receiver.pieces = (b"x" * 65_536,) * (MAX_ANSWER // 65_536 + 1)

    assert not post(receiver.url()).is_success


def test_a_proxy_of_the_environment_is_not_asked(receiver, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert post(receiver.url()).is_success


def test_cookies_of_the_answer_are_not_kept(receiver):
    receiver.headers = {"Set-Cookie": "a=b", "X-Fine": "yes"}

    answer = post(receiver.url())

    assert "X-Fine: yes" in answer.headers
    assert "a=b" not in answer.headers


@pytest.mark.parametrize(
    "url",
    [
        "ftp://hooks.example/in",
        "https://ada:secret@hooks.example/in",
        "https://hooks.example:22/in",
        "https:///in",
        "https://hooks.example/in#there",
        "https://hooks.example/in it",
        "https://hooks.example/\r\nHost: other",
        "https://hööks.example/in",
        "https://[::1/in",
        "https://hooks.example/" + "a" * 500,
        "",
    ],
)
def test_an_address_that_nothing_may_be_sent_to_is_refused_when_it_is_written(url):
    with pytest.raises(Invalid):
        checked_url(url)


@pytest.fixture
def authority(tmp_path):
    """A certificate for ``hooks.example``, as a server has it and as a client trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=str(path))


def test_a_certificate_must_be_for_the_name_and_of_an_authority_that_is_trusted(
    authority, settings
):
    server, trusting = authority
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]
    with receiving(server) as receiver:
        settings.WEBHOOK_PORTS = [receiver.port]
        right = post(receiver.url(scheme="https"), tls=trusting)
        other_name = post(receiver.url(host="other.example", scheme="https"), tls=trusting)
        not_trusted = post(receiver.url(scheme="https"))

    assert right.is_success
    assert [other_name.status, not_trusted.status] == [None, None]
    assert len(receiver.got) == 1
