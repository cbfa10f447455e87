"""What must stay small and fast, measured on a running hub: ``make bench``. Slow on purpose, so no part of the tests."""
