"""Secrets, inert ones: made up here by a fixed rule, so that no tool takes the source of this file for a leak."""

from __future__ import annotations

import base64
import hashlib
import json
import pickle  # noqa: TID251 - written only; what is written is scanned, never loaded
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malicious

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _made(length: int, letters: str = _LETTERS + "0123456789", seed: str = "") -> str:
    """Something that looks random and always is the same."""
    digest = b"".join(
        hashlib.sha512(f"{seed}{length}{part}".encode()).digest() for part in range(9)
    )
    return "".join(letters[one % len(letters)] for one in digest[:length])


def _block(kind: str) -> str:
    body = base64.b64encode(
        b"".join(hashlib.sha512(f"{kind}{part}".encode()).digest() for part in range(9))
    ).decode()
    lines = "\n".join(body[at : at + 64] for at in range(0, len(body), 64))
    return f"-----BEGIN {kind}PRIVATE KEY-----\n{lines}\n-----END {kind}PRIVATE KEY-----\n"


def _signed() -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "4711", "exp": 1900000000})
    return ".".join(
        [
            *(
                base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=")
                for one in parts
            ),
            _made(43),
        ]
    )


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    token = "hf_" + _made(34, _LETTERS)
    for name, text in _real(token).items():
        yield malicious(name, "notes.txt", text.encode())
    yield malicious("in-settings", "config.json", json.dumps({"token": token}).encode())
    escaped = json.dumps({"token": token}).replace("hf_", "\\u0068\\u0066\\u005f")
    yield malicious("in-escapes", "config.json", escaped.encode())
    yield malicious("in-utf-16", "notes.txt", f"token {token}\n".encode("utf-16"))
    yield malicious("in-a-card", "README.md", f"# Model\n\nlogin('{token}')\n".encode())
    yield malicious("far-inside", "log.txt", b"step 1 loss 2\n" * 160_000 + token.encode())
    yield malicious("across-pieces", "log.txt", b"." * (1024 * 1024 - 10) + b" " + token.encode())
    output = {"output_type": "stream", "name": "stdout", "text": [f"logged in with {token}\n"]}
    cell = {
        "cell_type": "code",
        "source": "",
        "metadata": {},
        "outputs": [output],
        "execution_count": 1,
    }
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    yield malicious("in-an-output", "run.ipynb", json.dumps(book).encode())
    service = {"type": "service_account", "private_key": _block(""), "client_email": "a@b.iam"}
    yield malicious("service-account", "service.json", json.dumps(service).encode())
    short = pickle.dumps({"token": token})
    yield malicious("in-a-pickle", "state.pkl", short)
    header = json.dumps({"__metadata__": {"note": token}}).encode()
    yield malicious("in-tensors", "model.safetensors", len(header).to_bytes(8, "little") + header)
    for path in (".netrc", ".git-credentials", ".env", "id_rsa", ".pypirc", "keys/server.p12"):
        yield malicious(f"kept-in-{path.strip('.').replace('/', '-')}", path, b"# nothing to see\n")
    for name, text in _harmless().items():
        yield benign(name, "README.md", text.encode())
    vocabulary = {_made(3 + number % 40, seed=str(number)): number for number in range(800)}
    tokenizer = {"version": "1.0", "model": {"type": "BPE", "vocab": vocabulary, "merges": []}}
    yield benign("vocabulary", "tokenizer.json", json.dumps(tokenizer).encode())
    digests = "".join(
        f"{hashlib.sha256(bytes([one])).hexdigest()}  model-{one}.bin\n" for one in range(60)
    )
    yield benign("digests", "SHA256SUMS.txt", digests.encode())
    pieces = "".join(
        base64.b64encode(hashlib.sha256(bytes([one])).digest()).decode() + f" {one}\n"
        for one in range(90)
    )
    yield benign("base64-vocabulary", "tokenizer.txt", pieces.encode())


def _real(token: str) -> dict[str, str]:
    return {
        "hugging-face": f"export HF_TOKEN={token}\n",
        "aws": f"aws_access_key_id = AKIA{_made(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}\naws_secret_access_key = {_made(40)}\n",
        "aws-identifier": f"key AKIA{_made(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}\n",
        "github": f"https://x:ghp_{_made(36)}@github.com/a/b\n",
        "github-fine": f"github_pat_{_made(22)}_{_made(59)}\n",
        "gitlab": f"glpat-{_made(20)}\n",
        "slack": f"xoxb-{_made(12, '0123456789')}-{_made(24)}\n",
        "stripe": f"sk_live_{_made(24)}\n",
        "anthropic": f"sk-ant-api03-{_made(90)}\n",
        "openai": f"OPENAI_API_KEY=sk-proj-{_made(48)}\n",
        "npm": f"//registry.npmjs.org/:_authToken=npm_{_made(36)}\n",
        "pypi": f"password = pypi-AgEI{_made(80)}\n",
        "google": f"AIza{_made(35)}\n",
        "private-key": _block("RSA "),
        "open-ssh-key": _block("OPENSSH "),
        "signed-token": f"Authorization: Bearer {_signed()}\n",
        "database": f"DATABASE_URL=postgres://app:{_made(14)}@db.internal.net:5432/x\n",
        "netrc": f"machine hub.net login me password {_made(16)}\n",
        "azure": f"DefaultEndpointsProtocol=https;AccountName=x;AccountKey={_made(86)}==;\n",
        "wandb": f"WANDB_API_KEY={_made(40, '0123456789abcdef')}\n",
        "password": f'password: "{_made(24)}"\n',
    }


def _harmless() -> dict[str, str]:
    return {
        "documented-key": "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
        "placeholders": "export HF_TOKEN=hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\napi_key = 'YOUR_API_KEY'\ntoken: <your-token>\nsk-...\n",
        "from-the-environment": "token = os.environ['HF_TOKEN']\napi_key: ${API_KEY}\npassword = getpass.getpass()\n",
        "example-address": "postgres://user:password@localhost:5432/db\nhttps://user:pass@example.com/\n",
        "public-key": "-----BEGIN PUBLIC KEY-----\n" + "QUJD" * 40 + "\n-----END PUBLIC KEY-----\n",
        "cut-short": "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n",
        "signed-example": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\n",
        "words": "secret: none\npad_token: <pad>\ntokenizer: bert-base-uncased\nsecret_key = settings.SECRET_KEY\n",
    }
