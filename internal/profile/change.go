package profile

import "puntari/internal/checklist"

// The kinds of changes.
const (
	Overridden = "overridden" // a value or text of the core is another one here
	Added      = "added"      // something that the core does not have
	Retired    = "retired"    // an item of the core that is not used here
)

// Change is one thing that an organisation made different.
type Change struct {
	Kind string `json:"kind"`
	// Section is the part of the profile: params, items, signOff, sources and so on;
	// Name is the thing in it (kMin, RISK-OPS-02) and Key what of it was changed
	// (value, severity, "reasons.fail"), empty for what is added or retired.
	Section string `json:"section"`
	Name    string `json:"name"`
	Key     string `json:"key,omitempty"`
	// Before and After are the values as they are written; for texts those in the
	// first language of the profile.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Because is the reason that the organisation gives.
	Because checklist.Text `json:"because,omitempty"`
	// From and To are the first and last day on which the change is in force; empty
	// when open.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Weakens names the hard stops that the change weakens, as the profile admits.
	Weakens []string `json:"weakens,omitempty"`
	// File and Line are the place in the folder of the profile.
	File string `json:"file"`
	Line int    `json:"line"`
}

// InForce tells whether the change is in force on a day (2026-03-01); every change is
// on the empty day.
func (c *Change) InForce(day string) bool {
	return day == "" || (c.From == "" || c.From <= day) && (c.To == "" || day <= c.To)
}
