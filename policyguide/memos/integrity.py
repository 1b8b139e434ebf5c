"""Whether memos are still what was issued: bytes, data and profile against hashes."""

from io import BytesIO

from pikepdf import PdfError
from pikepdf import open as open_pdf

from policyguide.guidance.canonical import sha256_of
from policyguide.memos.document import DATA
from policyguide.memos.models import Altered, Memo, Original
from policyguide.policy.integrity import Kind


def kinds() -> tuple[Kind, ...]:
    memos = Memo.across_firms.select_related("firm", "original")
    return (Kind(name="memos", rows=memos, fault=_of_memo),)


def _of_memo(memo: Memo) -> str:
    if sha256_of(memo.profile) != memo.profile_sha256:
        return "its profile is not the firm's as it was"
    return _of_original(memo.original) if memo.is_issued else ""


def _of_original(original: Original) -> str:
    try:
        pdf = original.as_issued()
        data = _attached_data(pdf)
    except Altered:
        return "its PDF does not have the hash it was issued with"
    except (PdfError, KeyError):
        return f"its PDF holds no {DATA}"
    if len(pdf) != original.size:
        return "its PDF is of another size"
    if data != original.guidance.encode():
        return f"its guidance is not the {DATA} inside its PDF"
    return ""


def _attached_data(pdf: bytes) -> bytes:
    with open_pdf(BytesIO(pdf)) as opened:
        return opened.attachments[DATA].get_file().read_bytes()
