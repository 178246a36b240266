package profile

import "puntari/internal/assessment"

// Provenance is what an assessment of a day says of the profile; nil for the general
// profile.
func (p *Profile) Provenance(day string) *assessment.Profile {
	if !p.Own() {
		return nil
	}
	o := &p.Organisation
	out := &assessment.Profile{
		Identifier: o.Identifier, Version: o.Version, Digest: p.Digest, Name: o.Name,
		Layers: []assessment.Layer{}, Changes: []assessment.Override{},
		Record: assessment.Record{
			CaseNumber: o.Record.CaseNumber, FunctionCode: o.Record.FunctionCode, RetentionClass: o.Record.RetentionClass,
			RetentionPeriod: o.Record.RetentionPeriod, RetentionReason: o.Record.RetentionReason, Publicity: o.Record.Publicity,
		},
	}
	for _, l := range p.Layers {
		out.Layers = append(out.Layers, assessment.Layer{Code: l.Code, Version: l.Version})
	}
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.InForce(day) {
			out.Changes = append(out.Changes, assessment.Override{
				Kind: c.Kind, Section: c.Section, Name: c.Name, Key: c.Key, Before: c.Before, After: c.After,
				Because: c.Because, From: c.From, To: c.To, Weakens: c.Weakens,
			})
		}
	}
	return out
}
