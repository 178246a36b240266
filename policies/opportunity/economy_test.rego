package puntari.opportunity.economy_test

import data.puntari.opportunity.economy
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in economy[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in economy[row] with input as miss with data.params as testing.params
	}
}

# An item fails when no row holds.
test_no_row[name] if {
	some name, facts in _no_row
	[id, "fail"] = testing.subject(name)
	_holding(id) == set() with input as testing.input_of(facts) with data.params as testing.params
}

# No row holds by silence.
test_silence[name] if {
	some id in {id | some case, _ in _rows; [id, _] := testing.subject(case)}
	name := concat(" ", [id, "unknown: nothing is known"])
	_holding(id) == set() with input as {} with data.params as testing.params
}

_holding(id) := {row | some row in testing.rows; id in economy[row]}

_rows := {
	"OPP-ECO-01 pass: a model that reuses the data and a sector that wants it": [
		"is.benefit.businessModels.reuse_models",
		"proven.benefit.sectors.size.highest: 1, not 0",
	],
	"OPP-ECO-01 concern: any business model": ["is.benefit.businessModels.any_model"],
	"OPP-ECO-02 pass: a regional market or wider": ["is.benefit.marketScope.beyond_local"],
	"OPP-ECO-02 concern: a local market": ["is.benefit.marketScope.local"],
	"OPP-ECO-03 na: only of interest to watch the government": [
		"isnt.dataset.theme.other_than_government",
		"is.benefit.transparency.substantial",
	],
	"OPP-ECO-03 pass: a company with a letter, pilot or product": [
		"is.demand.useCases.entries.0.is.actor.business",
		"is.demand.useCases.entries.0.is.evidence.shown",
	],
	"OPP-ECO-03 concern: a company has asked": ["is.demand.requesterTypes.business"],
	"OPP-ECO-03 concern: a company has a use": ["is.demand.useCases.actor.business"],
	"OPP-ECO-04 pass: open, free and for everybody": [
		"is.rights.licence.open",
		"is.rights.fee.free",
		"is.rights.exclusiveArrangement.no",
	],
	"OPP-ECO-04 concern: open and for everybody at marginal cost": [
		"is.rights.licence.open",
		"is.rights.fee.marginal_cost",
		"is.rights.exclusiveArrangement.no",
	],
}

_no_row := {
	"OPP-ECO-01 fail: no model though sectors are named": [
		"is.benefit.businessModels.none_identified",
		"proven.benefit.sectors.size.highest: 2",
	],
	"OPP-ECO-02 fail: one user": ["is.benefit.marketScope.single_user"],
	"OPP-ECO-03 fail: only citizens have asked": [
		"is.demand.requesterTypes.citizen",
		"is.demand.useCases.entries.0.is.actor.citizen",
		"is.demand.useCases.entries.0.is.evidence.shown",
		"is.dataset.theme.other_than_government",
	],
	"OPP-ECO-04 fail: a fee above the cost": [
		"is.rights.licence.open",
		"is.rights.fee.above_marginal",
		"is.rights.exclusiveArrangement.no",
	],
}
