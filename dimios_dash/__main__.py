"""`python -m dimios_dash …`: for operators, and for moving in from another tool."""

from __future__ import annotations

from dimios_dash.command_line import app

if __name__ == "__main__":
    app(prog_name="python -m dimios_dash")
