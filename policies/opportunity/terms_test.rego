package puntari.opportunity.terms_test

import data.puntari.opportunity.terms
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in terms[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in terms[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in terms[row]}

_rows := {
	"OPP-LEG-01 pass: CC BY or CC0": ["is.rights.licence.standard_open"],
	"OPP-LEG-01 concern: another open licence": ["is.rights.licence.other_open"],
	"OPP-LEG-02 pass: open, limits told, and no people in the source": [
		"is.rights.licence.open",
		"is.quality.limitationsStatement.yes",
		"is.personalData.sourceRelatesToPersons.no",
	],
	"OPP-LEG-02 pass: open, limits told, and finding people forbidden": [
		"is.rights.licence.open",
		"is.quality.limitationsStatement.yes",
		"is.release.reidentificationBan.yes",
	],
	"OPP-LEG-02 concern: open licence": ["is.rights.licence.open"],
	"OPP-LEG-02 concern: limits told": ["is.quality.limitationsStatement.yes"],
	"OPP-LEG-02 concern: finding people forbidden": ["is.release.reidentificationBan.yes"],
}

_no_row := {
	"OPP-LEG-01 fail: no open licence": ["is.rights.licence.closed"],
	"OPP-LEG-02 fail: closed, nothing told or forbidden": [
		"is.rights.licence.closed",
		"is.quality.limitationsStatement.no",
		"is.release.reidentificationBan.no",
		"is.personalData.sourceRelatesToPersons.no",
	],
}
