package puntari.conditions_test

import data.puntari.conditions
import data.puntari.testing

# Each condition holds on these facts and on no fewer.
test_conditions[name] if {
	some name, facts in _cases
	[rule] := testing.subject(name)
	conditions[rule] with input as testing.input_of(facts)
	every miss in testing.near_misses(facts) {
		not conditions[rule] with input as miss
	}
}

# A column is coarse by each of these alone, and not coarse only when all are ruled out.
test_coarse[name] if {
	some name, fact in {
		"coarse: values are generalised": "columns.0.is.transforms.coarsened",
		"coarse: a postal code area or larger": "columns.0.is.spatialUnit.large_area",
		"coarse: years": "columns.0.is.temporalPrecision.coarse",
	}
	conditions.coarse(testing.input_of([fact]).columns[0])
	every miss in testing.near_misses([fact]) {
		not conditions.coarse(miss.columns[0])
	}
}

test_not_coarse if {
	facts := [
		"columns.0.isnt.transforms.coarsened",
		"columns.0.isnt.spatialUnit.large_area",
		"columns.0.isnt.temporalPrecision.coarse",
	]
	conditions.not_coarse(testing.input_of(facts).columns[0])
	every miss in testing.near_misses(facts) {
		not conditions.not_coarse(miss.columns[0])
	}
}

