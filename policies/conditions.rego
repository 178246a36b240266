# METADATA
# title: Conditions
# description: What the rows of several items speak of. A condition and its opposite are both written out so that neither holds while the facts are open.
# schemas:
#   - input: schema.facts
package puntari.conditions

import input.is
import input.isnt
import input.no_column
import input.proven
import input.proven_column
import input.some_column
import input.unproven

# METADATA
# title: The source may hold data about people
# description: Questions about people are asked unless the publisher says the source is not about people and a row is not a person or a household.
person_gate if isnt.personalData.sourceRelatesToPersons.no

person_gate if is.dataset.rowSubject.people

# METADATA
# title: The dataset is about things, not people
# description: The source is not about people and a row is an asset, place, document, company or other thing.
# custom:
#   opposite: not_place_like
place_like if {
	is.personalData.sourceRelatesToPersons.no
	is.dataset.rowSubject.thing
}

# METADATA
# title: The dataset is about more than things
# custom:
#   opposite: place_like
not_place_like if isnt.personalData.sourceRelatesToPersons.no

not_place_like if isnt.dataset.rowSubject.thing

# METADATA
# title: Assets are listed
# description: At least one listed asset class calls for a security judgement.
# custom:
#   opposite: not_assets
assets if is.security.assetClasses.asset

# METADATA
# title: No assets are listed
# custom:
#   opposite: assets
not_assets if isnt.security.assetClasses.asset

# METADATA
# title: A plain dataset of assets or places
# description: No people, no security-relevant assets, no areas, counts or events, so several questions do not matter.
# custom:
#   opposite: not_simple
simple if {
	is.personalData.sourceRelatesToPersons.no
	is.dataset.rowSubject.asset_or_place
	not_assets
	isnt.dataset.granularity.aggregate_or_event
	not_person_evidence
}

# METADATA
# title: More than a plain dataset of assets or places
# custom:
#   opposite: simple
not_simple if isnt.personalData.sourceRelatesToPersons.no

not_simple if isnt.dataset.rowSubject.asset_or_place

not_simple if assets

not_simple if is.dataset.granularity.aggregate_or_event

not_simple if person_evidence

# METADATA
# title: The descriptor itself shows people
# description: Rows, columns or scan findings show people, whatever the publisher says about the source.
# custom:
#   opposite: not_person_evidence
person_evidence if is.dataset.rowSubject.people

person_evidence if some_column.disclosureRole.identifying

person_evidence if some_column.transforms.hashed

person_evidence if some_column.spatialSubject.people

person_evidence if some_column.specialCategory.special

person_evidence if is.personalData.nationalIdentifierPresent.yes

person_evidence if is.profile.piiHits.pattern.hetu

# METADATA
# title: Nothing in the descriptor shows people
# custom:
#   opposite: person_evidence
not_person_evidence if {
	isnt.dataset.rowSubject.people
	no_column.disclosureRole.identifying
	no_column.transforms.hashed
	no_column.spatialSubject.people
	no_column.specialCategory.special
	isnt.personalData.nationalIdentifierPresent.yes
	isnt.profile.piiHits.pattern.hetu
}

# METADATA
# title: The dataset is about people
# description: The publisher says so, or the descriptor shows it.
# custom:
#   opposite: not_about_persons
about_persons if is.personalData.sourceRelatesToPersons.yes

about_persons if person_evidence

# METADATA
# title: The dataset is not about people
# custom:
#   opposite: about_persons
not_about_persons if {
	isnt.personalData.sourceRelatesToPersons.yes
	not_person_evidence
}

# METADATA
# title: One row may be one person
# description: The release is published record by record.
# custom:
#   opposite: not_record_level
record_level if is.personalData.releaseLevel.record_level

# METADATA
# title: No row is one person
# custom:
#   opposite: record_level
not_record_level if isnt.personalData.releaseLevel.record_level

# METADATA
# title: The release is identifiable
# description: Rows are pseudonymised or identifiable.
identifiable if is.personalData.releaseLevel.identifiable

# METADATA
# title: The release is aggregated
# description: Only counts and other figures of groups are published.
# custom:
#   opposite: not_aggregated
aggregated if is.personalData.releaseLevel.aggregated

# METADATA
# title: The release is not aggregated
# custom:
#   opposite: aggregated
not_aggregated if isnt.personalData.releaseLevel.aggregated

# METADATA
# title: No people in the release
# description: The dataset is not about people, or the release is declared not to be and nothing contradicts it.
# custom:
#   opposite: not_no_persons_in_release
no_persons_in_release if not_about_persons

no_persons_in_release if {
	is.personalData.releaseLevel.not_about_persons
	not_person_evidence
}

# METADATA
# title: People may be in the release
# custom:
#   opposite: no_persons_in_release
not_no_persons_in_release if {
	about_persons
	_release_about_persons
}

_release_about_persons if isnt.personalData.releaseLevel.not_about_persons

_release_about_persons if person_evidence

