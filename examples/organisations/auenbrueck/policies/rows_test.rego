package org.auenbrueck.rows_test

import data.org.auenbrueck.opportunity
import data.org.auenbrueck.risk
import data.puntari.testing

test_live_data_about_people if {
	"RISK-AUE-01" in risk.fail with input as {
		"is": {"dataset": {"accrualPeriodicity": {"live": true}}, "personalData": {"sourceRelatesToPersons": {"yes": true}}},
		"isnt": {"personalData": {"releaseLevel": {"not_about_persons": true}}},
	}
}

test_not_live if {
	not "RISK-AUE-01" in risk.fail with input as {"is": {"personalData": {"sourceRelatesToPersons": {"yes": true}}}}
}

test_not_about_people if "RISK-AUE-01" in risk.na with input as testing.input_of(testing.nobody)

test_listed if "OPP-AUE-01" in opportunity.pass with input as {"is": {"release": {"portals": {"national_or_eu": true}}}}

test_silence if {
	risk.fail == set() with input as {}
	risk.na == set() with input as {}
	opportunity.pass == set() with input as {}
}
