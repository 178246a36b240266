# METADATA
# title: Personal data and identifiers
# description: The rows of the risk items of theme PER.
# schemas:
#   - input: schema.facts
package puntari.risk.personal_data

import data.params
import data.puntari.conditions
import input.column_count
import input.columns
import input.is
import input.isnt
import input.some_column
import input.unproven

# METADATA
# title: "Nature of the release: fail"
# custom:
#   item: RISK-PER-01
fail contains "RISK-PER-01" if {
	conditions.identifiable
	conditions.not_lawful_named
}

fail contains "RISK-PER-01" if {
	is.personalData.sourceRelatesToPersons.no
	conditions.person_evidence
}

fail contains "RISK-PER-01" if {
	is.personalData.releaseLevel.no_records
	_schema_shows_single_people
}

_schema_shows_single_people if some_column.disclosureRole.identifying

_schema_shows_single_people if {
	is.dataset.rowSubject.people
	is.dataset.granularity.single_case
}

# METADATA
# title: "Nature of the release: not applicable"
# custom:
#   item: RISK-PER-01
na contains "RISK-PER-01" if conditions.not_about_persons

# METADATA
# title: "Nature of the release: concern"
# custom:
#   item: RISK-PER-01
concern contains "RISK-PER-01" if conditions.identifiable

concern contains "RISK-PER-01" if {
	is.personalData.releaseLevel.record_anonymised
	_anonymity_unproven
}

_anonymity_unproven if unproven.profile.kMin.lowest < params.kMin

_anonymity_unproven if unproven.disclosureControl.intruderTest.done_no_match

# METADATA
# title: "Direct identifiers: fail"
# custom:
#   item: RISK-PER-02
fail contains "RISK-PER-02" if {
	some_column.disclosureRole.direct_identifier
	conditions.not_lawful_named
}

# METADATA
# title: "Direct identifiers: not applicable"
# custom:
#   item: RISK-PER-02
na contains "RISK-PER-02" if conditions.not_about_persons

# METADATA
# title: "Direct identifiers: concern"
# custom:
#   item: RISK-PER-02
concern contains "RISK-PER-02" if some_column.disclosureRole.direct_identifier

# METADATA
# title: "Personal identity code or similar: fail"
# custom:
#   item: RISK-PER-03
fail contains "RISK-PER-03" if is.personalData.nationalIdentifierPresent.yes

fail contains "RISK-PER-03" if is.profile.piiHits.pattern.hetu

# METADATA
# title: "Personal identity code or similar: not applicable"
# custom:
#   item: RISK-PER-03
na contains "RISK-PER-03" if conditions.not_about_persons

# METADATA
# title: "Pseudonymous keys and hashes: fail"
# custom:
#   item: RISK-PER-04
fail contains "RISK-PER-04" if some_column.transforms.unkeyed_hash

fail contains "RISK-PER-04" if {
	some column in columns
	column.is.transforms.keyed_hash
	isnt.disclosureControl.keyDestroyed.yes
}

fail contains "RISK-PER-04" if {
	some column in columns
	column.is.disclosureRole.pseudonymous_key
	_follows_a_person(column)
}

# A fresh random number for each release, in data that is not followed over time, follows nobody.
_follows_a_person(column) if column.isnt.transforms.random_pseudonym

_follows_a_person(_) if isnt.personalData.longitudinal.no

# METADATA
# title: "Pseudonymous keys and hashes: not applicable"
# custom:
#   item: RISK-PER-04
na contains "RISK-PER-04" if conditions.not_about_persons

# METADATA
# title: "Pseudonymous keys and hashes: concern"
# custom:
#   item: RISK-PER-04
concern contains "RISK-PER-04" if some_column.disclosureRole.pseudonymous_key

concern contains "RISK-PER-04" if some_column.transforms.keyed_hash

# METADATA
# title: "Combination of indirect identifiers: fail"
# custom:
#   item: RISK-PER-05
fail contains "RISK-PER-05" if {
	conditions.record_level
	_singles_out_a_record
}

fail contains "RISK-PER-05" if {
	conditions.aggregated
	column_count.disclosureRole.quasi_identifier.highest >= 6
}

_singles_out_a_record if column_count.disclosureRole.quasi_identifier.highest >= 5

_singles_out_a_record if is.personalData.householdOrRelational.yes

_singles_out_a_record if {
	some column in columns
	column.is.personalDataCategory.birth_date
	column.is.temporalPrecision.day
}

# METADATA
# title: "Combination of indirect identifiers: not applicable"
# custom:
#   item: RISK-PER-05
na contains "RISK-PER-05" if conditions.no_persons_in_release

# METADATA
# title: "Combination of indirect identifiers: concern"
# custom:
#   item: RISK-PER-05
concern contains "RISK-PER-05" if {
	conditions.record_level
	_may_single_out_a_record
}

concern contains "RISK-PER-05" if {
	conditions.aggregated
	column_count.disclosureRole.quasi_identifier.highest >= 4
}

_may_single_out_a_record if column_count.disclosureRole.quasi_identifier.highest >= 3

_may_single_out_a_record if {
	some column in columns
	column.is.disclosureRole.quasi_identifier
	conditions.not_coarse(column)
}

