package lint

import (
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/semver"

	"puntari/internal/checklist"
)

// versions checks that the policy and the checklists have versions that can be told apart and put in
// order. That of the field catalogue names the form of a description and has two parts.
func (l *linter) versions() {
	for _, v := range []struct{ file, version string }{
		{riskFile, l.c.Risk.Version}, {opportunityFile, l.c.Opportunity.Version}, {policyFile, l.c.Policy.Version},
	} {
		if s := "v" + v.version; semver.Canonical(s)+semver.Build(s) != s {
			l.find("version", v.file, "text", "version", "version", v.version)
		}
	}
}

// validity checks the days from and to which something is in force.
func (l *linter) validity() {
	check := func(file, name string, v checklist.Validity) bool {
		fine := true
		for _, day := range []string{v.ValidFrom, v.ValidTo} {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				l.find("date", file, "item", name, "date", day)
				fine = false
			}
		}
		if fine && v.ValidFrom != "" && v.ValidTo != "" && v.ValidFrom > v.ValidTo {
			l.find("dates_order", file, "item", name, "date", v.ValidTo, "from", v.ValidFrom)
			fine = false
		}
		return fine
	}
	cited := func(file, name string, of []checklist.Citation) {
		for _, r := range of {
			check(file, name, r.Validity)
		}
	}
	for _, k := range l.lists() {
		for i := range k.Items {
			check(k.file, k.Items[i].ID, k.Items[i].Validity)
			cited(k.file, k.Items[i].ID, k.Items[i].References)
		}
	}
	for _, h := range l.c.Policy.HardStops {
		cited(policyFile, h.Code, h.References)
	}
	for _, id := range slices.Sorted(maps.Keys(l.c.Sources)) {
		check(referencesFile, id, l.c.Sources[id].Validity)
	}
	for _, name := range slices.Sorted(maps.Keys(l.c.Policy.Params)) {
		dated := l.c.Policy.Params[name].Dated
		for i, d := range dated {
			if !check(policyFile, name, d.Validity) {
				continue
			}
			// The first that is in force counts, so an overlap hides a value.
			for _, before := range dated[:i] {
				if overlap(before.Validity, d.Validity) {
					l.find("dates_overlap", policyFile, "item", name, "date", d.ValidFrom)
				}
			}
		}
	}
}

// overlap tells whether two times have a day in common.
func overlap(a, b checklist.Validity) bool {
	return (a.ValidTo == "" || b.ValidFrom <= a.ValidTo) && (b.ValidTo == "" || a.ValidFrom <= b.ValidTo)
}
