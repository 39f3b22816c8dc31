"""What the HTML pages share: templates with escaping on, and hashes for the content policy."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from licet.formats.read import package_text

if TYPE_CHECKING:
    from jinja2 import Environment


def source(name: str) -> str:
    """Return the text of a template, style sheet or script of this folder."""
    return package_text("show", name)


def environment() -> Environment:
    """Return the template environment: everything is escaped, and an unknown name is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def csp_hash(text: str) -> str:
    """Return the hash by which a content security policy names an inline style or script."""
    return b64encode(sha256(text.encode()).digest()).decode()
