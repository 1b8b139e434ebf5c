"""Pictures of a guidance: what stands in them is what the guidance says.

Each module computes where things go; a template of `templates/pictures/` draws it. No
picture says anything that the text beside it does not.
"""
