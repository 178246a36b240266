package puntari.risk.personal_data_test

import data.puntari.risk.personal_data
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in personal_data[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in personal_data[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in personal_data[row]}

_rows := {
	"RISK-PER-01 fail: people can be told apart and no law names them": [
		"is.personalData.releaseLevel.identifiable",
		"isnt.personalData.releaseLevel.record_identifiable",
	],
	"RISK-PER-01 fail: said to be without people, and a row is a person": [
		"is.personalData.sourceRelatesToPersons.no",
		"is.dataset.rowSubject.people",
	],
	"RISK-PER-01 fail: declared without single people, and a column identifies them": [
		"is.personalData.releaseLevel.no_records",
		"some_column.disclosureRole.identifying",
	],
	"RISK-PER-01 fail: declared without single people, and a row is a person's case": [
		"is.personalData.releaseLevel.no_records",
		"is.dataset.rowSubject.people",
		"is.dataset.granularity.single_case",
	],
	"RISK-PER-01 na: not about people": testing.nobody,
	"RISK-PER-01 concern: people can be told apart": ["is.personalData.releaseLevel.identifiable"],
	"RISK-PER-01 concern: anonymised, groups of four": [
		"is.personalData.releaseLevel.record_anonymised",
		"unproven.profile.kMin.lowest: 4, not 5",
	],
	"RISK-PER-01 concern: anonymised, not tested": [
		"is.personalData.releaseLevel.record_anonymised",
		"unproven.disclosureControl.intruderTest.done_no_match",
	],
	"RISK-PER-02 fail: names or the like, and no law names them": [
		"some_column.disclosureRole.direct_identifier",
		"isnt.personalData.releaseLevel.record_identifiable",
	],
	"RISK-PER-02 na: not about people": testing.nobody,
	"RISK-PER-02 concern: names or the like": ["some_column.disclosureRole.direct_identifier"],
	"RISK-PER-03 fail: the data holds personal identity codes": ["is.personalData.nationalIdentifierPresent.yes"],
	"RISK-PER-03 fail: the scan found a personal identity code": ["is.profile.piiHits.pattern.hetu"],
	"RISK-PER-03 na: not about people": testing.nobody,
	"RISK-PER-04 fail: hashed without a key": ["some_column.transforms.unkeyed_hash"],
	"RISK-PER-04 fail: hashed with a key that still exists": [
		"columns.0.is.transforms.keyed_hash",
		"isnt.disclosureControl.keyDestroyed.yes",
	],
	"RISK-PER-04 fail: a pseudonym that stays the same": [
		"columns.0.is.disclosureRole.pseudonymous_key",
		"columns.0.isnt.transforms.random_pseudonym",
	],
	"RISK-PER-04 fail: a pseudonym in data that follows people over time": [
		"columns.0.is.disclosureRole.pseudonymous_key",
		"isnt.personalData.longitudinal.no",
	],
	"RISK-PER-04 na: not about people": testing.nobody,
	"RISK-PER-04 concern: a pseudonym": ["some_column.disclosureRole.pseudonymous_key"],
	"RISK-PER-04 concern: hashed with a key": ["some_column.transforms.keyed_hash"],
	"RISK-PER-05 fail: five indirect identifiers": [
		"is.personalData.releaseLevel.record_level",
		"column_count.disclosureRole.quasi_identifier.highest: 5, not 4",
	],
	"RISK-PER-05 fail: households or relations between people": [
		"is.personalData.releaseLevel.record_level",
		"is.personalData.householdOrRelational.yes",
	],
	"RISK-PER-05 fail: the day of birth": [
		"is.personalData.releaseLevel.record_level",
		"columns.0.is.personalDataCategory.birth_date",
		"columns.0.is.temporalPrecision.day",
	],
	"RISK-PER-05 fail: six indirect identifiers in a table": [
		"is.personalData.releaseLevel.aggregated",
		"column_count.disclosureRole.quasi_identifier.highest: 6, not 5",
	],
	"RISK-PER-05 na: nobody in the release": testing.nobody,
	"RISK-PER-05 concern: three indirect identifiers": [
		"is.personalData.releaseLevel.record_level",
		"column_count.disclosureRole.quasi_identifier.highest: 3, not 2",
	],
	"RISK-PER-05 concern: an indirect identifier as exact as it came": [
		"is.personalData.releaseLevel.record_level",
		"columns.0.is.disclosureRole.quasi_identifier",
		"columns.0.isnt.transforms.coarsened",
		"columns.0.isnt.spatialUnit.large_area",
		"columns.0.isnt.temporalPrecision.coarse",
	],
	"RISK-PER-05 concern: four indirect identifiers in a table": [
		"is.personalData.releaseLevel.aggregated",
		"column_count.disclosureRole.quasi_identifier.highest: 4, not 3",
	],
	"RISK-PER-06 fail: single people with health or the like": [
		"is.personalData.releaseLevel.record_level",
		"some_column.specialCategory.special",
	],
	"RISK-PER-06 fail: health can be inferred, and groups of nine": [
		"is.personalData.releaseLevel.record_level",
		"some_column.inferableSpecialCategory.special",
		"unproven.profile.kMin.lowest: 9, not 10",
	],
	"RISK-PER-06 fail: a table of health with a cell of five": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.specialCategory.special",
		"is.disclosureControl.minCellCount.lowest: 5, not 6",
	],
	"RISK-PER-06 fail: a table from which health can be inferred with a cell of five": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.inferableSpecialCategory.special",
		"is.disclosureControl.minCellCount.lowest: 5, not 6",
	],
	"RISK-PER-06 na: nobody in the release": testing.nobody,
	"RISK-PER-06 concern: health can be inferred of single people": [
		"is.personalData.releaseLevel.record_level",
		"some_column.inferableSpecialCategory.special",
	],
	"RISK-PER-06 concern: a table of health with a cell of eleven": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.specialCategory.special",
		"is.disclosureControl.minCellCount.lowest: 11, not 12",
	],
	"RISK-PER-06 concern: a table from which health can be inferred with a cell of eleven": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.inferableSpecialCategory.special",
		"is.disclosureControl.minCellCount.lowest: 11, not 12",
	],
	"RISK-PER-07 fail: offences by rows that can be told apart": [
		"is.personalData.criminalOffenceData.yes",
		"isnt.dataset.granularity.aggregate",
		"is.personalData.releaseLevel.identifiable",
	],
	"RISK-PER-07 fail: offences by rows with an identifier": [
		"is.personalData.criminalOffenceData.yes",
		"isnt.dataset.granularity.aggregate",
		"some_column.disclosureRole.identifying",
	],
	"RISK-PER-07 fail: offences by address": [
		"is.personalData.criminalOffenceData.yes",
		"isnt.dataset.granularity.aggregate",
		"some_column.spatialUnit.pinpoint",
	],
	"RISK-PER-07 fail: offences by the hour": [
		"is.personalData.criminalOffenceData.yes",
		"isnt.dataset.granularity.aggregate",
		"some_column.temporalPrecision.fine",
	],
	"RISK-PER-07 na: no offences": [
		"isnt.personalData.criminalOffenceData.yes",
		"no_column.specialCategory.criminal_offence",
		"no_column.inferableSpecialCategory.criminal_offence",
	],
	"RISK-PER-07 concern: offences by single rows": [
		"is.personalData.criminalOffenceData.yes",
		"isnt.dataset.granularity.aggregate",
	],
	"RISK-PER-07 concern: offences in small cells": [
		"is.personalData.criminalOffenceData.yes",
		"is.disclosureControl.minCellCount.lowest: 5, not 6",
	],
	"RISK-PER-08 fail: single children, not anonymised": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.record_level",
		"unproven.personalData.releaseLevel.record_anonymised",
	],
	"RISK-PER-08 fail: single children, groups of nine": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.record_level",
		"unproven.profile.kMin.lowest: 9, not 10",
	],
	"RISK-PER-08 fail: single children, not tested": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.record_level",
		"unproven.disclosureControl.intruderTest.done_no_match",
	],
	"RISK-PER-08 fail: few children, with indirect identifiers": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.aggregated",
		"is.personalData.smallPopulation.yes",
		"some_column.disclosureRole.quasi_identifier",
	],
	"RISK-PER-08 fail: children in a cell of five": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.aggregated",
		"is.disclosureControl.minCellCount.lowest: 5, not 6",
	],
	"RISK-PER-08 na: nobody in the release": testing.nobody,
	"RISK-PER-08 concern: single children": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-PER-08 concern: few children in a table": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.aggregated",
		"is.personalData.smallPopulation.yes",
	],
	"RISK-PER-08 concern: children in a cell of eleven": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.aggregated",
		"is.disclosureControl.minCellCount.lowest: 11, not 12",
	],
	"RISK-PER-09 fail: a safe house is listed": ["is.security.assetClasses.safe_house"],
	"RISK-PER-09 fail: homes by area, people under protection not dealt with": [
		"is.personalData.protectedIdentitiesHandled.no",
		"columns.0.is.spatialSubject.people",
		"columns.0.is.spatialUnit.finer_than_postal_code",
	],
	"RISK-PER-09 fail: names or the like, people under protection not dealt with": [
		"is.personalData.protectedIdentitiesHandled.no",
		"some_column.disclosureRole.direct_identifier",
	],
	"RISK-PER-09 na: not about people": testing.nobody,
	"RISK-PER-09 concern: people under protection not dealt with": [
		"is.personalData.protectedIdentitiesHandled.no",
	],
	"RISK-PER-10 fail: names or the like, and no law names them": [
		"some_column.disclosureRole.direct_identifier",
		"isnt.personalData.releaseLevel.record_identifiable",
	],
	"RISK-PER-10 fail: sole traders without a basis": [
		"is.personalData.dataSubjectCategories.sole_trader",
		"is.personalData.publicationLegalBasis.none",
	],
	"RISK-PER-10 na: neither about people nor naming companies or documents": array.concat(testing.nobody, [
		"isnt.dataset.rowSubject.party",
	]),
	"RISK-PER-10 concern: names or the like": ["some_column.disclosureRole.direct_identifier"],
	"RISK-PER-10 concern: sole traders": ["is.personalData.dataSubjectCategories.sole_trader"],
}