# METADATA
# title: Rows name companies or documents
# description: One row is a company or a document, so persons may be named in it.
# custom:
#   opposite: not_named_parties
named_parties if {
	is.dataset.rowSubject.party
	isnt.dataset.granularity.aggregate
}

# METADATA
# title: Rows name no companies or documents
# custom:
#   opposite: named_parties
not_named_parties if isnt.dataset.rowSubject.party

not_named_parties if is.dataset.granularity.aggregate

# METADATA
# title: Rows are aggregates
# description: A row is an area, a time slot or a summary.
# custom:
#   opposite: not_aggregate_rows
aggregate_rows if is.dataset.granularity.aggregate

# METADATA
# title: Rows are not aggregates
# custom:
#   opposite: aggregate_rows
not_aggregate_rows if isnt.dataset.granularity.aggregate

# METADATA
# title: Vulnerable people
# description: The data subjects include people whom the policy counts as vulnerable.
vulnerable if is.personalData.dataSubjectCategories.vulnerable

# METADATA
# title: Names published by law
# description: Only officials, elected representatives or sole traders are named, and an act requires or permits it.
# custom:
#   opposite: not_lawful_named
lawful_named if {
	is.personalData.releaseLevel.record_identifiable
	isnt.personalData.dataSubjectCategories.outside_public_role
	is.personalData.publicationLegalBasis.law
	is.personalData.publicationLegalBasisRef.set
}

# METADATA
# title: Not names published by law
# custom:
#   opposite: lawful_named
not_lawful_named if isnt.personalData.releaseLevel.record_identifiable

not_lawful_named if is.personalData.dataSubjectCategories.outside_public_role

not_lawful_named if isnt.personalData.publicationLegalBasis.law

not_lawful_named if isnt.personalData.publicationLegalBasisRef.set

# METADATA
# title: A column holds special category data
# description: Article 9 of the GDPR; criminal offences are judged apart.
# custom:
#   opposite: not_special_column
special_column if some_column.specialCategory.special

# METADATA
# title: No column holds special category data
# custom:
#   opposite: special_column
not_special_column if no_column.specialCategory.special

# METADATA
# title: Special category data can be inferred
# description: A column lets a reader infer special category data.
# custom:
#   opposite: not_inferable_column
inferable_column if some_column.inferableSpecialCategory.special

# METADATA
# title: No special category data can be inferred
# custom:
#   opposite: inferable_column
not_inferable_column if no_column.inferableSpecialCategory.special

# METADATA
# title: Offence data
# description: The dataset holds data about criminal offences.
# custom:
#   opposite: not_offence
offence if is.personalData.criminalOffenceData.yes

offence if some_column.specialCategory.criminal_offence

offence if some_column.inferableSpecialCategory.criminal_offence

# METADATA
# title: No offence data
# custom:
#   opposite: offence
not_offence if {
	isnt.personalData.criminalOffenceData.yes
	no_column.specialCategory.criminal_offence
	no_column.inferableSpecialCategory.criminal_offence
}

# METADATA
# title: A sensitive topic
# description: Special categories, offences or vulnerable people are involved, so stricter thresholds apply.
sensitive_topic if special_column

sensitive_topic if inferable_column

sensitive_topic if offence

sensitive_topic if vulnerable

# METADATA
# title: A sensitive attribute is published
# description: A column holds an attribute that people may want to keep to themselves.
# custom:
#   opposite: not_sensitive_attribute
sensitive_attribute if some_column.disclosureRole.sensitive_attribute

sensitive_attribute if special_column

sensitive_attribute if inferable_column

# METADATA
# title: No sensitive attribute is published
# custom:
#   opposite: sensitive_attribute
not_sensitive_attribute if {
	no_column.disclosureRole.sensitive_attribute
	not_special_column
	not_inferable_column
}

# METADATA
# title: Indirect identifiers are published
# description: A column can identify a person together with others.
# custom:
#   opposite: not_quasi
quasi if some_column.disclosureRole.quasi_identifier

# METADATA
# title: No indirect identifiers are published
# custom:
#   opposite: quasi
not_quasi if no_column.disclosureRole.quasi_identifier

# METADATA
# title: Locations of people are published
# description: A column tells where people live or are.
# custom:
#   opposite: not_person_location
person_location if some_column.spatialSubject.people

# METADATA
# title: No locations of people are published
# custom:
#   opposite: person_location
not_person_location if no_column.spatialSubject.people

# METADATA
# title: Free text is published
# description: A column holds free text or documents.
# custom:
#   opposite: not_free_text
free_text if some_column.contentKind.text

# METADATA
# title: No free text is published
# custom:
#   opposite: free_text
not_free_text if no_column.contentKind.text

# METADATA
# title: Images, audio or video are published
# description: A column holds media.
# custom:
#   opposite: not_media
media if some_column.contentKind.media

# METADATA
# title: No images, audio or video are published
# custom:
#   opposite: media
not_media if no_column.contentKind.media

# METADATA
# title: The detail helps no attacker
# description: It is not useful to an attacker, or it is public already.
# custom:
#   opposite: not_harmless_detail
harmless_detail if is.security.usefulToAttacker.no

