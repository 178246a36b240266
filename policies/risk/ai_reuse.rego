# METADATA
# title: AI reuse
# description: The rows of the risk items of theme AIR.
# schemas:
#   - input: schema.facts
package puntari.risk.ai_reuse

import data.puntari.conditions
import input.is
import input.isnt
import input.unproven

# METADATA
# title: "Reuse in AI and in scoring people: fail"
# custom:
#   item: RISK-AIR-01
fail contains "RISK-AIR-01" if {
	is.impact.scoringOrEnforcementUse.yes
	unproven.release.aiReuseNotice.yes
}

# METADATA
# title: "Reuse in AI and in scoring people: not applicable"
# custom:
#   item: RISK-AIR-01
na contains "RISK-AIR-01" if {
	conditions.place_like
	isnt.dataset.granularity.area_aggregate
	is.impact.scoringOrEnforcementUse.no
}

# METADATA
# title: "Reuse in AI and in scoring people: concern"
# custom:
#   item: RISK-AIR-01
concern contains "RISK-AIR-01" if is.impact.scoringOrEnforcementUse.yes