_no_row := {
	"RISK-PER-01 pass: aggregated counts of people": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.releaseLevel.aggregated",
		"is.personalData.releaseLevel.no_records",
		"no_column.disclosureRole.identifying",
	],
	"RISK-PER-01 pass: anonymised, groups of five, tested": [
		"is.personalData.releaseLevel.record_level",
		"is.personalData.releaseLevel.record_anonymised",
		"is.disclosureControl.intruderTest.done_no_match",
		"unproven.profile.kMin.lowest: 5",
	],
	"RISK-PER-02 pass: people, and no column names them": [
		"is.personalData.sourceRelatesToPersons.yes",
		"no_column.disclosureRole.identifying",
		"isnt.personalData.releaseLevel.record_identifiable",
	],
	"RISK-PER-03 pass: people without identity codes": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.nationalIdentifierPresent.no",
		"isnt.personalData.nationalIdentifierPresent.yes",
		"is.profile.piiHits.size.highest: 0",
	],
	"RISK-PER-04 pass: a fresh random number in each release": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.longitudinal.no",
		"columns.0.is.transforms.random_pseudonym",
		"columns.0.isnt.transforms.keyed_hash",
		"columns.0.is.disclosureRole.none",
	],
	"RISK-PER-05 pass: two coarse indirect identifiers": [
		"is.personalData.releaseLevel.record_level",
		"is.personalData.householdOrRelational.no",
		"column_count.disclosureRole.quasi_identifier.highest: 2",
		"columns.0.is.disclosureRole.quasi_identifier",
		"columns.0.is.transforms.generalised",
		"columns.0.is.temporalPrecision.year",
	],
	"RISK-PER-05 pass: a table by three indirect identifiers": [
		"is.personalData.releaseLevel.aggregated",
		"column_count.disclosureRole.quasi_identifier.highest: 3",
	],
	"RISK-PER-06 pass: a table of health without small cells": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.specialCategory.special",
		"is.disclosureControl.minCellCount.lowest: 12",
	],
	"RISK-PER-07 pass: offences by area without small cells": [
		"is.personalData.criminalOffenceData.yes",
		"is.dataset.granularity.aggregate",
		"is.disclosureControl.minCellCount.lowest: 6",
	],
	"RISK-PER-08 pass: a table of many children": [
		"is.personalData.dataSubjectCategories.vulnerable",
		"is.personalData.releaseLevel.aggregated",
		"is.personalData.smallPopulation.no",
		"is.disclosureControl.minCellCount.lowest: 12",
	],
	"RISK-PER-09 pass: homes by district, people under protection dealt with": [
		"is.personalData.protectedIdentitiesHandled.yes",
		"columns.0.is.spatialSubject.people",
		"columns.0.is.spatialUnit.district",
	],
	"RISK-PER-10 pass: companies, none of them a person": [
		"is.dataset.rowSubject.party",
		"isnt.dataset.granularity.aggregate",
		"no_column.disclosureRole.identifying",
		"is.personalData.publicationLegalBasis.none",
	],
}
