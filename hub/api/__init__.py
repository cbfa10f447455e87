"""The kit of the API: what every endpoint of every app shares. Endpoints live in ``<app>/api/``."""
