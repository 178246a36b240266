package puntari.opportunity.efficiency_test

import data.puntari.opportunity.efficiency
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in efficiency[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in efficiency[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in efficiency[row]}

_rows := {
	"OPP-EFF-01 pass: a delivery every second month": ["is.benefit.manualDeliveriesPerYear.highest: 6, not 5"],
	"OPP-EFF-01 pass: saves as many hours as it costs": [
		"proven.benefit.hoursSavedPerYear.highest: 10, not 9",
		"proven.maintenance.annualCostHours.lowest: 10, not 11",
	],
	"OPP-EFF-01 pass: costs nothing and saves an hour": [
		"proven.benefit.hoursSavedPerYear.highest: 1, not 0",
		"proven.maintenance.annualCostHours.lowest: 0, not 2",
	],
	"OPP-EFF-01 concern: one delivery a year": ["is.benefit.manualDeliveriesPerYear.highest: 1, not 0"],
	"OPP-EFF-02 pass: two units": ["is.benefit.internalUnits.highest: 2, not 1"],
	"OPP-EFF-02 concern: one unit": [
		"is.benefit.internalUnits.lowest: 1, not 2",
		"is.benefit.internalUnits.highest: 1, not 0",
	],
	"OPP-EFF-02 concern: another authority has asked": ["proven.demand.requesterTypes.authority"],
}

_no_row := {
	"OPP-EFF-01 fail: no deliveries, and it costs more hours than it saves": [
		"is.benefit.manualDeliveriesPerYear.highest: 0",
		"proven.benefit.hoursSavedPerYear.highest: 9",
		"proven.maintenance.annualCostHours.lowest: 10",
	],
	"OPP-EFF-02 fail: no other unit": [
		"is.benefit.internalUnits.lowest: 0",
		"is.benefit.internalUnits.highest: 0",
		"proven.demand.requesterTypes.citizen",
	],
}
