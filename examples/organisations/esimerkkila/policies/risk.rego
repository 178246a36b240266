# METADATA
# title: Items of the City of Esimerkkilä
# description: The rows of the risk items that the city added.
package org.esimerkkila.risk

import input.is
import input.isnt

# METADATA
# title: "Closing the interface: fail"
# custom:
#   item: RISK-ESI-01
fail contains "RISK-ESI-01" if {
	is.release.apiExists.yes
	is.release.retractionPlan.no
}

# METADATA
# title: "Closing the interface: not applicable"
# custom:
#   item: RISK-ESI-01
na contains "RISK-ESI-01" if is.release.apiExists.no

# METADATA
# title: "Closing the interface: concern"
# custom:
#   item: RISK-ESI-01
concern contains "RISK-ESI-01" if isnt.release.apiGuards.monitoring
