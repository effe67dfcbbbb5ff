"""The three steps of the method: respondents, measurement, and its end."""
