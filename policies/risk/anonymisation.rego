# METADATA
# title: Anonymisation strength
# description: The rows of the risk items of theme ANO.
# schemas:
#   - input: schema.facts
package puntari.risk.anonymisation

import data.params
import data.puntari.conditions
import input.column_count
import input.is
import input.isnt
import input.proven
import input.unproven

# METADATA
# title: "Singling out (k-anonymity): fail"
# custom:
#   item: RISK-ANO-01
fail contains "RISK-ANO-01" if {
	conditions.record_level
	conditions.not_lawful_named
	_singled_out
}

_singled_out if is.profile.kMin.lowest < 3

_singled_out if is.profile.uniqueShare.highest > 0

_singled_out if {
	conditions.sensitive_topic
	is.profile.kMin.lowest < params.kMin
}

# METADATA
# title: "Singling out (k-anonymity): not applicable"
# custom:
#   item: RISK-ANO-01
na contains "RISK-ANO-01" if conditions.no_persons_in_release

na contains "RISK-ANO-01" if conditions.aggregated

na contains "RISK-ANO-01" if conditions.lawful_named

# METADATA
# title: "Singling out (k-anonymity): concern"
# custom:
#   item: RISK-ANO-01
concern contains "RISK-ANO-01" if is.profile.kMin.lowest < params.kMin

concern contains "RISK-ANO-01" if {
	conditions.sensitive_topic
	is.profile.kMin.lowest < params.kMinSensitive
}

# METADATA
# title: "Linking with other sources: fail"
# custom:
#   item: RISK-ANO-02
fail contains "RISK-ANO-02" if is.disclosureControl.linkageResult.likely

fail contains "RISK-ANO-02" if {
	conditions.record_level
	conditions.not_lawful_named
	is.disclosureControl.linkageAssessed.no
}

# METADATA
# title: "Linking with other sources: not applicable"
# custom:
#   item: RISK-ANO-02
na contains "RISK-ANO-02" if conditions.no_persons_in_release

na contains "RISK-ANO-02" if conditions.lawful_named

na contains "RISK-ANO-02" if {
	conditions.aggregated
	isnt.schema.joinKeys.linking_key
}

# METADATA
# title: "Linking with other sources: concern"
# custom:
#   item: RISK-ANO-02
concern contains "RISK-ANO-02" if is.disclosureControl.linkageResult.possible

concern contains "RISK-ANO-02" if is.disclosureControl.linkageAssessed.no

# METADATA
# title: "Inference from uniform groups: fail"
# custom:
#   item: RISK-ANO-03
fail contains "RISK-ANO-03" if {
	conditions.sensitive_attribute
	conditions.not_lawful_named
	_attribute_revealed
}

_attribute_revealed if is.profile.lMin.lowest < 2

_attribute_revealed if {
	conditions.aggregated
	is.disclosureControl.rateAndPercentProtected.no
}

_attribute_revealed if {
	conditions.record_level
	is.disclosureControl.attributeDisclosureChecked.no
	unproven.profile.lMin.lowest < 2
}

# METADATA
# title: "Inference from uniform groups: not applicable"
# custom:
#   item: RISK-ANO-03
na contains "RISK-ANO-03" if conditions.no_persons_in_release

na contains "RISK-ANO-03" if conditions.lawful_named

na contains "RISK-ANO-03" if conditions.not_sensitive_attribute

# METADATA
# title: "Inference from uniform groups: concern"
# custom:
#   item: RISK-ANO-03
concern contains "RISK-ANO-03" if is.disclosureControl.attributeDisclosureChecked.no

concern contains "RISK-ANO-03" if {
	conditions.record_level
	unproven.profile.lMin.lowest < 2
}

concern contains "RISK-ANO-03" if {
	conditions.sensitive_topic
	proven.profile.lMin.lowest < 3
}

# METADATA
# title: "Small counts in tables: fail"
# custom:
#   item: RISK-ANO-04
fail contains "RISK-ANO-04" if {
	conditions.aggregated
	_small_cells_shown
}

