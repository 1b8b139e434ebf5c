"""The record of what was issued: a memo's bytes never change.

May import `firms`, `policy` and `guidance`. Only `pdf` and its child process know
WeasyPrint.
"""
