"""licet: may this act go ahead under trade controls, as of any date, and by what authority.

`licet.check(act, as_of=...)` is the verb offered here. It is loaded on first use: `import licet` alone costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["__version__", "check"]
__version__ = "0.1.0"

if TYPE_CHECKING:
    from licet.check import check
else:

    def __getattr__(name: str) -> object:
        """Load a verb on first use; the module `licet.check` is itself callable, so both names mean the same."""
        if name == "check":
            from importlib import import_module

            return import_module("licet.check")
        message = f"module 'licet' has no attribute {name!r}"
        raise AttributeError(message)
