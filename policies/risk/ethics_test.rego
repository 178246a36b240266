package puntari.risk.ethics_test

import data.puntari.risk.ethics
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in ethics[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in ethics[row] with input as miss with data.params as testing.params
	}
}

# An item passes when no row holds.
test_no_row[name] if {
	some name, facts in _no_row
	[id, "pass"] = testing.subject(name)
	_holding(id) == set() with input as testing.input_of(facts) with data.params as testing.params
}

# No row holds by silence.
test_silence[name] if {
	some id in {id | some case, _ in _rows; [id, _] := testing.subject(case)}
	name := concat(" ", [id, "unknown: nothing is known"])
	_holding(id) == set() with input as {} with data.params as testing.params
}

_holding(id) := {row | some row in testing.rows; id in ethics[row]}

_rows := {
	"RISK-ETH-01 fail: likely, and the groups were not heard": [
		"is.impact.stigmatisation.high",
		"isnt.impact.groupsConsulted.yes",
	],
	"RISK-ETH-01 fail: likely, and nobody has planned what to say": [
		"is.impact.stigmatisation.high",
		"isnt.impact.communicationsPlan.yes",
	],
	"RISK-ETH-01 na: nobody, no areas, no stigma": array.concat(testing.nobody, [
		"isnt.dataset.granularity.area_or_household",
		"is.impact.stigmatisation.none",
	]),
	"RISK-ETH-01 concern: possible": ["is.impact.stigmatisation.raised"],
	"RISK-ETH-02 fail: people would be taken by surprise": ["is.personalData.expectation.surprising"],
	"RISK-ETH-02 fail: likely to react, and nothing planned to say": [
		"is.impact.publicSensitivity.high",
		"is.impact.communicationsPlan.no",
	],
	"RISK-ETH-02 na: nobody, and no strong feelings": array.concat(testing.nobody, [
		"is.impact.publicSensitivity.low",
	]),
	"RISK-ETH-02 concern: possible": ["is.impact.publicSensitivity.raised"],
}

_no_row := {
	"RISK-ETH-01 pass: little stigma, nobody consulted": [
		"is.impact.stigmatisation.low",
		"isnt.impact.groupsConsulted.yes",
		"isnt.impact.communicationsPlan.yes",
	],
	"RISK-ETH-02 pass: expected, and no strong feelings": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.expectation.expected",
		"is.impact.publicSensitivity.low",
		"is.impact.communicationsPlan.no",
	],
}
