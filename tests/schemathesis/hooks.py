"""Data of the formats that are ours, so that what is meant to be valid is."""

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.format("currency", st.sampled_from(["XOF", "EUR", "USD"]))
schemathesis.openapi.format("line", st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30))
schemathesis.openapi.format("password", st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=64))
schemathesis.openapi.format("phone", st.from_regex(r"\A\+22177[0-9]{7}\Z"))
schemathesis.openapi.format("username", st.from_regex(r"\A[a-z0-9][a-z0-9._-]{1,20}[a-z0-9]\Z"))


@schemathesis.hook
def before_call(context, case, kwargs):
    """A cursor is signed: one that was made up is refused, as it must be, so no valid request has one."""
    if case.query and case.meta and case.meta.generation.mode == schemathesis.GenerationMode.POSITIVE:
        case.query.pop("cursor", None)
