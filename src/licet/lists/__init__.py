"""Lists of restricted parties: the starter table that ships with licet, in the columns that official ones will fill."""
