"""The API of accounts: the same queries and actions as its pages."""
