package puntari.opportunity.strategy_test

import data.puntari.opportunity.strategy
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in strategy[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in strategy[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in strategy[row]}

_rows := {
	"OPP-STR-01 na: not a high-value dataset": ["is.dataset.hvdCategory.none"],
	"OPP-STR-01 pass: interface, bulk download, open licence and the act named": [
		"is.dataset.hvdCategory.hvd",
		"is.release.apiExists.yes",
		"is.release.bulkDownload.yes",
		"is.rights.licence.standard_open",
		"proven.dataset.applicableLegislation.hvd_regulation",
	],
	"OPP-STR-01 concern: a high-value dataset": ["is.dataset.hvdCategory.hvd"],
	"OPP-STR-02 na: no duty and nothing live": [
		"isnt.benefit.statutoryDuty.duty_beyond_hvd",
		"isnt.dataset.accrualPeriodicity.live",
	],
	"OPP-STR-02 pass: a duty, and the data is not live": [
		"is.benefit.statutoryDuty.duty_beyond_hvd",
		"isnt.dataset.accrualPeriodicity.live",
	],
	"OPP-STR-02 pass: a duty, and the live data has an interface": [
		"is.benefit.statutoryDuty.duty_beyond_hvd",
		"is.release.apiExists.yes",
	],
	"OPP-STR-02 concern: a duty": ["is.benefit.statutoryDuty.duty_beyond_hvd"],
	"OPP-STR-02 concern: live data": ["is.dataset.accrualPeriodicity.live"],
	"OPP-STR-03 pass: a link with a reference": ["is.benefit.strategyLinks.reference.set"],
	"OPP-STR-03 concern: a link without a reference": ["is.benefit.strategyLinks.size.highest: 1, not 0"],
}

_no_row := {
	"OPP-STR-01 fail: not a known category": [
		"isnt.dataset.hvdCategory.hvd",
		"is.release.apiExists.yes",
		"is.release.bulkDownload.yes",
		"is.rights.licence.standard_open",
	],
	"OPP-STR-02 fail: a duty of another kind only": [
		"is.benefit.statutoryDuty.hvd",
		"isnt.benefit.statutoryDuty.duty_beyond_hvd",
		"is.release.apiExists.yes",
	],
	"OPP-STR-03 fail: no link": ["is.benefit.strategyLinks.size.highest: 0"],
}
