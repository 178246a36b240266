package puntari.opportunity.comparability_test

import data.puntari.opportunity.comparability
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in comparability[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in comparability[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in comparability[row]}

_rows := {
	"OPP-COM-01 pass: a standard or shared model with the specification named": [
		"is.benefit.sharedModel.standardised",
		"proven.release.conformsTo.size.highest: 1, not 0",
	],
	"OPP-COM-01 concern: a model of the city's own, documented": ["is.benefit.sharedModel.documented"],
	"OPP-COM-02 pass: two other cities publish the same model": [
		"is.benefit.citiesPublishingSame.highest: 2, not 1",
		"is.benefit.sharedModel.documented",
	],
	"OPP-COM-02 concern: one other city": ["is.benefit.citiesPublishingSame.highest: 1, not 0"],
}

_no_row := {
	"OPP-COM-01 fail: no shared model": [
		"is.benefit.sharedModel.none",
		"proven.release.conformsTo.size.highest: 1",
	],
	"OPP-COM-02 fail: nobody else": [
		"is.benefit.citiesPublishingSame.highest: 0",
		"is.benefit.sharedModel.documented",
	],
}
