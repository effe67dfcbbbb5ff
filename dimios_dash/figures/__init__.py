"""Charts: released cells in, plotly figures out. Pure: no query, no arithmetic of results, no component id."""
