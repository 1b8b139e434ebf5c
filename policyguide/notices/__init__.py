"""Who is told of a change, and that they were.

It reads the record, the firms and the memos, and is the only package that sends mail.
"""
