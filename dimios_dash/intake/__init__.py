"""The files that customers bring (CSV and Excel), read into rows and findings. No SQL, no web."""
