"""Data of the formats that are ours, and a check that knows a rule from a schema."""

from urllib.parse import quote

import schemathesis
from hypothesis import strategies as st
from schemathesis.generation.meta import TestPhase

schemathesis.openapi.format("currency", st.sampled_from(["XOF", "EUR", "USD"]))
schemathesis.openapi.format("line", st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30))
schemathesis.openapi.format("paragraph", st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=60))
schemathesis.openapi.format("password", st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=64))
schemathesis.openapi.format("phone", st.from_regex(r"\A\+22177[0-9]{7}\Z"))
schemathesis.openapi.format("username", st.from_regex(r"\A[a-z0-9][a-z0-9._-]{1,20}[a-z0-9]\Z"))

# What a field is refused for when a schema does not let it in; every other code is a rule that no schema states.
# "required" is told by both: a new password asks for the old one, say.
SHAPES = {
    "invalid_type", "too_small", "too_big", "invalid_format", "invalid_value", "not_multiple_of",
    "invalid_union", "invalid_key", "invalid_element", "unknown_field", "repeated",
}  # fmt: skip


def is_valid(case):
    return case.meta is not None and case.meta.generation.mode == schemathesis.GenerationMode.POSITIVE


@schemathesis.hook
def before_call(context, case, kwargs):
    """A cursor is signed: one that was made up is refused, as it must be, so no valid request has one."""
    if case.query and is_valid(case):
        case.query.pop("cursor", None)


@schemathesis.hook
def filter_case(context, case):
    """Beyond 8 KB of address no gateway passes a request on, so the API has no say."""
    return len(case.formatted_path) + sum(len(quote(str(value))) for value in (case.query or {}).values()) < 8000


def has_borrowed(case):
    """Whether a value was taken from an answer to another operation, where it need not fit: an order's id is no product's."""
    return case.meta.phase.name is TestPhase.STATEFUL or bool(case.meta.pool_draws)


@schemathesis.check
def valid_shape_is_accepted(ctx, response, case):
    """A request that fits the description is not refused for its shape: by a rule of the domain, perhaps."""
    if response.status_code != 400 or not is_valid(case) or has_borrowed(case):
        return
    refusal = response.json()
    codes = {error["code"] for error in refusal.get("errors", [])} or {refusal["code"]}
    assert not codes & (SHAPES | {"malformed_json", "invalid_cursor"}), f"A valid request was refused: {sorted(codes)}"
