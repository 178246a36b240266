# METADATA
# title: Opportunity items of the City of Auenbrück
# description: The rows of the opportunity items that the city added.
package org.auenbrueck.opportunity

import input.is

# METADATA
# title: "Listed on data.gv.at: fulfilled"
# custom:
#   item: OPP-AUE-01
pass contains "OPP-AUE-01" if is.release.portals.national_or_eu