harmless_detail if is.security.uniqueSource.already_public

# METADATA
# title: The detail may help an attacker
# custom:
#   opposite: harmless_detail
not_harmless_detail if {
	isnt.security.usefulToAttacker.no
	isnt.security.uniqueSource.already_public
}

# METADATA
# title: A security review accepts the release
# description: With or without conditions.
# custom:
#   opposite: not_reviewed
reviewed if is.security.reviewDone.accepted

# METADATA
# title: No security review accepts the release
# custom:
#   opposite: reviewed
not_reviewed if isnt.security.reviewDone.accepted

# METADATA
# title: A column has been made coarse
# description: By coarsening its values, its area or its time.
# custom:
#   opposite: not_coarse
coarse(column) if column.is.transforms.coarsened

coarse(column) if column.is.spatialUnit.large_area

coarse(column) if column.is.temporalPrecision.coarse

# METADATA
# title: A column has not been made coarse
# custom:
#   opposite: coarse
not_coarse(column) if {
	column.isnt.transforms.coarsened
	column.isnt.spatialUnit.large_area
	column.isnt.temporalPrecision.coarse
}

# METADATA
# title: A high-value dataset
# description: The dataset belongs to a category of the high-value dataset regulation.
hvd if is.dataset.hvdCategory.hvd

# METADATA
# title: Only officials and elected representatives are named
# description: Their protection orders are not asked about.
# custom:
#   opposite: not_lawful_named_gate
lawful_named_gate if {
	is.personalData.releaseLevel.record_identifiable
	isnt.personalData.dataSubjectCategories.outside_public_office
}

# METADATA
# title: Others than officials are named
# custom:
#   opposite: lawful_named_gate
not_lawful_named_gate if isnt.personalData.releaseLevel.record_identifiable

not_lawful_named_gate if is.personalData.dataSubjectCategories.outside_public_office

# METADATA
# title: An impact assessment is needed
# description: >-
#   At least two of the nine criteria of the data protection authorities are met: those that the steward names, and for
#   single people those that the descriptor shows.
dpia_needed if _two_criteria_met

# While it is open whether rows are single people, the criteria that the descriptor shows cannot be counted.
dpia_needed if {
	record_level
	unproven.personalData.releaseLevel.record_level
	proven.governance.dpiaCriteriaMet.size.highest >= 0
}

_two_criteria_met if count(_dpia_criteria) >= 2

_dpia_criteria contains criterion if some criterion, true in is.governance.dpiaCriteriaMet

_dpia_criteria contains "sensitive" if {
	proven.personalData.releaseLevel.record_level
	_special_or_inferable
}

_dpia_criteria contains "vulnerable" if {
	proven.personalData.releaseLevel.record_level
	proven.personalData.dataSubjectCategories.vulnerable
}

_dpia_criteria contains "large_scale" if {
	proven.personalData.releaseLevel.record_level
	proven.personalData.dataSubjectCount.highest > 10000
}

_special_or_inferable if proven_column.specialCategory.special

_special_or_inferable if proven_column.inferableSpecialCategory.special

# METADATA
# title: Two kinds of requesters from outside
two_requester_types if {
	outside := {"company", "startup", "citizen", "media", "researcher", "ngo", "authority", "school"}
	some one in outside
	proven.demand.requesterTypes[one]
	some other in outside
	other != one
	proven.demand.requesterTypes[other]
}

# METADATA
# title: The regulation on high-value datasets is named
hvd_law if proven.dataset.applicableLegislation.hvd_regulation

# METADATA
# title: The data cover two years or more
span_two_years if proven.dataset.temporalSpan.days.highest >= 730

# METADATA
# title: Updated within two update periods
updated_within_two_periods if {
	some frequency, days in _period_days
	is.dataset.accrualPeriodicity[frequency]
	is.dataset.modified.days.highest >= -2 * days
}

updated_within_two_periods if _rhythm_open

# METADATA
# title: Updated within four update periods
updated_within_four_periods if {
	some frequency, days in _period_days
	is.dataset.accrualPeriodicity[frequency]
	is.dataset.modified.days.highest >= -4 * days
}

updated_within_four_periods if _rhythm_open

# Data cannot be live and never updated at once; both are possible only while the rhythm is open.
_rhythm_open if {
	is.dataset.accrualPeriodicity.live
	is.dataset.accrualPeriodicity.NEVER
}

_period_days := {
	"CONT": 1,
	"HOURLY": 1,
	"DAILY": 1,
	"WEEKLY": 7,
	"MONTHLY": 31,
	"QUARTERLY": 92,
	"ANNUAL": 366,
	"IRREG": 366,
	"BIENNIAL": 731,
}

# METADATA
# title: Nearly all columns are described
nearly_all_columns_described if is.schema.describedShare.highest >= 95

# METADATA
# title: Most columns are described
most_columns_described if is.schema.describedShare.highest >= 60

# METADATA
# title: The value is high
value_high if proven.value.score.highest >= 60
