"""The Consolidated Canadian Autonomous Sanctions List."""
