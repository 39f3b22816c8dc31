"""The Military End-User List."""
