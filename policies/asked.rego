# METADATA
# title: Asked
# description: "When a question matters: the conditions named by askWhen in checklists/descriptor.yaml."
# schemas:
#   - input: schema.facts
package puntari.asked

import data.puntari.conditions
import input.columns
import input.is
import input.isnt
import input.some_column

# METADATA
# title: "People or free text are possible"
persons_or_free_text if conditions.person_gate

persons_or_free_text if isnt.content.freeTextReview.no_free_text

# METADATA
# title: "The source may hold data about people"
person_gate if conditions.person_gate

# METADATA
# title: "The precision of places matters: people or protected sites are possible"
place_precision_matters if conditions.not_place_like

place_precision_matters if is.security.assetClasses.hidden_site

# METADATA
# title: "The dataset is about more than things"
not_place_like if conditions.not_place_like

# METADATA
# title: "The precision of time matters: people or counts over time are possible"
time_precision_matters if conditions.not_place_like

time_precision_matters if is.dataset.granularity.time_aggregate

# METADATA
# title: "The dataset is about people"
about_persons if conditions.about_persons

# METADATA
# title: "The dataset is about people or holds free text"
persons_or_text if conditions.about_persons

persons_or_text if conditions.free_text

# METADATA
# title: "One row may be one person"
record_level if conditions.record_level

# METADATA
# title: "The release is aggregated"
aggregated if conditions.aggregated

# METADATA
# title: "Free text is published"
free_text if conditions.free_text

# METADATA
# title: "The dataset is about people or names companies or documents"
persons_or_named_parties if conditions.about_persons

persons_or_named_parties if conditions.named_parties

# METADATA
# title: "Figures about vulnerable people are published"
aggregates_of_vulnerable if {
	conditions.about_persons
	conditions.aggregated
	conditions.vulnerable
}

# METADATA
# title: "People under a protection order could be found in the release"
people_may_need_protection if {
	conditions.about_persons
	_people_locatable
	conditions.not_lawful_named_gate
}

_people_locatable if conditions.record_level

_people_locatable if conditions.person_location

# METADATA
# title: "The data may have been given in confidence"
confidence_possible if {
	conditions.about_persons
	is.personalData.collectionContext.confidence_possible
}

# METADATA
# title: "A basis for publishing people is needed"
publication_basis_matters if conditions.record_level

publication_basis_matters if conditions.media

publication_basis_matters if is.personalData.dataSubjectCategories.public_role

# METADATA
# title: "The release is identifiable"
identifiable if conditions.identifiable

# METADATA
# title: "People are published"
persons_published if {
	conditions.about_persons
	conditions.not_no_persons_in_release
}

# METADATA
# title: "Counts of people are published"
cells_published if conditions.aggregated

cells_published if {
	conditions.offence
	conditions.aggregate_rows
}

# METADATA
# title: "Figures of companies are published"
company_aggregates if {
	is.dataset.rowSubject.company
	conditions.aggregate_rows
}

# METADATA
# title: "People may be in the release"
persons_in_release if conditions.not_no_persons_in_release

# METADATA
# title: "Links to other sources have been looked at"
linkage_assessed if {
	conditions.not_no_persons_in_release
	isnt.disclosureControl.linkageAssessed.no
}

# METADATA
# title: "A sensitive attribute of people is published"
sensitive_attribute_published if {
	conditions.not_no_persons_in_release
	conditions.sensitive_attribute
}

# METADATA
# title: "An attack on anonymity is conceivable"
attack_conceivable if {
	conditions.not_no_persons_in_release
	_worth_attacking
}

_worth_attacking if conditions.record_level

_worth_attacking if conditions.sensitive_topic

# METADATA
# title: "A column holds keyed hashes"
keyed_hash_used if some_column.transforms.keyed_hash

# METADATA
# title: "Protected species or archaeological sites are listed"
protected_sites if is.security.assetClasses.protected_site

# METADATA
# title: "People are placed in small areas"
people_in_small_areas if {
	some column in columns
	column.is.spatialSubject.people
	column.is.spatialUnit.small_area
}

# METADATA
# title: "Movements are published"
trajectories if is.spatial.trajectories.yes

# METADATA
# title: "Live data or quiet time slots are published"
release_lag_matters if is.temporal.lowCountSlots.yes

