"""The consolidated list of the others of the Office of Foreign Assets Control."""
