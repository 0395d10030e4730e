"""Policy files of C2SP, as others write them."""

from __future__ import annotations

from itertools import combinations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.transparency.notes import WITNESS_KEY, Malformed, SigningKey, VerifierKey
from mumpuni.transparency.trust import TrustPolicy


def key_of(number: int, name: str, kind: int) -> VerifierKey:
    private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    return SigningKey(name, private, kind).verifier


LOG = key_of(1, "log.example/log", 1)
X1, X2, X3, Y1, Y2, Y3 = (
    key_of(number, f"{name}.example", WITNESS_KEY)
    for number, name in enumerate(["x1", "x2", "x3", "y1", "y2", "y3"], 10)
)
TWO_LEVELS = f"""
# as in the specification
log {LOG}

witness X1 {X1}
witness X2 {X2}  https://x2.example
witness X3 {X3}
group X-witnesses 2 X1 X2 X3

witness\tY1\t{Y1}
  witness Y2 {Y2}\t
witness Y3 {Y3}
group Y-witnesses any Y1 Y2 Y3

  # none of them alone will do
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def test_groups_of_groups_ask_for_as_many_as_they_say() -> None:
    policy = TrustPolicy.parse(TWO_LEVELS.encode())

    assert policy.logs == (LOG,)
    assert policy.witnesses == (X1, X2, X3, Y1, Y2, Y3)
    for count in range(7):
        for seen in combinations(policy.witnesses, count):
            enough = len({X1, X2, X3}.intersection(seen)) >= 2 and {Y1, Y2, Y3}.intersection(seen)
            assert policy.quorum.saw(seen.__contains__) == bool(enough), seen


def test_a_single_witness_may_be_the_quorum() -> None:
    policy = TrustPolicy.parse(f"witness a {X1}\nwitness b {X2}\nquorum b\n".encode())

    assert not policy.logs
    assert policy.quorum.saw([X2].__contains__)
    assert not policy.quorum.saw([X1].__contains__)


def test_names_and_remarks_may_be_any_octets() -> None:
    lines = [b"# \xff\xfe", b"witness \xe2\x84\xaa %s" % str(X1).encode()]
    lines += [b"witness K %s" % str(X2).encode(), b"witness \xff %s" % str(X3).encode()]
    policy = TrustPolicy.parse(
        b"\n".join([*lines, b"group g all K \xe2\x84\xaa \xff", b"quorum g"])
    )

    assert policy.quorum.saw([X1, X2, X3].__contains__)
    assert not policy.quorum.saw([X2, X3].__contains__)


A, B = f"witness a {X1}", f"witness b {X2}"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([A], "names its quorum"),
        (["quorum none", "quorum none"], "line 2: nothing a policy says"),
        (["quorum a", A], "line 1: 'a' is not defined above"),
        (["group g any a", A, "quorum g"], "line 1: 'a' is not defined above"),
        ([A, "group g any a g", "quorum g"], "'g' is not defined above"),
        ([A, "group g any none", "quorum g"], "'none' is not defined above"),
        ([A, B, "group g 3 a b", "quorum g"], "'3' of 2 is no threshold"),
        ([A, B, "group g 0 a b", "quorum g"], "'0' of 2 is no threshold"),
        ([A, B, "group g 01 a b", "quorum g"], "'01' of 2 is no threshold"),
        ([A, B, "group g most a b", "quorum g"], "'most' of 2 is no threshold"),
        ([A, B, "group g any", "quorum g"], "nothing a policy says"),
        ([A, "group g any a a", "quorum g"], "'a' is a member already"),
        ([A, B, "group g any a b", "group h any a", "quorum h"], "'a' is a member already"),
        ([A, f"witness a {X2}", "quorum a"], "'a' is taken"),
        ([f"witness none {X1}", "quorum none"], "'none' is taken"),
        ([A, "group a any a", "quorum a"], "'a' is taken"),
        ([A, f"witness b {X1}", "quorum a"], "is there twice"),
        ([A, f"witness b {key_of(10, 'other', WITNESS_KEY)}", "quorum a"], "is there twice"),
        ([f"log {LOG}", f"log {LOG}", "quorum none"], "is there twice"),
        ([f"log {X1}", "quorum none"], "signs something else"),
        ([f"witness a {LOG}", "quorum a"], "signs something else"),
        (["log nothing", "quorum none"], "line 1: "),
        ([f"log {LOG} https://a https://b", "quorum none"], "nothing a policy says"),
        (["Quorum none"], "nothing a policy says"),
        (["quorum none\r"], "no control characters"),
    ],
)
def test_what_is_no_policy_is_refused(lines: list[str], told: str) -> None:
    with pytest.raises(Malformed, match=told):
        TrustPolicy.parse("".join(f"{line}\n" for line in lines).encode())
