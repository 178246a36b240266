package puntari.risk.operations_test

import data.puntari.risk.operations
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in operations[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in operations[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in operations[row]}

_rows := {
	"RISK-OPS-01 fail: no owner": ["isnt.maintenance.owner.set"],
	"RISK-OPS-01 fail: the source ends within a year in a service meant to stay": [
		"proven.maintenance.sourceSystemEnd.months.lowest: 12, not 13",
		"unproven.release.availability.passing",
	],
	"RISK-OPS-01 na: one file that never changes": ["is.maintenance.automation.one_off"],
	"RISK-OPS-01 concern: the source ends within two years": [
		"proven.maintenance.sourceSystemEnd.months.lowest: 24, not 25",
	],
	"RISK-OPS-02 fail: people, and no plan to take back": [
		"is.release.retractionPlan.no",
		"is.personalData.sourceRelatesToPersons.yes",
	],
	"RISK-OPS-02 na: street lights or park benches": testing.plain_things,
	"RISK-OPS-02 na: neither people nor assets": array.concat(testing.nobody, [
		"isnt.security.assetClasses.asset",
	]),
	"RISK-OPS-02 concern: no plan to take back": ["is.release.retractionPlan.no"],
	"RISK-OPS-03 fail: people through an interface without any guard": [
		"is.release.apiExists.yes",
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
		"isnt.release.apiGuards.any_guard",
	],
	"RISK-OPS-03 na: no interface": ["is.release.apiExists.no"],
	"RISK-OPS-03 na: nobody in the release": testing.nobody,
	"RISK-OPS-03 concern: no limit on the rate of queries": ["isnt.release.apiGuards.rate_limit"],
	"RISK-OPS-03 concern: nobody watches": ["isnt.release.apiGuards.monitoring"],
	"RISK-OPS-03 concern: single rows can be asked for": ["isnt.release.apiGuards.aggregate_only"],
	"RISK-OPS-03 concern: small queries can be asked for": ["isnt.release.apiGuards.min_query_size"],
	"RISK-OPS-04 fail: formulas in cells, not escaped": [
		"is.profile.formulaLikeCells.highest: 1, not 0",
		"unproven.release.integrityMeasures.formula_escape",
	],
	"RISK-OPS-04 na: no text": ["no_column.contentKind.text"],
	"RISK-OPS-04 concern: readers cannot check the file": ["unproven.release.integrityMeasures.verifiable"],
}

_no_row := {
	"RISK-OPS-01 pass: an owner, and the source stays two years": [
		"is.maintenance.owner.set",
		"proven.maintenance.sourceSystemEnd.months.lowest: 25",
		"unproven.release.availability.passing",
	],
	"RISK-OPS-02 pass: people, and a plan to take back": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.release.retractionPlan.yes",
	],
	"RISK-OPS-03 pass: people through a guarded interface": [
		"is.release.apiExists.yes",
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
		"is.release.apiGuards.any_guard",
		"isnt.release.apiGuards.none",
	],
	"RISK-OPS-04 pass: text, formulas none, checksums given": [
		"some_column.contentKind.text",
		"is.profile.formulaLikeCells.highest: 0",
		"unproven.release.integrityMeasures.formula_escape",
		"is.release.integrityMeasures.verifiable",
	],
}
