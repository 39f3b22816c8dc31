"""The SDN list of the Office of Foreign Assets Control."""
