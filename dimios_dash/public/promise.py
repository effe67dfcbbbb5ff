"""/sa-skyddas-svaren: what protects those who answer, in plain words, and what no rule can prevent."""

from __future__ import annotations

from flask import Blueprint, render_template

from dimios_dash.web import surroundings

blueprint = Blueprint("promise", __name__, template_folder="templates")


@blueprint.get("/sa-skyddas-svaren")
def promise() -> str:
    """The same for everybody; nothing is looked up."""
    return render_template("promise.html", support=surroundings().settings.support_address)
