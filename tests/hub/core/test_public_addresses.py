import pytest

from hub.core.public_addresses import is_allowed, networks

CLOSED = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:0a00:0001::1",
    "not an address",
    "",
]
OPEN = [
    "93.184.215.14",
    "1.1.1.1",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::1.1.1.1",
    "2002:101:101::1",
]


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_public_is_closed_however_it_is_written(address):
    assert not is_allowed(address)


@pytest.mark.parametrize("address", OPEN)
def test_what_is_public_is_open(address):
    assert is_allowed(address)


@pytest.mark.parametrize(
    ("listed", "address"),
    [
        ("10.1.0.0/16", "10.1.2.3"),
        ("10.1.0.0/16", "::ffff:10.1.2.3"),
        ("::1/128", "::1"),
        ("fd00::/8", "fd00:ec2::254"),
    ],
)
def test_the_operator_opens_a_network(listed, address):
    assert is_allowed(address, networks([listed]))


def test_one_open_network_opens_no_other():
    assert not is_allowed("10.2.0.1", networks(["10.1.0.0/16"]))
