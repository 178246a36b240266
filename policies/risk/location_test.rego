package puntari.risk.location_test

import data.puntari.risk.location
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in location[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in location[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in location[row]}

_rows := {
	"RISK-LOC-01 fail: homes by address": [
		"columns.0.is.spatialSubject.people",
		"columns.0.is.spatialUnit.finer_than_250m",
	],
	"RISK-LOC-01 fail: homes by postal code, an area of nine people": [
		"columns.0.is.spatialSubject.people",
		"columns.0.is.spatialUnit.small_area",
		"is.spatial.minPopulationPerUnit.lowest: 9, not 10",
	],
	"RISK-LOC-01 na: no homes, people or offences": array.concat(testing.nobody, [
		"isnt.personalData.criminalOffenceData.yes",
		"no_column.specialCategory.criminal_offence",
		"no_column.inferableSpecialCategory.criminal_offence",
	]),
	"RISK-LOC-01 na: neither homes nor places of events": [
		"no_column.spatialSubject.people",
		"no_column.spatialSubject.event_place",
	],
	"RISK-LOC-01 concern: homes by postal code, an area of few residents": [
		"columns.0.is.spatialSubject.people",
		"columns.0.is.spatialUnit.small_area",
		"is.spatial.minPopulationPerUnit.lowest: 199, not 200",
	],
	"RISK-LOC-01 concern: places of events by address": [
		"columns.0.is.spatialSubject.event_place",
		"columns.0.is.spatialUnit.pinpoint",
	],
	"RISK-LOC-02 fail: routes of people, not aggregated": [
		"is.spatial.trajectories.yes",
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.aggregated",
	],
	"RISK-LOC-02 fail: routes of people in small cells": [
		"is.spatial.trajectories.yes",
		"is.personalData.sourceRelatesToPersons.yes",
		"is.disclosureControl.minCellCount.lowest: 5, not 6",
	],
	"RISK-LOC-02 fail: several points for one person": [
		"is.personalData.releaseLevel.record_level",
		"is.spatial.pointsPerSubject.highest: 2, not 1",
	],
	"RISK-LOC-02 fail: a few own events single people out": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.profile.trackUniqueShare.highest: 0.2, not 0.1",
	],
	"RISK-LOC-02 concern: a few own events single somebody out": [
		"is.personalData.releaseLevel.record_level",
		"is.profile.trackUniqueShare.highest: 1, not 0",
	],
	"RISK-LOC-02 na: no movements": ["is.spatial.trajectories.no"],
	"RISK-LOC-02 concern: routes of people": [
		"is.spatial.trajectories.yes",
		"is.personalData.sourceRelatesToPersons.yes",
	],
	"RISK-LOC-03 fail: single people by the minute": [
		"is.personalData.releaseLevel.record_level",
		"some_column.temporalPrecision.exact",
	],
	"RISK-LOC-03 fail: quiet slots given out at once": [
		"is.temporal.lowCountSlots.yes",
		"is.temporal.releaseLag.days.lowest: 0, not 1",
	],
	"RISK-LOC-03 na: no fine times and no quiet slots": [
		"no_column.temporalPrecision.fine",
		"is.temporal.lowCountSlots.no",
	],
	"RISK-LOC-03 concern: single people by the hour": [
		"is.personalData.releaseLevel.record_level",
		"some_column.temporalPrecision.hour",
	],
	"RISK-LOC-03 concern: quiet slots": ["is.temporal.lowCountSlots.yes"],
}

_no_row := {
	"RISK-LOC-01 pass: homes by postal code, areas with enough residents": [
		"columns.0.is.spatialSubject.people",
		"columns.0.is.spatialUnit.small_area",
		"is.spatial.minPopulationPerUnit.lowest: 200",
	],
	"RISK-LOC-02 pass: one point for each person, and no routes said": [
		"is.personalData.releaseLevel.record_level",
		"is.spatial.pointsPerSubject.highest: 1",
		"is.personalData.sourceRelatesToPersons.yes",
	],
	"RISK-LOC-03 pass: counts by the hour, published a day late": [
		"some_column.temporalPrecision.hour",
		"isnt.personalData.releaseLevel.record_level",
		"is.temporal.lowCountSlots.no",
		"is.temporal.releaseLag.days.lowest: 1",
	],
}
