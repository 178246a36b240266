# METADATA
# title: Societal value
# description: The rows of the opportunity items of theme SOC.
# schemas:
#   - input: schema.facts
package puntari.opportunity.society

import input.is

# METADATA
# title: "Transparency and accountability: pass"
# custom:
#   item: OPP-SOC-01
pass contains "OPP-SOC-01" if is.benefit.transparency.substantial

# METADATA
# title: "Transparency and accountability: concern"
# custom:
#   item: OPP-SOC-01
concern contains "OPP-SOC-01" if is.benefit.transparency.low

# METADATA
# title: "Safety, health, environment and climate: pass"
# custom:
#   item: OPP-SOC-02
pass contains "OPP-SOC-02" if is.benefit.societalImpact.substantial

# METADATA
# title: "Safety, health, environment and climate: concern"
# custom:
#   item: OPP-SOC-02
concern contains "OPP-SOC-02" if is.benefit.societalImpact.low

# METADATA
# title: "Inclusion and accessibility: pass"
# custom:
#   item: OPP-SOC-03
pass contains "OPP-SOC-03" if is.benefit.inclusionImpact.substantial

# METADATA
# title: "Inclusion and accessibility: concern"
# custom:
#   item: OPP-SOC-03
concern contains "OPP-SOC-03" if is.benefit.inclusionImpact.low

# METADATA
# title: "Research and education: pass"
# custom:
#   item: OPP-SOC-04
pass contains "OPP-SOC-04" if is.benefit.researchEducation.substantial

# METADATA
# title: "Research and education: concern"
# custom:
#   item: OPP-SOC-04
concern contains "OPP-SOC-04" if is.benefit.researchEducation.low
