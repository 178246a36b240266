package puntari.opportunity.sustainability_test

import data.puntari.opportunity.sustainability
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in sustainability[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in sustainability[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in sustainability[row]}

_rows := {
	"OPP-SUS-01 na: one file that never changes": [
		"is.maintenance.automation.one_off",
		"is.dataset.accrualPeriodicity.NEVER",
	],
	"OPP-SUS-01 pass: an owner and two years of funding": [
		"is.maintenance.owner.set",
		"proven.maintenance.fundedUntil.months.highest: 24, not 23",
	],
	"OPP-SUS-01 pass: an owner and one day's work a year": [
		"is.maintenance.owner.set",
		"is.maintenance.annualCostHours.lowest: 8, not 9",
	],
	"OPP-SUS-01 concern: an owner": ["is.maintenance.owner.set"],
	"OPP-SUS-02 pass: runs by itself": ["is.maintenance.automation.effortless"],
	"OPP-SUS-02 concern: half by itself": ["is.maintenance.automation.semi"],
	"OPP-SUS-02 concern: by hand, a few times a year": [
		"is.maintenance.automation.manual",
		"is.dataset.accrualPeriodicity.infrequent",
	],
	"OPP-SUS-03 na: a duty to publish does not look at cost": ["is.benefit.statutoryDuty.any_duty"],
	"OPP-SUS-03 pass: one week to open and two hours a month to keep": [
		"is.maintenance.openingCostHours.lowest: 40, not 41",
		"is.maintenance.annualCostHours.lowest: 24, not 25",
	],
	"OPP-SUS-03 pass: saves as many hours as it costs": [
		"proven.benefit.hoursSavedPerYear.highest: 10, not 9",
		"proven.maintenance.annualCostHours.lowest: 10, not 11",
	],
	"OPP-SUS-03 concern: a month to open": ["is.maintenance.openingCostHours.lowest: 160, not 161"],
	"OPP-SUS-03 concern: the value is high": ["proven.value.score.highest: 60, not 59"],
}

_no_row := {
	"OPP-SUS-01 fail: money without an owner": [
		"isnt.maintenance.owner.set",
		"proven.maintenance.fundedUntil.months.highest: 36",
	],
	"OPP-SUS-02 fail: by hand, every day": [
		"is.maintenance.automation.manual",
		"is.dataset.accrualPeriodicity.DAILY",
	],
	"OPP-SUS-03 fail: dear to open, and of little value": [
		"is.maintenance.openingCostHours.lowest: 161",
		"is.maintenance.annualCostHours.lowest: 24",
		"proven.maintenance.annualCostHours.lowest: 24",
		"proven.benefit.hoursSavedPerYear.highest: 23",
		"proven.value.score.highest: 59",
		"isnt.benefit.statutoryDuty.any_duty",
	],
}
