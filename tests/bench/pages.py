"""How fast the pages are, against the least that a signed-in page can do.

python -m tests.bench.pages
"""

from tests.bench.server import (
    fetch,
    installation,
    memory_mb,
    ratio,
    serving,
    session_cookie,
)

FIRM = "/firms/hale-marsh/"
SESSION = "/bench/session/hale-marsh/"


def main() -> None:
    with installation() as env:
        cookie = session_cookie(env, "marketing@hale.example")
        with serving(env) as (port, pid):
            signed_in = {"Cookie": cookie, "Accept-Encoding": "gzip"}
            anybody = {"Accept-Encoding": "gzip"}
            _status, body, headers = fetch(port, "/", anybody)
            again = anybody | {"If-None-Match": headers["etag"]}
            _status, firm, headers = fetch(port, FIRM, signed_in)
            firm_again = signed_in | {"If-None-Match": headers["etag"]}
            floor = (SESSION, signed_in, 200)
            rows = {
                "firm page, signed in": ratio(port, (FIRM, signed_in, 200), floor),
                "firm page, 304": ratio(port, (FIRM, firm_again, 304), floor),
                "public page": ratio(port, ("/", anybody, 200), floor),
                "public page, 304": ratio(port, ("/", again, 304), floor),
            }
            print(f"{'':26}{'req/s':>8}{'floor':>8}{'ratio':>8}")
            for name, (ours, theirs, against) in rows.items():
                print(f"{name:26}{ours:8.0f}{theirs:8.0f}{against:8.2f}")
            print(
                f"public page {len(body)} bytes, firm page {len(firm)} bytes, gzipped"
            )
            print(f"server process {memory_mb(pid):.0f} MB")


if __name__ == "__main__":
    main()
