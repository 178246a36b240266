# METADATA
# title: Risk items of the City of Auenbrück
# description: The rows of the risk items that the city added.
package org.auenbrueck.risk

import data.puntari.conditions
import input.is

# METADATA
# title: "Live data about people: fail"
# custom:
#   item: RISK-AUE-01
fail contains "RISK-AUE-01" if {
	is.dataset.accrualPeriodicity.live
	conditions.about_persons
	conditions.not_no_persons_in_release
}

# METADATA
# title: "Live data about people: not applicable"
# custom:
#   item: RISK-AUE-01
na contains "RISK-AUE-01" if conditions.not_about_persons
