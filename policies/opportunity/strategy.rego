# METADATA
# title: Statutory and strategic fit
# description: The rows of the opportunity items of theme STR.
# schemas:
#   - input: schema.facts
package puntari.opportunity.strategy

import data.puntari.conditions
import input.is
import input.isnt

# METADATA
# title: "High-value dataset duty: not applicable"
# custom:
#   item: OPP-STR-01
na contains "OPP-STR-01" if is.dataset.hvdCategory.none

# METADATA
# title: "High-value dataset duty: pass"
# custom:
#   item: OPP-STR-01
pass contains "OPP-STR-01" if {
	conditions.hvd
	is.release.apiExists.yes
	is.release.bulkDownload.yes
	is.rights.licence.standard_open
	conditions.hvd_law
}

# METADATA
# title: "High-value dataset duty: concern"
# custom:
#   item: OPP-STR-01
concern contains "OPP-STR-01" if conditions.hvd

# METADATA
# title: "Other publication duty or dynamic data: not applicable"
# custom:
#   item: OPP-STR-02
na contains "OPP-STR-02" if {
	isnt.benefit.statutoryDuty.duty_beyond_hvd
	isnt.dataset.accrualPeriodicity.live
}

# METADATA
# title: "Other publication duty or dynamic data: pass"
# custom:
#   item: OPP-STR-02
pass contains "OPP-STR-02" if {
	is.benefit.statutoryDuty.duty_beyond_hvd
	_served_as_often_as_it_changes
}

_served_as_often_as_it_changes if isnt.dataset.accrualPeriodicity.live

_served_as_often_as_it_changes if is.release.apiExists.yes

# METADATA
# title: "Other publication duty or dynamic data: concern"
# custom:
#   item: OPP-STR-02
concern contains "OPP-STR-02" if is.benefit.statutoryDuty.duty_beyond_hvd

concern contains "OPP-STR-02" if is.dataset.accrualPeriodicity.live

# METADATA
# title: "Link to a strategy or programme: pass"
# custom:
#   item: OPP-STR-03
pass contains "OPP-STR-03" if is.benefit.strategyLinks.reference.set

# METADATA
# title: "Link to a strategy or programme: concern"
# custom:
#   item: OPP-STR-03
concern contains "OPP-STR-03" if is.benefit.strategyLinks.size.highest >= 1
