"""Hashing passwords within the memory of a small machine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher

# One thread and not a lock: the allocator keeps what a thread has used, so each of a server's 32 would keep a share.
_hashing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashing")


class FrugalArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: the first choice of OWASP's Password Storage Cheat Sheet.

    A process hashes one password at a time, so that many people who sign in at once wait some milliseconds for each
    other instead of exhausting the memory (Django's own parameters take 100 MiB for each). Hashes with other
    parameters stay valid and are renewed at the next sign-in.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """See ``BasePasswordHasher.encode``."""
        return str(_hashing.submit(super().encode, password, salt).result())

    def verify(self, password: str, encoded: str) -> bool:
        """See ``BasePasswordHasher.verify``."""
        return bool(_hashing.submit(super().verify, password, encoded).result())
