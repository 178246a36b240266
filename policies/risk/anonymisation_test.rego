package puntari.risk.anonymisation_test

import data.puntari.risk.anonymisation
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in anonymisation[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in anonymisation[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in anonymisation[row]}

_rows := {
	"RISK-ANO-01 fail: groups of two": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.profile.kMin.lowest: 2, not 3",
	],
	"RISK-ANO-01 fail: some rows are unique": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.profile.uniqueShare.highest: 1, not 0",
	],
	"RISK-ANO-01 fail: health, and groups of four": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"some_column.specialCategory.special",
		"is.profile.kMin.lowest: 4, not 5",
	],
	"RISK-ANO-01 na: nobody in the release": testing.nobody,
	"RISK-ANO-01 na: aggregated": ["is.personalData.releaseLevel.aggregated"],
	"RISK-ANO-01 na: named by law": testing.named_by_law,
	"RISK-ANO-01 concern: groups of four": ["is.profile.kMin.lowest: 4, not 5"],
	"RISK-ANO-01 concern: health, and groups of nine": [
		"some_column.specialCategory.special",
		"is.profile.kMin.lowest: 9, not 10",
	],
	"RISK-ANO-02 fail: links with other sources are likely": ["is.disclosureControl.linkageResult.likely"],
	"RISK-ANO-02 fail: single people, and nobody has looked at links": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.disclosureControl.linkageAssessed.no",
	],
	"RISK-ANO-02 na: nobody in the release": testing.nobody,
	"RISK-ANO-02 na: named by law": testing.named_by_law,
	"RISK-ANO-02 na: aggregated without a key to link by": [
		"is.personalData.releaseLevel.aggregated",
		"isnt.schema.joinKeys.linking_key",
	],
	"RISK-ANO-02 concern: links with other sources are possible": ["is.disclosureControl.linkageResult.possible"],
	"RISK-ANO-02 concern: nobody has looked at links": ["is.disclosureControl.linkageAssessed.no"],
	"RISK-ANO-03 fail: one value in a group": [
		"some_column.disclosureRole.sensitive_attribute",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.profile.lMin.lowest: 1, not 2",
	],
	"RISK-ANO-03 fail: percentages of a sensitive attribute unprotected": [
		"some_column.disclosureRole.sensitive_attribute",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.personalData.releaseLevel.aggregated",
		"is.disclosureControl.rateAndPercentProtected.no",
	],
	"RISK-ANO-03 fail: single people, groups not checked, one value in a group": [
		"some_column.disclosureRole.sensitive_attribute",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.personalData.releaseLevel.record_level",
		"is.disclosureControl.attributeDisclosureChecked.no",
		"unproven.profile.lMin.lowest: 1, not 2",
	],
	"RISK-ANO-03 na: nobody in the release": testing.nobody,
	"RISK-ANO-03 na: named by law": testing.named_by_law,
	"RISK-ANO-03 na: no sensitive attribute": [
		"no_column.disclosureRole.sensitive_attribute",
		"no_column.specialCategory.special",
		"no_column.inferableSpecialCategory.special",
	],
	"RISK-ANO-03 concern: groups not checked": ["is.disclosureControl.attributeDisclosureChecked.no"],
	"RISK-ANO-03 concern: single people, values in groups not measured": [
		"is.personalData.releaseLevel.record_level",
		"unproven.profile.lMin.lowest: 1, not 2",
	],
	"RISK-ANO-03 concern: health, and two values in a group": [
		"some_column.specialCategory.special",
		"proven.profile.lMin.lowest: 2, not 3",
	],
	"RISK-ANO-04 fail: a measured cell of two": [
		"is.personalData.releaseLevel.aggregated",
		"proven.profile.minCellCount.lowest: 2, not 3",
	],
	"RISK-ANO-04 fail: health, and a measured cell of five": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.specialCategory.special",
		"proven.profile.minCellCount.lowest: 5, not 6",
	],
	"RISK-ANO-04 fail: a stated cell of two, none measured": [
		"is.personalData.releaseLevel.aggregated",
		"is.disclosureControl.minCellCount.lowest: 2, not 3",
		"unproven.profile.minCellCount.lowest: 2, not 3",
	],
	"RISK-ANO-04 fail: hidden cells can be worked out from totals": [
		"is.personalData.releaseLevel.aggregated",
		"is.disclosureControl.secondarySuppression.no",
	],
	"RISK-ANO-04 na: nobody in the release": testing.nobody,
	"RISK-ANO-04 na: cells are not of single people": ["is.personalData.releaseLevel.record_level"],
	"RISK-ANO-04 concern: cells of five": ["unproven.profile.minCellCount.lowest: 5, not 6"],
	"RISK-ANO-04 concern: health, and cells of eleven": [
		"some_column.specialCategory.special",
		"unproven.profile.minCellCount.lowest: 11, not 12",
	],
	"RISK-ANO-04 concern: percentages unprotected": ["is.disclosureControl.rateAndPercentProtected.no"],
	"RISK-ANO-05 fail: indirect identifiers over a small population": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.disclosureRole.quasi_identifier",
		"is.profile.minDenominator.lowest: 99, not 100",
	],
	"RISK-ANO-05 fail: a sensitive attribute over a small population": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.disclosureRole.sensitive_attribute",
		"is.profile.minDenominator.lowest: 99, not 100",
	],
	"RISK-ANO-05 na: nobody in the release": testing.nobody,
	"RISK-ANO-05 na: populations are not of single people": ["is.personalData.releaseLevel.record_level"],
	"RISK-ANO-05 na: neither indirect identifiers nor a sensitive attribute": [
		"no_column.disclosureRole.quasi_identifier",
		"no_column.disclosureRole.sensitive_attribute",
		"no_column.specialCategory.special",
		"no_column.inferableSpecialCategory.special",
	],
	"RISK-ANO-05 concern: health, and a population under the stricter limit": [
		"some_column.specialCategory.special",
		"is.profile.minDenominator.lowest: 999, not 1000",
	],
	"RISK-ANO-06 fail: counts over two area divisions": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.disclosureControl.differencingChecked.no",
		"is.personalData.releaseLevel.aggregated",
		"column_count.spatialUnit.area_division.highest: 2, not 1",
	],
	"RISK-ANO-06 fail: single people through an interface without limits": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.disclosureControl.differencingChecked.no",
		"is.personalData.releaseLevel.record_level",
		"is.release.apiExists.yes",
		"isnt.release.apiGuards.aggregate_only",
	],
	"RISK-ANO-06 na: nobody in the release": testing.nobody,
	"RISK-ANO-06 na: named by law": testing.named_by_law,
	"RISK-ANO-06 concern: not checked against an earlier release": [
		"is.disclosureControl.differencingChecked.no",
		"is.release.previousReleases.highest: 1, not 0",
	],
	"RISK-ANO-07 fail: a test found a person": ["is.disclosureControl.intruderTest.done_confirmed_match"],
	"RISK-ANO-07 fail: single people, neither tested nor reviewed": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.disclosureControl.intruderTest.no_test",
		"unproven.disclosureControl.independentReview.yes",
	],
	"RISK-ANO-07 na: nobody in the release": testing.nobody,
	"RISK-ANO-07 na: named by law": testing.named_by_law,
	"RISK-ANO-07 concern: tested without a clear answer": ["is.disclosureControl.intruderTest.inconclusive"],
	"RISK-ANO-07 concern: single people, and a test thought needless": [
		"is.personalData.releaseLevel.record_level",
		"is.disclosureControl.intruderTest.not_needed",
	],
}

