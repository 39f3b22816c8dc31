"""Readers with limits and writers: bytes to acts and back. Everything that is wrong is said in one pass."""
