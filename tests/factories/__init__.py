"""Smallest valid objects for tests, made through the actions."""
