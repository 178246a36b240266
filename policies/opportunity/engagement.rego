# METADATA
# title: Ecosystem engagement
# description: The rows of the opportunity items of theme ENG.
# schemas:
#   - input: schema.facts
package puntari.opportunity.engagement

import input.is

# METADATA
# title: "Feedback and support: pass"
# custom:
#   item: OPP-ENG-01
pass contains "OPP-ENG-01" if {
	is.maintenance.feedbackChannel.yes
	is.maintenance.engagementPlan.active
}

# METADATA
# title: "Feedback and support: concern"
# custom:
#   item: OPP-ENG-01
concern contains "OPP-ENG-01" if is.maintenance.feedbackChannel.yes

# METADATA
# title: "Findable through national and EU portals: not applicable"
# custom:
#   item: OPP-ENG-02
na contains "OPP-ENG-02" if is.release.mode.unpublished

# METADATA
# title: "Findable through national and EU portals: pass"
# custom:
#   item: OPP-ENG-02
pass contains "OPP-ENG-02" if is.release.portals.national_or_eu

# METADATA
# title: "Findable through national and EU portals: concern"
# custom:
#   item: OPP-ENG-02
concern contains "OPP-ENG-02" if is.release.portals.local

# METADATA
# title: "Reuse and impact followed: pass"
# custom:
#   item: OPP-ENG-03
pass contains "OPP-ENG-03" if is.maintenance.reuseMonitoring.cases_followed

# METADATA
# title: "Reuse and impact followed: concern"
# custom:
#   item: OPP-ENG-03
concern contains "OPP-ENG-03" if is.maintenance.reuseMonitoring.downloads
