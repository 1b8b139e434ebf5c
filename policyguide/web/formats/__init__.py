"""How dates and numbers look, by language, where Django's own form is not wanted."""
