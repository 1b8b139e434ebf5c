"""HTTP in, HTML out. No tables; may import everything below.

A view asks who may see it, makes one domain call and hands the answer to a template.
"""