_cases := {
	"person_gate: the source is not said to be without people": ["isnt.personalData.sourceRelatesToPersons.no"],
	"person_gate: a row is a person or a household": ["is.dataset.rowSubject.people"],
	"place_like: things in a source without people": [
		"is.personalData.sourceRelatesToPersons.no",
		"is.dataset.rowSubject.thing",
	],
	"not_place_like: the source is not said to be without people": ["isnt.personalData.sourceRelatesToPersons.no"],
	"not_place_like: a row is no thing": ["isnt.dataset.rowSubject.thing"],
	"assets: water supply or another asset": ["is.security.assetClasses.asset"],
	"not_assets: nothing of the kind is listed": ["isnt.security.assetClasses.asset"],
	"simple: street lights or park benches": [
		"is.personalData.sourceRelatesToPersons.no",
		"is.dataset.rowSubject.asset_or_place",
		"isnt.security.assetClasses.asset",
		"isnt.dataset.granularity.aggregate_or_event",
		"isnt.dataset.rowSubject.people",
		"no_column.disclosureRole.identifying",
		"no_column.transforms.hashed",
		"no_column.spatialSubject.people",
		"no_column.specialCategory.special",
		"isnt.personalData.nationalIdentifierPresent.yes",
		"isnt.profile.piiHits.pattern.hetu",
	],
	"not_simple: the source is not said to be without people": ["isnt.personalData.sourceRelatesToPersons.no"],
	"not_simple: a row is neither an asset nor a place": ["isnt.dataset.rowSubject.asset_or_place"],
	"not_simple: an asset is listed": ["is.security.assetClasses.asset"],
	"not_simple: rows are areas, time slots or events": ["is.dataset.granularity.aggregate_or_event"],
	"not_simple: a row is a person or a household": ["is.dataset.rowSubject.people"],
	"person_evidence: a row is a person or a household": ["is.dataset.rowSubject.people"],
	"person_evidence: a column identifies a person by itself": ["some_column.disclosureRole.identifying"],
	"person_evidence: a column is hashed": ["some_column.transforms.hashed"],
	"person_evidence: a column tells where people live or are": ["some_column.spatialSubject.people"],
	"person_evidence: a column holds health or the like": ["some_column.specialCategory.special"],
	"person_evidence: the data holds personal identity codes": ["is.personalData.nationalIdentifierPresent.yes"],
	"person_evidence: the scan found a personal identity code": ["is.profile.piiHits.pattern.hetu"],
	"not_person_evidence: everything that could show people is answered": [
		"isnt.dataset.rowSubject.people",
		"no_column.disclosureRole.identifying",
		"no_column.transforms.hashed",
		"no_column.spatialSubject.people",
		"no_column.specialCategory.special",
		"isnt.personalData.nationalIdentifierPresent.yes",
		"isnt.profile.piiHits.pattern.hetu",
	],
	"about_persons: the source is about people": ["is.personalData.sourceRelatesToPersons.yes"],
	"about_persons: the descriptor shows people": ["is.dataset.rowSubject.people"],
	"not_about_persons: the source is not about people, and nothing shows them": testing.nobody,
	"record_level: rows are single people": ["is.personalData.releaseLevel.record_level"],
	"not_record_level: rows are not single people": ["isnt.personalData.releaseLevel.record_level"],
	"identifiable: rows are pseudonymised or identifiable": ["is.personalData.releaseLevel.identifiable"],
	"aggregated: the release is aggregated": ["is.personalData.releaseLevel.aggregated"],
	"not_aggregated: the release is not aggregated": ["isnt.personalData.releaseLevel.aggregated"],
	"no_persons_in_release: the dataset is not about people": testing.nobody,
	"no_persons_in_release: declared to be without people, and nothing shows them": [
		"is.personalData.releaseLevel.not_about_persons",
		"isnt.dataset.rowSubject.people",
		"no_column.disclosureRole.identifying",
		"no_column.transforms.hashed",
		"no_column.spatialSubject.people",
		"no_column.specialCategory.special",
		"isnt.personalData.nationalIdentifierPresent.yes",
		"isnt.profile.piiHits.pattern.hetu",
	],
	"not_no_persons_in_release: people, and the release is not declared to be without them": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
	],
	"not_no_persons_in_release: a row is a person, whatever is declared": ["is.dataset.rowSubject.people"],
	"named_parties: a row is a company or a document of its own": [
		"is.dataset.rowSubject.party",
		"isnt.dataset.granularity.aggregate",
	],
	"not_named_parties: a row is something else": ["isnt.dataset.rowSubject.party"],
	"not_named_parties: rows are areas, time slots or summaries": ["is.dataset.granularity.aggregate"],
	"aggregate_rows: rows are areas, time slots or summaries": ["is.dataset.granularity.aggregate"],
	"not_aggregate_rows: rows are no aggregates": ["isnt.dataset.granularity.aggregate"],
	"vulnerable: patients, children or the like": ["is.personalData.dataSubjectCategories.vulnerable"],
	"lawful_named: only officials or sole traders, with the act named": [
		"is.personalData.releaseLevel.record_identifiable",
		"isnt.personalData.dataSubjectCategories.outside_public_role",
		"is.personalData.publicationLegalBasis.law",
		"is.personalData.publicationLegalBasisRef.set",
	],
	"not_lawful_named: rows name nobody": ["isnt.personalData.releaseLevel.record_identifiable"],
	"not_lawful_named: somebody outside a public role is named": [
		"is.personalData.dataSubjectCategories.outside_public_role",
	],
	"not_lawful_named: no law requires or permits it": ["isnt.personalData.publicationLegalBasis.law"],
	"not_lawful_named: the act is not named": ["isnt.personalData.publicationLegalBasisRef.set"],
	"special_column: a column holds health or the like": ["some_column.specialCategory.special"],
	"not_special_column: no column holds health or the like": ["no_column.specialCategory.special"],
	"inferable_column: health or the like can be inferred from a column": [
		"some_column.inferableSpecialCategory.special",
	],
	"not_inferable_column: nothing can be inferred from any column": [
		"no_column.inferableSpecialCategory.special",
	],
	"offence: the publisher says so": ["is.personalData.criminalOffenceData.yes"],
	"offence: a column holds offences": ["some_column.specialCategory.criminal_offence"],
	"offence: offences can be inferred from a column": ["some_column.inferableSpecialCategory.criminal_offence"],
	"not_offence: neither said, held nor to be inferred": [
		"isnt.personalData.criminalOffenceData.yes",
		"no_column.specialCategory.criminal_offence",
		"no_column.inferableSpecialCategory.criminal_offence",
	],
	"sensitive_topic: a column holds health or the like": ["some_column.specialCategory.special"],
	"sensitive_topic: health or the like can be inferred from a column": [
		"some_column.inferableSpecialCategory.special",
	],
	"sensitive_topic: offences": ["is.personalData.criminalOffenceData.yes"],
	"sensitive_topic: vulnerable people": ["is.personalData.dataSubjectCategories.vulnerable"],
	"sensitive_attribute: a column holds a sensitive attribute": [
		"some_column.disclosureRole.sensitive_attribute",
	],
	"sensitive_attribute: a column holds health or the like": ["some_column.specialCategory.special"],
	"sensitive_attribute: health or the like can be inferred from a column": [
		"some_column.inferableSpecialCategory.special",
	],
	"not_sensitive_attribute: no column of the kind": [
		"no_column.disclosureRole.sensitive_attribute",
		"no_column.specialCategory.special",
		"no_column.inferableSpecialCategory.special",
	],
	"quasi: a column that identifies together with others": ["some_column.disclosureRole.quasi_identifier"],
	"not_quasi: no such column": ["no_column.disclosureRole.quasi_identifier"],
	"person_location: a column tells where people live or are": ["some_column.spatialSubject.people"],
	"not_person_location: no such column": ["no_column.spatialSubject.people"],
	"free_text: a column holds text": ["some_column.contentKind.text"],
	"not_free_text: no column holds text": ["no_column.contentKind.text"],
	"media: a column holds images or sound": ["some_column.contentKind.media"],
	"not_media: no column holds images or sound": ["no_column.contentKind.media"],
	"harmless_detail: useless to an attacker": ["is.security.usefulToAttacker.no"],
	"harmless_detail: public already": ["is.security.uniqueSource.already_public"],
	"not_harmless_detail: useful to an attacker and not public already": [
		"isnt.security.usefulToAttacker.no",
		"isnt.security.uniqueSource.already_public",
	],
	"reviewed: approved, with or without conditions": ["is.security.reviewDone.accepted"],
	"not_reviewed: no approval": ["isnt.security.reviewDone.accepted"],
	"hvd: mobility or another category of the regulation": ["is.dataset.hvdCategory.hvd"],
	"lawful_named_gate: only officials or elected representatives": [
		"is.personalData.releaseLevel.record_identifiable",
		"isnt.personalData.dataSubjectCategories.outside_public_office",
	],
	"not_lawful_named_gate: rows name nobody": ["isnt.personalData.releaseLevel.record_identifiable"],
	"not_lawful_named_gate: somebody outside public office is named": [
		"is.personalData.dataSubjectCategories.outside_public_office",
	],
	"dpia_needed: two criteria named by the steward": [
		"is.governance.dpiaCriteriaMet.scoring",
		"is.governance.dpiaCriteriaMet.monitoring",
	],
	"dpia_needed: a criterion, and single people with health or the like": [
		"is.governance.dpiaCriteriaMet.scoring",
		"proven.personalData.releaseLevel.record_level",
		"proven_column.specialCategory.special",
	],
	"dpia_needed: a criterion, and single people of whom health can be inferred": [
		"is.governance.dpiaCriteriaMet.scoring",
		"proven.personalData.releaseLevel.record_level",
		"proven_column.inferableSpecialCategory.special",
	],
	"dpia_needed: a criterion, and single vulnerable people": [
		"is.governance.dpiaCriteriaMet.scoring",
		"proven.personalData.releaseLevel.record_level",
		"proven.personalData.dataSubjectCategories.vulnerable",
	],
	"dpia_needed: a criterion, and more than ten thousand single people": [
		"is.governance.dpiaCriteriaMet.scoring",
		"proven.personalData.releaseLevel.record_level",
		"proven.personalData.dataSubjectCount.highest: 10001, not 10000",
	],
	"dpia_needed: whether rows are single people is open": [
		"is.personalData.releaseLevel.record_level",
		"unproven.personalData.releaseLevel.record_level",
		"proven.governance.dpiaCriteriaMet.size.highest: 0, not -1",
	],
	"two_requester_types: a company and the media": [
		"proven.demand.requesterTypes.company",
		"proven.demand.requesterTypes.media",
	],
	"hvd_law: the act is cited": ["proven.dataset.applicableLegislation.hvd_regulation"],
	"span_two_years: two years to the day": ["proven.dataset.temporalSpan.days.highest: 730, not 729"],
	"updated_within_two_periods: months, updated two months ago": [
		"is.dataset.accrualPeriodicity.MONTHLY",
		"is.dataset.modified.days.highest: -62, not -63",
	],
	"updated_within_two_periods: CONT, updated two periods ago": [
		"is.dataset.accrualPeriodicity.CONT",
		"is.dataset.modified.days.highest: -2, not -3",
	],
	"updated_within_two_periods: HOURLY, updated two periods ago": [
		"is.dataset.accrualPeriodicity.HOURLY",
		"is.dataset.modified.days.highest: -2, not -3",
	],
	"updated_within_two_periods: DAILY, updated two periods ago": [
		"is.dataset.accrualPeriodicity.DAILY",
		"is.dataset.modified.days.highest: -2, not -3",
	],
	"updated_within_two_periods: WEEKLY, updated two periods ago": [
		"is.dataset.accrualPeriodicity.WEEKLY",
		"is.dataset.modified.days.highest: -14, not -15",
	],
	"updated_within_two_periods: QUARTERLY, updated two periods ago": [
		"is.dataset.accrualPeriodicity.QUARTERLY",
		"is.dataset.modified.days.highest: -184, not -185",
	],
	"updated_within_two_periods: ANNUAL, updated two periods ago": [
		"is.dataset.accrualPeriodicity.ANNUAL",
		"is.dataset.modified.days.highest: -732, not -733",
	],
	"updated_within_two_periods: IRREG, updated two periods ago": [
		"is.dataset.accrualPeriodicity.IRREG",
		"is.dataset.modified.days.highest: -732, not -733",
	],
	"updated_within_two_periods: BIENNIAL, updated two periods ago": [
		"is.dataset.accrualPeriodicity.BIENNIAL",
		"is.dataset.modified.days.highest: -1462, not -1463",
	],
	"updated_within_two_periods: the rhythm is open": [
		"is.dataset.accrualPeriodicity.live",
		"is.dataset.accrualPeriodicity.NEVER",
	],
	"updated_within_four_periods: months, updated four months ago": [
		"is.dataset.accrualPeriodicity.MONTHLY",
		"is.dataset.modified.days.highest: -124, not -125",
	],
	"updated_within_four_periods: the rhythm is open": [
		"is.dataset.accrualPeriodicity.live",
		"is.dataset.accrualPeriodicity.NEVER",
	],
	"nearly_all_columns_described: 95 per cent": ["is.schema.describedShare.highest: 95, not 94"],
	"most_columns_described: 60 per cent": ["is.schema.describedShare.highest: 60, not 59"],
	"value_high: 60 points": ["proven.value.score.highest: 60, not 59"],
}
