"""Forms of the desk: a change, its entries, the quotations they rest on."""
