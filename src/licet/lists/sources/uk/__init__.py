"""The UK Sanctions List, from normalized tables."""
