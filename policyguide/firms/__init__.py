"""Who asks: people, firms, and who belongs to which.

May import `policy` and `guidance`. Rights are read from `Membership` at every request.
"""
