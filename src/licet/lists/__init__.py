"""Lists of restricted parties: the starter table that ships with licet, in the columns that official lists will fill."""
