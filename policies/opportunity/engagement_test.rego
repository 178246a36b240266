package puntari.opportunity.engagement_test

import data.puntari.opportunity.engagement
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in engagement[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in engagement[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in engagement[row]}

_rows := {
	"OPP-ENG-01 pass: a channel for feedback and developers supported": [
		"is.maintenance.feedbackChannel.yes",
		"is.maintenance.engagementPlan.active",
	],
	"OPP-ENG-01 concern: a channel for feedback": ["is.maintenance.feedbackChannel.yes"],
	"OPP-ENG-02 na: not published at all": ["is.release.mode.unpublished"],
	"OPP-ENG-02 pass: on a national or European portal": ["is.release.portals.national_or_eu"],
	"OPP-ENG-02 concern: on the city's own portal": ["is.release.portals.local"],
	"OPP-ENG-03 pass: use cases followed": ["is.maintenance.reuseMonitoring.cases_followed"],
	"OPP-ENG-03 concern: downloads counted": ["is.maintenance.reuseMonitoring.downloads"],
}

_no_row := {
	"OPP-ENG-01 fail: no channel, though developers are supported": [
		"is.maintenance.feedbackChannel.no",
		"is.maintenance.engagementPlan.active",
	],
	"OPP-ENG-02 fail: published, on no portal": ["is.release.portals.none", "isnt.release.mode.unpublished"],
	"OPP-ENG-03 fail: nothing followed": ["is.maintenance.reuseMonitoring.none"],
}
