package org.esimerkkila.risk_test

import data.org.esimerkkila.risk

test_interface_without_plan if {
	"RISK-ESI-01" in risk.fail with input as {"is": {"release": {"apiExists": {"yes": true}, "retractionPlan": {"no": true}}}}
}

test_plan_alone_is_no_fail if {
	not "RISK-ESI-01" in risk.fail with input as {"is": {"release": {"retractionPlan": {"no": true}}}}
}

test_no_interface if {
	"RISK-ESI-01" in risk.na with input as {"is": {"release": {"apiExists": {"no": true}}}}
}

test_nobody_watches if {
	"RISK-ESI-01" in risk.concern with input as {"isnt": {"release": {"apiGuards": {"monitoring": true}}}}
}

test_silence if {
	risk.fail == set() with input as {}
	risk.na == set() with input as {}
	risk.concern == set() with input as {}
}
