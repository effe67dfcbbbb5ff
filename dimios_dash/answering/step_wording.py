"""What the script alone says: it shows one part of the form at a time and keeps what is filled in.

The script fills in what stands in braces.
"""

from __future__ import annotations

from typing import Final

from dimios_dash.translations import N_

STEP_WORDS: Final = {
    "start": N_("Börja"),
    "next": N_("Nästa"),
    "back": N_("Tillbaka"),
    "part": N_("Del {n} av {all}"),
    "answered": N_("{n} av {all} besvarade"),
    "minutes": N_("ungefär {n} minuter kvar"),
    "a_minute": N_("ungefär en minut kvar"),
    "under_a_minute": N_("mindre än en minut kvar"),
    "keys": N_("Tangenterna 1–6 och {key} väljer svar i den skala du står på."),
    "open": N_("Inget svar än"),
    "one_open": N_("1 påstående saknar svar:"),
    "some_open": N_("{n} påståenden saknar svar:"),
    "role_open": N_("Din roll är inte vald:"),
    "to_the_first": N_("gå till det första"),
    "to_it": N_("gå dit"),
    "go_on": N_("Vill du svara sedan? Tryck på Nästa en gång till."),
    "go_on_role": N_("Vill du välja sedan? Tryck på Börja en gång till."),
    "your_answers": N_("Dina svar"),
    "all_answered": N_("Allt är besvarat. Nu återstår bara att skicka."),
    "kept": N_("Det du fyller i sparas bara i den här webbläsaren, tills svaret har kommit fram."),
    "kept_in_tab": N_("Det du fyller i sparas bara i den här fliken, tills du stänger den."),
    "not_kept": N_("Den här webbläsaren sparar inte det du fyller i. Skicka svaret innan du stänger sidan."),
    "offline": N_("Ingen uppkoppling just nu. Fortsätt gärna: allt sparas i den här webbläsaren."),
    "remove": N_("Ta bort det jag fyllt i"),
    "removed": N_("Det du fyllt i är borttaget"),
    "undo": N_("Ångra"),
    "welcome": N_("Det du fyllde i finns kvar, men är inte skickat än"),
    "welcome_more": N_("{n} av {all} påståenden är besvarade."),
    "carry_on": N_("Fortsätt där du slutade"),
    "elsewhere": N_("Ett svar har skickats från en annan flik"),
    "elsewhere_more": N_("Var det du? Då är du klar och kan stänga den här sidan."),
    "unsent": N_("Det du har fyllt i är inte skickat"),
    "unsent_more": N_("Det finns kvar i den här webbläsaren till {until}, och kan skickas om mätningen förlängs."),
    "stays_kept": N_("Ditt svar är inte skickat. Allt du har valt och skrivit finns kvar i den här webbläsaren."),
}
