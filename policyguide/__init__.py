"""policyguide explains LinkedIn's generative-AI data terms to law firms.

Each package may import only what stands to its right:

    web → notices → memos → firms → policy → guidance

`guidance` is the product: a pure function from what the terms say and who asks to an
answer in which every statement of fact carries a quotation. The others keep records
(`policy`, `firms`, `memos`) and turn requests into pages (`web`).
"""
