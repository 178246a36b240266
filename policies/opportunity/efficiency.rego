# METADATA
# title: Internal efficiency
# description: The rows of the opportunity items of theme EFF.
# schemas:
#   - input: schema.facts
package puntari.opportunity.efficiency

import input.is
import input.proven

# METADATA
# title: "Replaces recurring manual deliveries: pass"
# custom:
#   item: OPP-EFF-01
pass contains "OPP-EFF-01" if is.benefit.manualDeliveriesPerYear.highest >= 6

pass contains "OPP-EFF-01" if {
	proven.benefit.hoursSavedPerYear.highest >= proven.maintenance.annualCostHours.lowest
	proven.benefit.hoursSavedPerYear.highest > 0
}

# METADATA
# title: "Replaces recurring manual deliveries: concern"
# custom:
#   item: OPP-EFF-01
concern contains "OPP-EFF-01" if is.benefit.manualDeliveriesPerYear.highest >= 1

# METADATA
# title: "Reuse inside and by other authorities: pass"
# custom:
#   item: OPP-EFF-02
pass contains "OPP-EFF-02" if is.benefit.internalUnits.highest >= 2

# METADATA
# title: "Reuse inside and by other authorities: concern"
# custom:
#   item: OPP-EFF-02
concern contains "OPP-EFF-02" if {
	is.benefit.internalUnits.lowest <= 1
	is.benefit.internalUnits.highest >= 1
}

concern contains "OPP-EFF-02" if proven.demand.requesterTypes.authority
