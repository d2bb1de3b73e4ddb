"""The pages of the knowledge base inside Datasette; `kb.plugin` hangs them in."""