# METADATA
# title: "Special categories of personal data: fail"
# custom:
#   item: RISK-PER-06
fail contains "RISK-PER-06" if {
	conditions.record_level
	conditions.special_column
}

fail contains "RISK-PER-06" if {
	conditions.record_level
	conditions.inferable_column
	unproven.profile.kMin.lowest < params.kMinSensitive
}

fail contains "RISK-PER-06" if {
	conditions.aggregated
	_special_category
	is.disclosureControl.minCellCount.lowest < params.minCell
}

_special_category if conditions.special_column

_special_category if conditions.inferable_column

# METADATA
# title: "Special categories of personal data: not applicable"
# custom:
#   item: RISK-PER-06
na contains "RISK-PER-06" if conditions.no_persons_in_release

# METADATA
# title: "Special categories of personal data: concern"
# custom:
#   item: RISK-PER-06
concern contains "RISK-PER-06" if {
	conditions.record_level
	conditions.inferable_column
}

concern contains "RISK-PER-06" if {
	conditions.aggregated
	_special_category
	is.disclosureControl.minCellCount.lowest < params.minCellSensitive
}

# METADATA
# title: "Criminal and offence data: fail"
# custom:
#   item: RISK-PER-07
fail contains "RISK-PER-07" if {
	conditions.offence
	conditions.not_aggregate_rows
	_points_at_a_person
}

_points_at_a_person if conditions.identifiable

_points_at_a_person if some_column.disclosureRole.identifying

_points_at_a_person if some_column.spatialUnit.pinpoint

_points_at_a_person if some_column.temporalPrecision.fine

# METADATA
# title: "Criminal and offence data: not applicable"
# custom:
#   item: RISK-PER-07
na contains "RISK-PER-07" if conditions.not_offence

# METADATA
# title: "Criminal and offence data: concern"
# custom:
#   item: RISK-PER-07
concern contains "RISK-PER-07" if {
	conditions.offence
	_fine_rows
}

_fine_rows if conditions.not_aggregate_rows

_fine_rows if is.disclosureControl.minCellCount.lowest < params.minCell

# METADATA
# title: "Children and other vulnerable people: fail"
# custom:
#   item: RISK-PER-08
fail contains "RISK-PER-08" if {
	conditions.vulnerable
	_exposed
}

_strong_anonymity_unproven if unproven.personalData.releaseLevel.record_anonymised

_strong_anonymity_unproven if unproven.profile.kMin.lowest < params.kMinSensitive

_strong_anonymity_unproven if unproven.disclosureControl.intruderTest.done_no_match

_small_groups if {
	is.personalData.smallPopulation.yes
	conditions.quasi
}

_small_groups if is.disclosureControl.minCellCount.lowest < params.minCell

_exposed if {
	conditions.record_level
	_strong_anonymity_unproven
}

_exposed if {
	conditions.aggregated
	_small_groups
}

# METADATA
# title: "Children and other vulnerable people: not applicable"
# custom:
#   item: RISK-PER-08
na contains "RISK-PER-08" if conditions.no_persons_in_release

# METADATA
# title: "Children and other vulnerable people: concern"
# custom:
#   item: RISK-PER-08
concern contains "RISK-PER-08" if {
	conditions.vulnerable
	_somewhat_exposed
}

_smallish_groups if is.personalData.smallPopulation.yes

_smallish_groups if is.disclosureControl.minCellCount.lowest < params.minCellSensitive

_somewhat_exposed if conditions.record_level

_somewhat_exposed if {
	conditions.aggregated
	_smallish_groups
}

# METADATA
# title: "Non-disclosure orders and secret contact data: fail"
# custom:
#   item: RISK-PER-09
fail contains "RISK-PER-09" if is.security.assetClasses.safe_house

fail contains "RISK-PER-09" if {
	is.personalData.protectedIdentitiesHandled.no
	_reveals_where_people_live
}

_reveals_where_people_live if {
	some column in columns
	column.is.spatialSubject.people
	column.is.spatialUnit.finer_than_postal_code
}

_reveals_where_people_live if some_column.disclosureRole.direct_identifier

# METADATA
# title: "Non-disclosure orders and secret contact data: not applicable"
# custom:
#   item: RISK-PER-09
na contains "RISK-PER-09" if conditions.not_about_persons

# METADATA
# title: "Non-disclosure orders and secret contact data: concern"
# custom:
#   item: RISK-PER-09
concern contains "RISK-PER-09" if is.personalData.protectedIdentitiesHandled.no

# METADATA
# title: "Officials, sole traders and contact persons: fail"
# custom:
#   item: RISK-PER-10
fail contains "RISK-PER-10" if {
	some_column.disclosureRole.direct_identifier
	conditions.not_lawful_named
}

fail contains "RISK-PER-10" if {
	is.personalData.dataSubjectCategories.sole_trader
	is.personalData.publicationLegalBasis.none
}

# METADATA
# title: "Officials, sole traders and contact persons: not applicable"
# custom:
#   item: RISK-PER-10
na contains "RISK-PER-10" if {
	conditions.not_about_persons
	conditions.not_named_parties
}

# METADATA
# title: "Officials, sole traders and contact persons: concern"
# custom:
#   item: RISK-PER-10
concern contains "RISK-PER-10" if some_column.disclosureRole.direct_identifier

concern contains "RISK-PER-10" if is.personalData.dataSubjectCategories.sole_trader
