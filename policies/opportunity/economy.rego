# METADATA
# title: Economic reuse and business models
# description: The rows of the opportunity items of theme ECO.
# schemas:
#   - input: schema.facts
package puntari.opportunity.economy

import input.is
import input.isnt
import input.proven

# METADATA
# title: "Plausible business model: pass"
# custom:
#   item: OPP-ECO-01
pass contains "OPP-ECO-01" if {
	is.benefit.businessModels.reuse_models
	proven.benefit.sectors.size.highest >= 1
}

# METADATA
# title: "Plausible business model: concern"
# custom:
#   item: OPP-ECO-01
concern contains "OPP-ECO-01" if is.benefit.businessModels.any_model

# METADATA
# title: "Market scope: pass"
# custom:
#   item: OPP-ECO-02
pass contains "OPP-ECO-02" if is.benefit.marketScope.beyond_local

# METADATA
# title: "Market scope: concern"
# custom:
#   item: OPP-ECO-02
concern contains "OPP-ECO-02" if is.benefit.marketScope.local

# METADATA
# title: "Company interest shown: not applicable"
# custom:
#   item: OPP-ECO-03
na contains "OPP-ECO-03" if {
	isnt.dataset.theme.other_than_government
	is.benefit.transparency.substantial
}

# METADATA
# title: "Company interest shown: pass"
# custom:
#   item: OPP-ECO-03
pass contains "OPP-ECO-03" if {
	some use_case in is.demand.useCases.entries
	use_case.is.actor.business
	use_case.is.evidence.shown
}

# METADATA
# title: "Company interest shown: concern"
# custom:
#   item: OPP-ECO-03
concern contains "OPP-ECO-03" if is.demand.requesterTypes.business

concern contains "OPP-ECO-03" if is.demand.useCases.actor.business

# METADATA
# title: "Free and equal commercial reuse: pass"
# custom:
#   item: OPP-ECO-04
pass contains "OPP-ECO-04" if {
	is.rights.licence.open
	is.rights.fee.free
	is.rights.exclusiveArrangement.no
}

# METADATA
# title: "Free and equal commercial reuse: concern"
# custom:
#   item: OPP-ECO-04
concern contains "OPP-ECO-04" if {
	is.rights.licence.open
	is.rights.fee.marginal_cost
	is.rights.exclusiveArrangement.no
}
