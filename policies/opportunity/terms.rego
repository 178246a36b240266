# METADATA
# title: Legal readiness for reuse
# description: The rows of the opportunity items of theme LEG.
# schemas:
#   - input: schema.facts
package puntari.opportunity.terms

import input.is

# METADATA
# title: "Standard open licence, machine-readable: pass"
# custom:
#   item: OPP-LEG-01
pass contains "OPP-LEG-01" if is.rights.licence.standard_open

# METADATA
# title: "Standard open licence, machine-readable: concern"
# custom:
#   item: OPP-LEG-01
concern contains "OPP-LEG-01" if is.rights.licence.other_open

# METADATA
# title: "Terms are plain and complete for a business user: pass"
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
# title: "Terms are plain and complete for a business user: concern"
# custom:
#   item: OPP-LEG-02
concern contains "OPP-LEG-02" if is.rights.licence.open

concern contains "OPP-LEG-02" if is.quality.limitationsStatement.yes

concern contains "OPP-LEG-02" if is.release.reidentificationBan.yes
