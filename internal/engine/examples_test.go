package engine

import (
	"os"
	"slices"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
)

// The worked examples come to what a data protection officer and an open-data
// coordinator would expect.
func TestExamples(t *testing.T) {
	e := newEngine(t, Options{})
	reader := descriptor.NewReader(e.Catalogue)
	for file, want := range map[string]struct {
		outcome  string
		priority string
		stops    []string
	}{
		"social-health-ece-clients": {"RESTRICTED", "", []string{"G1", "G10", "G2", "G3", "G4", "G5"}},
		"museum-survey":             {"OPEN_AFTER_MITIGATIONS", "P1", []string{"G9"}},
		"trail-accessibility":       {"OPEN_AFTER_MITIGATIONS", "P1", nil},
		"visitor-counters":          {"OPEN_AFTER_MITIGATIONS", "P1", nil},
		"job-path":                  {"DO_NOT_OPEN", "", []string{"G1", "G11", "G2", "G3", "G4", "G9"}},
		"pupil-learning":            {"RESTRICTED", "", []string{"G1", "G2", "G3", "G5", "G8"}},
		"classroom-air":             {"OPEN_AFTER_MITIGATIONS", "P1", nil},
		"parking-traffic":           {"OPEN", "P1", nil},
		"service-building-energy":   {"OPEN", "P1", nil},
		"cameras-water-network":     {"DO_NOT_OPEN", "", []string{"G1", "G7"}},
		"purchase-invoices":         {"OPEN_AFTER_MITIGATIONS", "P1", []string{"G2", "G9"}},
		"street-lights":             {"INSUFFICIENT_INFORMATION", "", nil},
		"park-benches":              {"OPEN", "P4", nil},
	} {
		t.Run(file, func(t *testing.T) {
			f, err := os.Open("../../examples/" + file + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			s, problems := reader.Read(file, f)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			a := assess(t, e, s.Dataset)
			var stops []string
			for _, s := range a.HardStops {
				if !slices.Contains(stops, s.Stop) {
					stops = append(stops, s.Stop)
				}
			}
			slices.Sort(stops)
			priority := ""
			if a.Priority != nil {
				priority = *a.Priority
			}
			if a.Outcome != want.outcome || priority != want.priority || !slices.Equal(stops, want.stops) {
				t.Errorf("%s %s %v, want %s %s %v", a.Outcome, priority, stops, want.outcome, want.priority, want.stops)
			}
		})
	}
}

// A column's name can say what the declaration for the whole dataset denies.
func TestADeclarationIsNotBelievedAgainstAColumnsName(t *testing.T) {
	e := newEngine(t, Options{})
	reader := descriptor.NewReader(e.Catalogue)
	read := func() *descriptor.Dataset {
		f, err := os.Open("../../examples/park-benches.yaml")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s, _ := reader.Read("park-benches.yaml", f)
		return s.Dataset
	}
	d := read()
	name := "asiakkaan_henkilötunnus"
	d.Schema.Fields[1].Name = &name
	a := assess(t, e, d)
	const question = "schema.fields[asiakkaan_henkilötunnus].disclosureRole"
	if a.Outcome != "INSUFFICIENT_INFORMATION" || a.Items["RISK-PER-02"].Result != "unknown" || !slices.Contains(a.Items["RISK-PER-02"].Missing, question) {
		t.Errorf("%s, RISK-PER-02 %+v", a.Outcome, a.Items["RISK-PER-02"])
	}
	if i := slices.IndexFunc(a.Questions, func(q assessment.Question) bool { return q.Field == question }); i < 0 || a.Questions[i].Suspicion == "" || !a.Questions[i].Decisive {
		t.Errorf("the column is not asked about: %+v", a.Questions)
	}
	role := "none"
	d.Schema.Fields[1].DisclosureRole = &role
	if a := assess(t, e, d); a.Outcome != "OPEN" {
		t.Errorf("answered for itself: %s", a.Outcome)
	}
}
