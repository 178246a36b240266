package puntari.opportunity.demand_test

import data.puntari.opportunity.demand
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in demand[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in demand[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in demand[row]}

_rows := {
	"OPP-DEM-01 na: a duty to publish makes requests needless": ["is.benefit.statutoryDuty.any_duty"],
	"OPP-DEM-01 pass: as many requests as the policy wants": ["is.demand.requests24m.highest: 7, not 6"],
	"OPP-DEM-01 pass: two requests from two kinds of requesters": [
		"is.demand.requests24m.highest: 2, not 1",
		"proven.demand.requesterTypes.company",
		"proven.demand.requesterTypes.media",
	],
	"OPP-DEM-01 concern: one request": ["is.demand.requests24m.highest: 1, not 0"],
	"OPP-DEM-02 pass: a use with a letter, pilot or product": ["is.demand.useCases.evidence.shown"],
	"OPP-DEM-02 concern: a use with a stated need": ["is.demand.useCases.evidence.stated_need"],
	"OPP-DEM-02 concern: two uses": ["is.demand.useCases.size.highest: 2, not 1"],
	"OPP-DEM-03 pass: users took part in a workshop or the like": ["is.demand.userConsultation.dialogue"],
	"OPP-DEM-03 concern: users were asked in a survey": ["is.demand.userConsultation.survey"],
	"OPP-DEM-04 pass: nothing else serves the need": ["is.demand.substitutes.none"],
	"OPP-DEM-04 pass: a full substitute that is less authoritative": [
		"is.demand.substitutes.full",
		"proven.quality.authoritative.authoritative",
	],
	"OPP-DEM-04 concern: a partial substitute": ["is.demand.substitutes.partial"],
}

_no_row := {
	"OPP-DEM-01 fail: nobody has asked": [
		"is.demand.requests24m.highest: 0",
		"isnt.benefit.statutoryDuty.any_duty",
		"proven.demand.requesterTypes.company",
		"proven.demand.requesterTypes.media",
	],
	"OPP-DEM-02 fail: one use without evidence": [
		"is.demand.useCases.evidence.none",
		"is.demand.useCases.size.highest: 1",
	],
	"OPP-DEM-03 fail: users not asked": ["is.demand.userConsultation.none"],
	"OPP-DEM-04 fail: a full substitute from the authority itself": [
		"is.demand.substitutes.full",
		"proven.quality.authoritative.derived",
	],
}