_small_cells_shown if proven.profile.minCellCount.lowest < 3

_small_cells_shown if {
	conditions.sensitive_topic
	proven.profile.minCellCount.lowest < params.minCell
}

_small_cells_shown if {
	is.disclosureControl.minCellCount.lowest < 3
	unproven.profile.minCellCount.lowest < 3
}

_small_cells_shown if is.disclosureControl.secondarySuppression.no

# METADATA
# title: "Small counts in tables: not applicable"
# custom:
#   item: RISK-ANO-04
na contains "RISK-ANO-04" if conditions.no_persons_in_release

na contains "RISK-ANO-04" if conditions.record_level

# METADATA
# title: "Small counts in tables: concern"
# custom:
#   item: RISK-ANO-04
concern contains "RISK-ANO-04" if unproven.profile.minCellCount.lowest < params.minCell

concern contains "RISK-ANO-04" if {
	conditions.sensitive_topic
	unproven.profile.minCellCount.lowest < params.minCellSensitive
}

concern contains "RISK-ANO-04" if is.disclosureControl.rateAndPercentProtected.no

# METADATA
# title: "Small populations behind figures: fail"
# custom:
#   item: RISK-ANO-05
fail contains "RISK-ANO-05" if {
	conditions.aggregated
	_describes_people
	is.profile.minDenominator.lowest < params.minDenominator
}

_describes_people if conditions.quasi

_describes_people if conditions.sensitive_attribute

# METADATA
# title: "Small populations behind figures: not applicable"
# custom:
#   item: RISK-ANO-05
na contains "RISK-ANO-05" if conditions.no_persons_in_release

na contains "RISK-ANO-05" if conditions.record_level

na contains "RISK-ANO-05" if {
	conditions.not_quasi
	conditions.not_sensitive_attribute
}

# METADATA
# title: "Small populations behind figures: concern"
# custom:
#   item: RISK-ANO-05
concern contains "RISK-ANO-05" if {
	conditions.sensitive_topic
	is.profile.minDenominator.lowest < params.minDenominatorSensitive
}

# METADATA
# title: "Facts revealed by subtraction: fail"
# custom:
#   item: RISK-ANO-06
fail contains "RISK-ANO-06" if {
	conditions.about_persons
	is.disclosureControl.differencingChecked.no
	_can_be_subtracted
}

_can_be_subtracted if {
	conditions.aggregated
	column_count.spatialUnit.area_division.highest >= 2
}

_can_be_subtracted if {
	conditions.record_level
	is.release.apiExists.yes
	isnt.release.apiGuards.aggregate_only
}

# METADATA
# title: "Facts revealed by subtraction: not applicable"
# custom:
#   item: RISK-ANO-06
na contains "RISK-ANO-06" if conditions.no_persons_in_release

na contains "RISK-ANO-06" if conditions.lawful_named

# METADATA
# title: "Facts revealed by subtraction: concern"
# custom:
#   item: RISK-ANO-06
concern contains "RISK-ANO-06" if {
	is.disclosureControl.differencingChecked.no
	is.release.previousReleases.highest > 0
}

# METADATA
# title: "Independent intruder test: fail"
# custom:
#   item: RISK-ANO-07
fail contains "RISK-ANO-07" if is.disclosureControl.intruderTest.done_confirmed_match

fail contains "RISK-ANO-07" if {
	conditions.record_level
	conditions.not_lawful_named
	is.disclosureControl.intruderTest.no_test
	unproven.disclosureControl.independentReview.yes
}

# METADATA
# title: "Independent intruder test: not applicable"
# custom:
#   item: RISK-ANO-07
na contains "RISK-ANO-07" if conditions.no_persons_in_release

na contains "RISK-ANO-07" if conditions.lawful_named

# METADATA
# title: "Independent intruder test: concern"
# custom:
#   item: RISK-ANO-07
concern contains "RISK-ANO-07" if is.disclosureControl.intruderTest.inconclusive

concern contains "RISK-ANO-07" if {
	conditions.record_level
	is.disclosureControl.intruderTest.not_needed
}
