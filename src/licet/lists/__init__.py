"""Lists of restricted parties: read from official texts, kept with their history, and compiled to be looked up."""
