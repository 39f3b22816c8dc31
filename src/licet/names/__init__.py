"""Names of parties: equality of a normalized name, and near misses that a person must look at."""
