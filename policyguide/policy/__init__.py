"""What the terms say, and how our record of it changes.

May import `guidance`. Rows become facts in `editions`; only `workflow` and the
`load_edition` command publish.
"""
