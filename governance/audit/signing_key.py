"""The key that signs checkpoints: made on first use, kept in one file, never in the database it vouches for."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

RETIRED = "*.audit.pub"  # public keys of earlier days, in the same folder


def signing_key() -> Ed25519PrivateKey:
    """The key at ``settings.AUDIT_KEY_PATH``, made with mode 0600 where there is none yet."""
    path: Path = settings.AUDIT_KEY_PATH
    if not path.exists():
        _make(path)
    return _private(path)


def trusted_keys() -> dict[str, Ed25519PublicKey]:
    """The public keys whose signatures count, by key id: the present one and retired ones. Makes no key."""
    return {key_id(key): key for key in _public_keys()}


def key_id(key: Ed25519PublicKey) -> str:
    """The SHA-256 of the raw 32 bytes of the public key."""
    return hashlib.sha256(raw(key)).hexdigest()


def raw(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of RFC 8032."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _public_keys() -> Iterator[Ed25519PublicKey]:
    path: Path = settings.AUDIT_KEY_PATH
    if path.exists():
        yield _private(path).public_key()
    for retired in sorted(path.parent.glob(RETIRED)):
        key = load_pem_public_key(retired.read_bytes())
        if not isinstance(key, Ed25519PublicKey):
            raise TypeError(f"{retired} is not an Ed25519 public key.")
        yield key


def _private(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} is not an Ed25519 private key.")
    return key


def _make(path: Path) -> None:
    """Write the whole file beside its place and link it there: two makers end with one key, a crash with none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(name)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