release_lag_matters if is.security.liveOperations.yes

# METADATA
# title: "Counts over short times are published"
quiet_slots_possible if {
	some_column.temporalPrecision.fine
	_counts
	conditions.not_record_level
}

_counts if conditions.aggregate_rows

_counts if is.dataset.rowSubject.counted

# METADATA
# title: "Images, audio or video are published"
media if conditions.media

# METADATA
# title: "The file format or media can hide content"
hidden_content_possible if is.release.formats.with_hidden_content

hidden_content_possible if conditions.media

# METADATA
# title: "The source is not plainly public"
not_plainly_public if isnt.confidentiality.publicityStatus.public

# METADATA
# title: "Parts of the source may be secret"
secrecy_possible if isnt.confidentiality.publicityStatus.public

secrecy_possible if is.confidentiality.secrecyGrounds.size.highest > 0

# METADATA
# title: "A secrecy rule of a sector may apply"
sector_secrecy_possible if conditions.about_persons

sector_secrecy_possible if is.dataset.rowSubject.legal_subject

# METADATA
# title: "Trade secrets are possible"
trade_secrets_possible if isnt.confidentiality.tradeSecrets.no

# METADATA
# title: "A security classification is possible"
classification_possible if isnt.confidentiality.publicityStatus.public

classification_possible if conditions.assets

# METADATA
# title: "Others may hold rights"
others_hold_rights if isnt.rights.rightsHolder.own

# METADATA
# title: "Others may hold rights or a contract may restrict"
exclusivity_possible if isnt.rights.rightsHolder.own

exclusivity_possible if isnt.rights.contractRestrictions.no

# METADATA
# title: "Assets are listed"
assets if conditions.assets

# METADATA
# title: "Combining with other sources could matter"
mosaic_matters if conditions.assets

mosaic_matters if conditions.not_no_persons_in_release

# METADATA
# title: "Combining with other sources has been looked at"
mosaic_result_matters if {
	is.security.mosaicAssessed.yes
	_worth_combining
}

_worth_combining if conditions.assets

_worth_combining if conditions.not_no_persons_in_release

# METADATA
# title: "A security review could be needed"
review_matters if {
	conditions.assets
	_inner_or_critical
}

_inner_or_critical if isnt.security.detailLevel.outer

_inner_or_critical if isnt.security.criticalEntity.no

# METADATA
# title: "The data is live or its update rhythm is open"
live_data if is.dataset.accrualPeriodicity.live

# METADATA
# title: "Errors in the data could do harm"
errors_matter if isnt.quality.errorImpact.low

# METADATA
# title: "The data can be misread"
misreading_matters if isnt.quality.misinterpretationRisk.low

# METADATA
# title: "More than a plain dataset of assets or places"
not_simple if conditions.not_simple

# METADATA
# title: "Groups of people are described"
groups_described if conditions.not_place_like

groups_described if is.dataset.granularity.area_or_household

# METADATA
# title: "A group could be stigmatised"
stigma_possible if is.impact.stigmatisation.raised

# METADATA
# title: "The public may react strongly"
communication_matters if is.impact.stigmatisation.high

communication_matters if is.impact.publicSensitivity.high

# METADATA
# title: "Scoring or enforcement use is conceivable"
scoring_conceivable if conditions.not_place_like

scoring_conceivable if is.dataset.granularity.area_aggregate

# METADATA
# title: "An interface opens data about people"
api_to_persons if {
	is.release.apiExists.yes
	conditions.not_no_persons_in_release
}

# METADATA
# title: "People or assets are involved"
persons_or_assets if conditions.about_persons

persons_or_assets if conditions.assets

# METADATA
# title: "Scoring or enforcement use is expected"
scoring_use if is.impact.scoringOrEnforcementUse.yes

# METADATA
# title: "The assessment is for a decision"
decision_stage if isnt.assessment.stage.draft

# METADATA
# title: "An impact assessment has been made"
dpia_done if {
	conditions.about_persons
	is.governance.dpiaStatus.done
}

# METADATA
# title: "The impact assessment leaves a high risk"
residual_risk_high if is.governance.dpiaResidualRisk.high

# METADATA
# title: "A decision on more than a plain dataset of assets or places"
decision_on_more_than_simple if {
	isnt.assessment.stage.draft
	conditions.not_simple
}
