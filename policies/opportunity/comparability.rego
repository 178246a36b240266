# METADATA
# title: Cross-city comparability
# description: The rows of the opportunity items of theme COM.
# schemas:
#   - input: schema.facts
package puntari.opportunity.comparability

import input.is
import input.proven

# METADATA
# title: "Shared data model: pass"
# custom:
#   item: OPP-COM-01
pass contains "OPP-COM-01" if {
	is.benefit.sharedModel.standardised
	proven.release.conformsTo.size.highest >= 1
}

# METADATA
# title: "Shared data model: concern"
# custom:
#   item: OPP-COM-01
concern contains "OPP-COM-01" if is.benefit.sharedModel.documented

# METADATA
# title: "Other cities publish the same: pass"
# custom:
#   item: OPP-COM-02
pass contains "OPP-COM-02" if {
	is.benefit.citiesPublishingSame.highest >= 2
	is.benefit.sharedModel.documented
}

# METADATA
# title: "Other cities publish the same: concern"
# custom:
#   item: OPP-COM-02
concern contains "OPP-COM-02" if is.benefit.citiesPublishingSame.highest >= 1
