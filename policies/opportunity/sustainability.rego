# METADATA
# title: "Sustainability, maintenance and cost"
# description: The rows of the opportunity items of theme SUS.
# schemas:
#   - input: schema.facts
package puntari.opportunity.sustainability

import data.puntari.conditions
import input.is
import input.proven

# METADATA
# title: "Named owner and funding: not applicable"
# custom:
#   item: OPP-SUS-01
na contains "OPP-SUS-01" if {
	is.maintenance.automation.one_off
	is.dataset.accrualPeriodicity.NEVER
}

# METADATA
# title: "Named owner and funding: pass"
# custom:
#   item: OPP-SUS-01
pass contains "OPP-SUS-01" if {
	is.maintenance.owner.set
	_funded
}

_funded if proven.maintenance.fundedUntil.months.highest >= 24

_funded if is.maintenance.annualCostHours.lowest <= 8

# METADATA
# title: "Named owner and funding: concern"
# custom:
#   item: OPP-SUS-01
concern contains "OPP-SUS-01" if is.maintenance.owner.set

# METADATA
# title: "Automated updates: pass"
# custom:
#   item: OPP-SUS-02
pass contains "OPP-SUS-02" if is.maintenance.automation.effortless

# METADATA
# title: "Automated updates: concern"
# custom:
#   item: OPP-SUS-02
concern contains "OPP-SUS-02" if is.maintenance.automation.semi

concern contains "OPP-SUS-02" if {
	is.maintenance.automation.manual
	is.dataset.accrualPeriodicity.infrequent
}

# METADATA
# title: "Cost in proportion to value: not applicable"
# custom:
#   item: OPP-SUS-03
na contains "OPP-SUS-03" if is.benefit.statutoryDuty.any_duty

# METADATA
# title: "Cost in proportion to value: pass"
# custom:
#   item: OPP-SUS-03
pass contains "OPP-SUS-03" if {
	is.maintenance.openingCostHours.lowest <= 40
	is.maintenance.annualCostHours.lowest <= 24
}

pass contains "OPP-SUS-03" if proven.benefit.hoursSavedPerYear.highest >= proven.maintenance.annualCostHours.lowest

# METADATA
# title: "Cost in proportion to value: concern"
# custom:
#   item: OPP-SUS-03
concern contains "OPP-SUS-03" if is.maintenance.openingCostHours.lowest <= 160

concern contains "OPP-SUS-03" if conditions.value_high
