import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

ROOT = Path(__file__).resolve().parents[3]
ALLOWED = 60  # MiB, for eight passwords at once
HASH_EIGHT_AT_ONCE = """
import threading, django
django.setup()
from django.contrib.auth.hashers import make_password

def most():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

before = most()
threads = [threading.Thread(target=make_password, args=("a long sentence",)) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print((most() - before) // 1024)
"""


def test_a_password_is_kept_as_argon2id():
    kept = make_password("a long sentence")

    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("a long sentence", kept)
    assert not check_password("another sentence", kept)


def test_a_hash_with_other_parameters_is_renewed_when_its_owner_signs_in():
    renewed: list[str] = []
    kept = Argon2PasswordHasher().encode("a long sentence", "some-salt-of-long-ago")

    assert check_password("a long sentence", kept, setter=renewed.append)
    assert renewed == ["a long sentence"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_eight_people_who_sign_in_at_once_do_not_exhaust_the_memory():
    done = subprocess.run(
        [sys.executable, "-c", HASH_EIGHT_AT_ONCE],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "hub.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(done.stdout) < ALLOWED
