"""The lawbook and its rules: measures by regime, the one resolver of their status, and what-if changes of them."""
