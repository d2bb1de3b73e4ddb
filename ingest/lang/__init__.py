"""The languages: one TOML file of words and rules each, and the algorithms that no list can hold."""
