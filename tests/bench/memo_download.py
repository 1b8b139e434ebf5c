"""How fast a stored memo is sent, against a bare file behind the same sign-in check.

python -m tests.bench.memo_download
"""

from pathlib import Path

from tests.bench.server import (
    fetch,
    installation,
    manage,
    memory_mb,
    ratio,
    serving,
    session_cookie,
)

MEMO = "/firms/hale-marsh/memos/1.pdf"
FILE = "/bench/file/hale-marsh/"
ASK = """
from django.utils.timezone import localdate, now
from policyguide.firms.models import Membership
from policyguide.memos.issue import ask_for_memo
from policyguide.policy.editions import edition_in_force
member = Membership.across_firms.get(person__email="partner@hale.example")
ask_for_memo(firm=member.firm, edition=edition_in_force(localdate()), in_doubt={},
             by=member.person, on=localdate(), at=now())
"""


def main() -> None:
    with installation() as env:
        manage(env, "shell", "--no-imports", "-c", ASK)
        manage(env, "db_worker", "--batch", "--no-startup-delay", "--no-reload")
        cookie = {"Cookie": session_cookie(env, "partner@hale.example")}
        with serving(env) as (port, pid):
            status, memo, headers = fetch(port, MEMO, cookie)
            if status != 200:
                raise SystemExit(f"no memo to measure: {status}")
            Path(env["POLICYGUIDE_DATA_DIR"], "memo.pdf").write_bytes(memo)
            again = cookie | {"If-None-Match": headers["etag"]}
            floor = (FILE, cookie, 200)
            rows = {
                "stored memo": ratio(port, (MEMO, cookie, 200), floor),
                "stored memo, 304": ratio(port, (MEMO, again, 304), floor),
            }
            print(f"{'':26}{'req/s':>8}{'file':>8}{'ratio':>8}")
            for name, (ours, theirs, against) in rows.items():
                print(f"{name:26}{ours:8.0f}{theirs:8.0f}{against:8.2f}")
            print(f"memo {len(memo)} bytes, server process {memory_mb(pid):.0f} MB")


if __name__ == "__main__":
    main()
