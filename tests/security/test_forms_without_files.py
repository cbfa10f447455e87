"""Strangers cannot fill the disk through forms that ask for no files."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.mark.parametrize("url", ["/accounts/login/", "/accounts/signup/", "/preferences"])
def test_a_file_from_a_stranger_never_reaches_the_disk(url, monkeypatch):
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", "/nowhere")  # a temporary file would fail

    response = client.post(url, {"file": SimpleUploadedFile("f", b"x" * 2**20)})

    assert response.status_code == 400
