import pytest


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A hash that costs nothing; how strong the real one is, is Django's business."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
