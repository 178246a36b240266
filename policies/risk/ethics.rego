# METADATA
# title: "Group harm, fairness, trust"
# description: The rows of the risk items of theme ETH.
# schemas:
#   - input: schema.facts
package puntari.risk.ethics

import data.puntari.conditions
import input.is
import input.isnt

# METADATA
# title: "Stigma and harm to groups: fail"
# custom:
#   item: RISK-ETH-01
fail contains "RISK-ETH-01" if {
	is.impact.stigmatisation.high
	_unprepared
}

_unprepared if isnt.impact.groupsConsulted.yes

_unprepared if isnt.impact.communicationsPlan.yes

# METADATA
# title: "Stigma and harm to groups: not applicable"
# custom:
#   item: RISK-ETH-01
na contains "RISK-ETH-01" if {
	conditions.not_about_persons
	isnt.dataset.granularity.area_or_household
	is.impact.stigmatisation.none
}

# METADATA
# title: "Stigma and harm to groups: concern"
# custom:
#   item: RISK-ETH-01
concern contains "RISK-ETH-01" if is.impact.stigmatisation.raised

# METADATA
# title: "Expectations and trust: fail"
# custom:
#   item: RISK-ETH-02
fail contains "RISK-ETH-02" if is.personalData.expectation.surprising

fail contains "RISK-ETH-02" if {
	is.impact.publicSensitivity.high
	is.impact.communicationsPlan.no
}

# METADATA
# title: "Expectations and trust: not applicable"
# custom:
#   item: RISK-ETH-02
na contains "RISK-ETH-02" if {
	conditions.not_about_persons
	is.impact.publicSensitivity.low
}

# METADATA
# title: "Expectations and trust: concern"
# custom:
#   item: RISK-ETH-02
concern contains "RISK-ETH-02" if is.impact.publicSensitivity.raised
