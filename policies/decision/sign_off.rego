package puntari.decision

# METADATA
# title: Who signs
# description: The sign-off rules that hold; checklists/policy.yaml says in words what they are and which roles sign.
sign_off contains "open" if outcome == "OPEN"

sign_off contains "mitigations_no_persons" if {
	outcome == "OPEN_AFTER_MITIGATIONS"
	not input.people
}

sign_off contains "mitigations_persons" if {
	outcome == "OPEN_AFTER_MITIGATIONS"
	input.people
}

sign_off contains "security_finding" if {
	not insufficient
	some level in holding_levels
	input.themes.SAF[level] > 0
}

sign_off contains "closed" if outcome in {"RESTRICTED", "DO_NOT_OPEN"}
