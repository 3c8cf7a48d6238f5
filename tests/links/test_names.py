from __future__ import annotations

import pytest

from kwlint.links.names import CLOSE, CONTRARY, REPLACED, SAME, name_change


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("Installing", "Installation", SAME),
        ("How to connect the client", "Connecting a client", SAME),
        ("script blocks", "scriptblocks", SAME),
        ("2. Storage", "3. Storage", SAME),
        ("List of ports", "Port list", SAME),
        ("Filters", "Filter syntax", CLOSE),
        ("Recieving mail", "Receiving mail", CLOSE),
        ("Set up", "Preparation", REPLACED),
        ("Convert CSV to JSON", "Convert JSON to CSV", REPLACED),
        ("Java", "JavaScript", CONTRARY),
        ("Post code", "Postscript code", REPLACED),
        ("Fetch an order", "Delete an order", CONTRARY),
        ("Enabling traces", "Disabling traces", CONTRARY),
        ("Authenticated calls", "Unauthenticated calls", CONTRARY),
        ("Log on", "Log off", CONTRARY),
        ("Plan A", "Plan B", CONTRARY),
        ("C API", "C++ API", CONTRARY),
        ("4.2.0 - 2021-03-01", "4.3.0 - 2021-06-01", CONTRARY),
        ("Part II", "Part III", CONTRARY),
        ("Retry", "Do not retry", CONTRARY),
        ("IPv4 addresses", "IPv6 addresses", CONTRARY),
    ],
)
def test_what_a_changed_name_means(old: str, new: str, change: str) -> None:
    assert name_change(old, new) == change
    assert name_change(new, old) == change
