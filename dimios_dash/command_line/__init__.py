"""The commands. Heavy libraries are imported inside them, so that asking for help is quick."""

from __future__ import annotations

import typer

from dimios_dash.command_line import accounts, erasing, results, rotating, running, signing, watching

app = typer.Typer(
    help="Dimios Dash: kommandon för driften och för att flytta in från ett annat verktyg.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # they would print local variables: passwords and answers live there
)
app.command(help="Läs in en tidigare mätning med dess svar och publicera den.")(results.import_measurement)
app.command(help="Spara allt som är publicerat av en mätning, fritexterna som de skrevs.")(results.export_release)
app.command(help="Räkna om ett resultat efter ett fel i programmet, inom 14 dagar.")(results.recalculate_release)
app.command(help="Jämför en organisations publicerade år med varandra på nytt.")(results.compare_years)
app.command(help="Räkna om jämförelserna med andra organisationer för ett år.")(results.compute_benchmarks)
app.command(help="Lägg upp en ny organisation.")(accounts.create_organisation)
app.command(help="Lägg upp någon som ska logga in i en organisation.")(accounts.create_user)
app.command(help="Lägg upp någon som sköter driften.")(accounts.create_operator)
app.command(help="Starta webbplatsen och det som arbetar bakom den.")(running.serve)
app.command(help="Gör nyckeln som mejlen signeras med (DKIM), och skriv ut vad som ska stå i DNS.")(signing.dkim_record)
app.command(help="Kör bara det som arbetar bakom webbplatsen: mejl, publicering.")(running.worker)
app.command(help="Skapa databasen, eller uppdatera den till den här versionen.")(running.migrate)
app.command(help="Visa det som driften behöver titta på.")(watching.incidents)
app.command(help="Byt huvudnyckeln, medan allt annat arbetar.")(rotating.rotate_master_key)
app.command(help="Byt en organisations nyckel, medan alla arbetar.")(rotating.rotate_organisation_key)
app.command(help="Radera en organisation för alltid, med intyg.")(erasing.erase_organisation)
app.command(help="Kontrollera ett intyg om radering.")(erasing.verify_certificate)
app.command(help="Fyll på med en påhittad demo.")(running.demo)
