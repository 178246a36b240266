package puntari.risk.quality_test

import data.puntari.risk.quality
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in quality[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in quality[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in quality[row]}

_rows := {
	"RISK-QUA-01 fail: easily misread, and no warning": [
		"is.quality.misinterpretationRisk.high",
		"is.quality.limitationsStatement.no",
	],
	"RISK-QUA-01 concern: easily misread": ["is.quality.misinterpretationRisk.high"],
	"RISK-QUA-01 concern: somewhat easily misread, and no warning": [
		"is.quality.misinterpretationRisk.moderate",
		"is.quality.limitationsStatement.no",
	],
	"RISK-QUA-02 fail: errors harm, and nobody takes corrections": [
		"is.quality.errorImpact.high",
		"is.quality.correctionChannel.no",
	],
	"RISK-QUA-02 concern: errors harm, and corrections may not be taken": [
		"is.quality.errorImpact.raised",
		"isnt.quality.correctionChannel.yes",
	],
	"RISK-QUA-02 concern: errors harm, and known errors may not be told": [
		"is.quality.errorImpact.raised",
		"isnt.quality.knownIssuesDocumented.yes",
	],
	"RISK-QUA-03 fail: a bias suspected and not described": ["is.quality.collectionBias.suspected_undocumented"],
	"RISK-QUA-03 na: street lights or park benches": testing.plain_things,
	"RISK-QUA-03 concern: a known bias in scoring or enforcement": [
		"is.quality.collectionBias.documented",
		"is.impact.scoringOrEnforcementUse.yes",
	],
}

_no_row := {
	"RISK-QUA-01 pass: somewhat easily misread, with a warning": [
		"is.quality.misinterpretationRisk.moderate",
		"is.quality.limitationsStatement.yes",
	],
	"RISK-QUA-02 pass: errors harm, corrections taken, known errors told": [
		"is.quality.errorImpact.high",
		"is.quality.errorImpact.raised",
		"is.quality.correctionChannel.yes",
		"is.quality.knownIssuesDocumented.yes",
	],
	"RISK-QUA-03 pass: a known bias, told, and no scoring": [
		"is.quality.collectionBias.documented",
		"is.impact.scoringOrEnforcementUse.no",
	],
}
