# METADATA
# title: Demand and users
# description: The rows of the opportunity items of theme DEM.
# schemas:
#   - input: schema.facts
package puntari.opportunity.demand

import data.params
import data.puntari.conditions
import input.is
import input.proven

# METADATA
# title: "Documented requests: not applicable"
# custom:
#   item: OPP-DEM-01
na contains "OPP-DEM-01" if is.benefit.statutoryDuty.any_duty

# METADATA
# title: "Documented requests: pass"
# custom:
#   item: OPP-DEM-01
pass contains "OPP-DEM-01" if is.demand.requests24m.highest >= params.requestsPass

pass contains "OPP-DEM-01" if {
	is.demand.requests24m.highest >= 2
	conditions.two_requester_types
}

# METADATA
# title: "Documented requests: concern"
# custom:
#   item: OPP-DEM-01
concern contains "OPP-DEM-01" if is.demand.requests24m.highest >= 1

# METADATA
# title: "Concrete use case with a named kind of user: pass"
# custom:
#   item: OPP-DEM-02
pass contains "OPP-DEM-02" if is.demand.useCases.evidence.shown

# METADATA
# title: "Concrete use case with a named kind of user: concern"
# custom:
#   item: OPP-DEM-02
concern contains "OPP-DEM-02" if is.demand.useCases.evidence.stated_need

concern contains "OPP-DEM-02" if is.demand.useCases.size.highest >= 2

# METADATA
# title: "Users consulted about content and form: pass"
# custom:
#   item: OPP-DEM-03
pass contains "OPP-DEM-03" if is.demand.userConsultation.dialogue

# METADATA
# title: "Users consulted about content and form: concern"
# custom:
#   item: OPP-DEM-03
concern contains "OPP-DEM-03" if is.demand.userConsultation.survey

# METADATA
# title: "No adequate substitute: pass"
# custom:
#   item: OPP-DEM-04
pass contains "OPP-DEM-04" if is.demand.substitutes.none

pass contains "OPP-DEM-04" if {
	is.demand.substitutes.full
	proven.quality.authoritative.authoritative
}

# METADATA
# title: "No adequate substitute: concern"
# custom:
#   item: OPP-DEM-04
concern contains "OPP-DEM-04" if is.demand.substitutes.partial
