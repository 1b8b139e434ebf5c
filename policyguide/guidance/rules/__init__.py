"""One question of a law firm each: select, order, join and count; never word."""
