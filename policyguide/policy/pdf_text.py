"""The text of a PDF on standard input, to standard output: a process with limits."""

import resource
import sys
from io import BytesIO

from pypdf import PdfReader

MOST_MEMORY = 600 * 1024 * 1024
MOST_SECONDS = 15
MOST_PAGES = 200


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    pages = PdfReader(BytesIO(sys.stdin.buffer.read())).pages[:MOST_PAGES]
    text = "\n".join(page.extract_text() for page in pages)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
