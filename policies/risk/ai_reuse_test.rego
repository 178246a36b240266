package puntari.risk.ai_reuse_test

import data.puntari.risk.ai_reuse
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in ai_reuse[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in ai_reuse[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in ai_reuse[row]}

_rows := {
	"RISK-AIR-01 fail: scoring is expected and no notice is given": [
		"is.impact.scoringOrEnforcementUse.yes",
		"unproven.release.aiReuseNotice.yes",
	],
	"RISK-AIR-01 na: things that nobody scores": [
		"is.personalData.sourceRelatesToPersons.no",
		"is.dataset.rowSubject.thing",
		"isnt.dataset.granularity.area_aggregate",
		"is.impact.scoringOrEnforcementUse.no",
	],
	"RISK-AIR-01 concern: scoring is expected": ["is.impact.scoringOrEnforcementUse.yes"],
}

_no_row := {
	"RISK-AIR-01 pass: areas of a source without people, no scoring": [
		"is.personalData.sourceRelatesToPersons.no",
		"is.dataset.granularity.area_aggregate",
		"is.impact.scoringOrEnforcementUse.no",
		"unproven.release.aiReuseNotice.yes",
	],
}
