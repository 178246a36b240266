package puntari.opportunity.society_test

import data.puntari.opportunity.society
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in society[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in society[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in society[row]}

_rows := {
	"OPP-SOC-01 pass: of some weight": ["is.benefit.transparency.substantial"],
	"OPP-SOC-01 concern: slight": ["is.benefit.transparency.low"],
	"OPP-SOC-02 pass: of some weight": ["is.benefit.societalImpact.substantial"],
	"OPP-SOC-02 concern: slight": ["is.benefit.societalImpact.low"],
	"OPP-SOC-03 pass: of some weight": ["is.benefit.inclusionImpact.substantial"],
	"OPP-SOC-03 concern: slight": ["is.benefit.inclusionImpact.low"],
	"OPP-SOC-04 pass: of some weight": ["is.benefit.researchEducation.substantial"],
	"OPP-SOC-04 concern: slight": ["is.benefit.researchEducation.low"],
}

_no_row := {
	"OPP-SOC-01 fail: none": ["is.benefit.transparency.none"],
	"OPP-SOC-02 fail: none": ["is.benefit.societalImpact.none"],
	"OPP-SOC-03 fail: none": ["is.benefit.inclusionImpact.none"],
	"OPP-SOC-04 fail: none": ["is.benefit.researchEducation.none"],
}
