package puntari.asked_test

import data.puntari.asked
import data.puntari.testing

# Each condition holds on these facts and on no fewer.
test_asked[name] if {
	some name, facts in _cases
	[rule] := testing.subject(name)
	asked[rule] with input as testing.input_of(facts)
	every miss in testing.near_misses(facts) {
		not asked[rule] with input as miss
	}
}

_cases := {
	"persons_or_free_text: the source is not said to be without people": [
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"persons_or_free_text: free text is not ruled out": ["isnt.content.freeTextReview.no_free_text"],
	"person_gate: the source is not said to be without people": ["isnt.personalData.sourceRelatesToPersons.no"],
	"place_precision_matters: the source is not said to be without people": [
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"place_precision_matters: a site is listed whose place is kept from the public": [
		"is.security.assetClasses.hidden_site",
	],
	"not_place_like: the source is not said to be without people": ["isnt.personalData.sourceRelatesToPersons.no"],
	"time_precision_matters: the source is not said to be without people": [
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"time_precision_matters: rows are time slots": ["is.dataset.granularity.time_aggregate"],
	"about_persons: the source is about people": ["is.personalData.sourceRelatesToPersons.yes"],
	"persons_or_text: the source is about people": ["is.personalData.sourceRelatesToPersons.yes"],
	"persons_or_text: a column holds text": ["some_column.contentKind.text"],
	"record_level: rows are single people": ["is.personalData.releaseLevel.record_level"],
	"aggregated: the release is aggregated": ["is.personalData.releaseLevel.aggregated"],
	"free_text: a column holds text": ["some_column.contentKind.text"],
	"persons_or_named_parties: the source is about people": ["is.personalData.sourceRelatesToPersons.yes"],
	"persons_or_named_parties: a row is a company or a document of its own": [
		"is.dataset.rowSubject.party",
		"isnt.dataset.granularity.aggregate",
	],
	"aggregates_of_vulnerable: counts of vulnerable people": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.releaseLevel.aggregated",
		"is.personalData.dataSubjectCategories.vulnerable",
	],
	"people_may_need_protection: single people, not all named by law": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.releaseLevel.record_level",
		"isnt.personalData.releaseLevel.record_identifiable",
	],
	"people_may_need_protection: the homes of people, not all named by law": [
		"some_column.spatialSubject.people",
		"isnt.personalData.releaseLevel.record_identifiable",
	],
	"confidence_possible: given in a survey or a service": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.collectionContext.confidence_possible",
	],
	"publication_basis_matters: rows are single people": ["is.personalData.releaseLevel.record_level"],
	"publication_basis_matters: a column holds images or sound": ["some_column.contentKind.media"],
	"publication_basis_matters: officials or sole traders are named": [
		"is.personalData.dataSubjectCategories.public_role",
	],
	"identifiable: rows are people who can be told apart": ["is.personalData.releaseLevel.identifiable"],
	"persons_published: people, and the release is not declared to be without them": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
	],
	"cells_published: the release is aggregated": ["is.personalData.releaseLevel.aggregated"],
	"cells_published: areas with counts of offences": [
		"is.personalData.criminalOffenceData.yes",
		"is.dataset.granularity.aggregate",
	],
	"company_aggregates: areas with figures of companies": [
		"is.dataset.rowSubject.company",
		"is.dataset.granularity.aggregate",
	],
	"persons_in_release: people, and the release is not declared to be without them": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
	],
	"linkage_assessed: people are published, and links have been looked at or may have been": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
		"isnt.disclosureControl.linkageAssessed.no",
	],
	"sensitive_attribute_published: people are published with a sensitive attribute": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
		"some_column.disclosureRole.sensitive_attribute",
	],
	"attack_conceivable: single people are published": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
		"is.personalData.releaseLevel.record_level",
	],
	"attack_conceivable: vulnerable people are published": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
		"is.personalData.dataSubjectCategories.vulnerable",
	],
	"keyed_hash_used: a column is hashed with a key": ["some_column.transforms.keyed_hash"],
	"protected_sites: protected species or archaeological sites are listed": [
		"is.security.assetClasses.protected_site",
	],
	"people_in_small_areas: a column places people in a small area": [
		"columns.0.is.spatialSubject.people",
		"columns.0.is.spatialUnit.small_area",
	],
	"trajectories: movements are published": ["is.spatial.trajectories.yes"],
	"release_lag_matters: time slots with few people": ["is.temporal.lowCountSlots.yes"],
	"release_lag_matters: operations under way are shown": ["is.security.liveOperations.yes"],
	"quiet_slots_possible: counts of an hour or finer": [
		"some_column.temporalPrecision.fine",
		"is.dataset.granularity.aggregate",
		"isnt.personalData.releaseLevel.record_level",
	],
	"quiet_slots_possible: single events of an hour or finer that are not single people": [
		"some_column.temporalPrecision.fine",
		"is.dataset.rowSubject.counted",
		"isnt.personalData.releaseLevel.record_level",
	],
	"media: a column holds images or sound": ["some_column.contentKind.media"],
	"hidden_content_possible: the file format can hide content": ["is.release.formats.with_hidden_content"],
	"hidden_content_possible: a column holds images or sound": ["some_column.contentKind.media"],
	"not_plainly_public: the source is not said to be public": ["isnt.confidentiality.publicityStatus.public"],
	"secrecy_possible: the source is not said to be public": ["isnt.confidentiality.publicityStatus.public"],
	"secrecy_possible: a ground for secrecy is listed": [
		"is.confidentiality.secrecyGrounds.size.highest: 1, not 0",
	],
	"sector_secrecy_possible: the source is about people": ["is.personalData.sourceRelatesToPersons.yes"],
	"sector_secrecy_possible: a row is a company, household or person": ["is.dataset.rowSubject.legal_subject"],
	"trade_secrets_possible: trade secrets are not ruled out": ["isnt.confidentiality.tradeSecrets.no"],
	"classification_possible: the source is not said to be public": [
		"isnt.confidentiality.publicityStatus.public",
	],
	"classification_possible: an asset is listed": ["is.security.assetClasses.asset"],
	"others_hold_rights: rights are not said to be the city's own": ["isnt.rights.rightsHolder.own"],
	"exclusivity_possible: rights are not said to be the city's own": ["isnt.rights.rightsHolder.own"],
	"exclusivity_possible: contract limits are not ruled out": ["isnt.rights.contractRestrictions.no"],
	"assets: an asset is listed": ["is.security.assetClasses.asset"],
	"mosaic_matters: an asset is listed": ["is.security.assetClasses.asset"],
	"mosaic_matters: people, and the release is not declared to be without them": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
	],
	"mosaic_result_matters: combining was looked at, and an asset is listed": [
		"is.security.mosaicAssessed.yes",
		"is.security.assetClasses.asset",
	],
	"mosaic_result_matters: combining was looked at, and people are published": [
		"is.security.mosaicAssessed.yes",
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
	],
	"review_matters: an asset in more detail than its rough place": [
		"is.security.assetClasses.asset",
		"isnt.security.detailLevel.outer",
	],
	"review_matters: an asset of an entity that may be critical": [
		"is.security.assetClasses.asset",
		"isnt.security.criticalEntity.no",
	],
	"live_data: the data is live": ["is.dataset.accrualPeriodicity.live"],
	"errors_matter: errors may do more than little harm": ["isnt.quality.errorImpact.low"],
	"misreading_matters: misreading is more than a small risk": ["isnt.quality.misinterpretationRisk.low"],
	"not_simple: the source is not said to be without people": ["isnt.personalData.sourceRelatesToPersons.no"],
	"groups_described: the source is not said to be without people": [
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"groups_described: rows are areas, buildings or households": ["is.dataset.granularity.area_or_household"],
	"stigma_possible: a group may be labelled": ["is.impact.stigmatisation.raised"],
	"communication_matters: a group is likely to be labelled": ["is.impact.stigmatisation.high"],
	"communication_matters: the public is likely to react strongly": ["is.impact.publicSensitivity.high"],
	"scoring_conceivable: the source is not said to be without people": [
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"scoring_conceivable: rows are areas": ["is.dataset.granularity.area_aggregate"],
	"api_to_persons: an interface gives out people": [
		"is.release.apiExists.yes",
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.not_about_persons",
	],
	"persons_or_assets: the source is about people": ["is.personalData.sourceRelatesToPersons.yes"],
	"persons_or_assets: an asset is listed": ["is.security.assetClasses.asset"],
	"scoring_use: scoring or enforcement is expected": ["is.impact.scoringOrEnforcementUse.yes"],
	"decision_stage: the assessment is no draft": ["isnt.assessment.stage.draft"],
	"dpia_done: people, and an impact assessment has been made": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.dpiaStatus.done",
	],
	"residual_risk_high: the impact assessment leaves a high risk": ["is.governance.dpiaResidualRisk.high"],
	"decision_on_more_than_simple: no draft, and the source is not said to be without people": [
		"isnt.assessment.stage.draft",
		"isnt.personalData.sourceRelatesToPersons.no",
	],
}
