/* Administering people and units: appointments, villages from spreadsheets, what a unit declares,
 * days added to the calendar. The table ends with { 0 }; main/ gives it to the router. */
#pragma once

#include "web/route.h"

extern const struct route admin_routes[];
