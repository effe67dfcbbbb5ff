"""Everything that knows SQL: models, queries (reads), commands (changes), migrations, the embedded server."""
