package puntari.opportunity.quality_test

import data.puntari.opportunity.quality
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

_holding(id) := {row | some row in testing.rows; id in quality[row]}

_rows := {
	"OPP-QUA-01 pass: 95 per cent complete over two years": [
		"is.quality.completenessPct.highest: 95, not 94",
		"proven.dataset.temporalSpan.days.highest: 730, not 729",
	],
	"OPP-QUA-01 concern: 80 per cent complete": ["is.quality.completenessPct.highest: 80, not 79"],
	"OPP-QUA-02 na: one file that never changes": [
		"is.dataset.accrualPeriodicity.NEVER",
		"is.maintenance.automation.one_off",
	],
	"OPP-QUA-02 pass: monthly data, two months old": [
		"is.dataset.accrualPeriodicity.MONTHLY",
		"is.dataset.modified.days.highest: -62, not -63",
	],
	"OPP-QUA-02 concern: monthly data, four months old": [
		"is.dataset.accrualPeriodicity.MONTHLY",
		"is.dataset.modified.days.highest: -124, not -125",
	],
	"OPP-QUA-03 pass: nearly all columns described and known errors told": [
		"is.schema.describedShare.highest: 95, not 94",
		"is.quality.knownIssuesDocumented.yes",
	],
	"OPP-QUA-03 concern: most columns described": ["is.schema.describedShare.highest: 60, not 59"],
	"OPP-QUA-04 na: nothing has been altered": ["no_column.transforms.altering"],
	"OPP-QUA-04 pass: users took part in choosing the detail": ["is.demand.userConsultation.dialogue"],
	"OPP-QUA-04 pass: no value blurred and more than a summary": [
		"no_column.transforms.blurred",
		"isnt.dataset.granularity.summary",
	],
	"OPP-QUA-04 concern: areas or time slots remain": ["is.dataset.granularity.aggregate"],
	"OPP-QUA-04 concern: values recoded into classes": ["some_column.transforms.recoded"],
}

_no_row := {
	"OPP-QUA-01 fail: long, but full of gaps": [
		"is.quality.completenessPct.highest: 79",
		"proven.dataset.temporalSpan.days.highest: 730",
	],
	"OPP-QUA-02 fail: monthly data, half a year old": [
		"is.dataset.accrualPeriodicity.MONTHLY",
		"is.dataset.modified.days.highest: -183",
	],
	"OPP-QUA-03 fail: half of the columns described": [
		"is.schema.describedShare.highest: 59",
		"is.quality.knownIssuesDocumented.yes",
	],
	"OPP-QUA-04 fail: a summary with noise, nobody asked": [
		"some_column.transforms.blurred",
		"is.demand.userConsultation.none",
		"is.dataset.granularity.record",
	],
}
