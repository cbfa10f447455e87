"""Requests that count once however often they are sent: answers kept by key for a day."""