_no_row := {
	"RISK-ANO-01 pass: groups of five, nobody unique": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.profile.kMin.lowest: 5",
		"is.profile.uniqueShare.highest: 0",
	],
	"RISK-ANO-01 pass: health, and groups of ten": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"some_column.specialCategory.special",
		"is.profile.kMin.lowest: 10",
	],
	"RISK-ANO-02 pass: looked at, and links are remote": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.disclosureControl.linkageAssessed.yes",
		"is.disclosureControl.linkageResult.remote",
	],
	"RISK-ANO-03 pass: health, checked, three values in each group": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"some_column.specialCategory.special",
		"is.disclosureControl.attributeDisclosureChecked.yes",
		"proven.profile.lMin.lowest: 3",
		"unproven.profile.lMin.lowest: 3",
	],
	"RISK-ANO-04 pass: cells of six, well protected": [
		"is.personalData.releaseLevel.aggregated",
		"proven.profile.minCellCount.lowest: 6",
		"unproven.profile.minCellCount.lowest: 6",
		"is.disclosureControl.minCellCount.lowest: 6",
		"is.disclosureControl.secondarySuppression.yes",
		"is.disclosureControl.rateAndPercentProtected.yes",
	],
	"RISK-ANO-05 pass: a population of a hundred": [
		"is.personalData.releaseLevel.aggregated",
		"some_column.disclosureRole.quasi_identifier",
		"is.profile.minDenominator.lowest: 100",
	],
	"RISK-ANO-06 pass: checked against earlier releases": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.releaseLevel.aggregated",
		"is.disclosureControl.differencingChecked.yes",
		"is.release.previousReleases.highest: 3",
	],
	"RISK-ANO-07 pass: tested without a match": [
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.disclosureControl.intruderTest.done_no_match",
		"unproven.disclosureControl.independentReview.yes",
	],
}
