package puntari.opportunity.technology_test

import data.puntari.opportunity.technology
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in technology[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in technology[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in technology[row]}

_rows := {
	"OPP-TEC-01 pass: CSV, JSON or another open format": ["is.release.formats.open_machine_readable"],
	"OPP-TEC-01 concern: a spreadsheet or a shape file": ["is.release.formats.office_or_shape"],
	"OPP-TEC-02 na: closed to the public": ["is.release.mode.closed"],
	"OPP-TEC-02 pass: bulk download and a documented interface": [
		"is.release.bulkDownload.yes",
		"is.release.apiExists.yes",
		"is.release.apiDocumented.yes",
	],
	"OPP-TEC-02 pass: bulk download of data that changes less than daily": [
		"is.release.bulkDownload.yes",
		"isnt.dataset.accrualPeriodicity.daily_or_more",
	],
	"OPP-TEC-02 concern: bulk download": ["is.release.bulkDownload.yes"],
	"OPP-TEC-02 concern: an interface": ["is.release.apiExists.yes"],
	"OPP-TEC-03 na: summaries have no identifiers": ["is.dataset.granularity.summary"],
	"OPP-TEC-03 pass: a shared key and a key of its own": [
		"is.schema.joinKeys.shared_key",
		"is.schema.primaryKey.size.highest: 1, not 0",
	],
	"OPP-TEC-03 concern: a key of its own": ["is.schema.primaryKey.size.highest: 1, not 0"],
	"OPP-TEC-03 concern: a key to join by": ["is.schema.joinKeys.size.highest: 1, not 0"],
	"OPP-TEC-04 na: not published at all": ["is.release.mode.unpublished"],
	"OPP-TEC-04 pass: the score for good": ["is.release.metadataScore.highest: 221, not 220"],
	"OPP-TEC-04 concern: the score for sufficient": ["is.release.metadataScore.highest: 121, not 120"],
}

_no_row := {
	"OPP-TEC-01 fail: PDF only": ["is.release.formats.PDF"],
	"OPP-TEC-02 fail: neither download nor interface": [
		"is.release.bulkDownload.no",
		"is.release.apiExists.no",
		"isnt.dataset.accrualPeriodicity.daily_or_more",
	],
	"OPP-TEC-03 fail: no keys": [
		"is.schema.primaryKey.size.highest: 0",
		"is.schema.joinKeys.size.highest: 0",
		"isnt.dataset.granularity.summary",
	],
	"OPP-TEC-04 fail: a score of 120": ["is.release.metadataScore.highest: 120", "isnt.release.mode.unpublished"],
}
