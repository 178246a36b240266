# METADATA
# title: Legal readiness for reuse
# description: The rows of the opportunity items of theme LEG.
# schemas:
#   - input: schema.facts
package puntari.opportunity.terms

import input.is

# METADATA
# title: "Standard open licence: pass"
# custom:
#   item: OPP-LEG-01
pass contains "OPP-LEG-01" if is.rights.licence.standard_open

# METADATA
# title: "Standard open licence: concern"
# custom:
#   item: OPP-LEG-01
concern contains "OPP-LEG-01" if is.rights.licence.other_open

# METADATA
# title: "Plain and complete terms of use: pass"
# custom:
#   item: OPP-LEG-02
pass contains "OPP-LEG-02" if {
	is.rights.licence.open
	is.quality.limitationsStatement.yes
	_reidentification_ruled_out
}

_reidentification_ruled_out if is.personalData.sourceRelatesToPersons.no

_reidentification_ruled_out if is.release.reidentificationBan.yes

# METADATA
# title: "Plain and complete terms of use: concern"
# custom:
#   item: OPP-LEG-02
concern contains "OPP-LEG-02" if is.rights.licence.open

concern contains "OPP-LEG-02" if is.quality.limitationsStatement.yes

concern contains "OPP-LEG-02" if is.release.reidentificationBan.yes
