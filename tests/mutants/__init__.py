"""The tests of tenancy, tested: each rule is taken out in turn, and a test must fail.

    python -m tests.mutants [PART OF A NAME]

Rules are taken out of the running program, so that one database serves for all.
"""
