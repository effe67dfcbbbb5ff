"""`python -m dimios_dash.worker`: a worker in a place that is prepared already, as the supervisor starts it."""

from __future__ import annotations

from dimios_dash import logs
from dimios_dash.settings import Settings
from dimios_dash.worker.loop import run

if __name__ == "__main__":
    logs.configure()
    run(Settings())
