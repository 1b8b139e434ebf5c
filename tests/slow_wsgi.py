"""The server's application, with an address that takes its time."""

import time

from policyguide.wsgi import application as real


def application(environ, start_response):
    if environ["PATH_INFO"] != "/slow":
        return real(environ, start_response)
    print("begun", flush=True)  # noqa: T201 - told to the test
    time.sleep(2)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"finished"]
