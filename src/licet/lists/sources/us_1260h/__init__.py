"""The Chinese military companies of section 1260H."""
