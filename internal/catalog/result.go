package catalog

import (
	"puntari/internal/assessment"
	"puntari/internal/engine"
)

// Result is what came of one record of a catalogue. A record has either a
// verdict or errors.
type Result struct {
	// Source is the file, "-" for standard input; Record counts its records from 1.
	Source string
	Record int
	// Errors say why the record could not be assessed.
	Errors []Trouble

	Identifier string
	Title      map[string]string
	Publisher  string
	Unit       string
	Owner      string
	Themes     []string
	// Day is the day of the assessment, Digest that of the descriptor.
	Day, Digest string
	Verdict     engine.Verdict
	// Report is the name of the dataset's report.
	Report string
	// Line is the JSON of the findings without the place of the record, as a journal
	// keeps it when it was asked for.
	Line string
}

// Trouble is why a record could not be assessed.
type Trouble struct {
	Code string `json:"code"`
	// Path is the field concerned, or empty.
	Path    string `json:"path,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// Failed tells that the record could not be assessed.
func (r *Result) Failed() bool { return len(r.Errors) > 0 }

// Known is the share of the items whose result is known.
func (r *Result) Known() float64 {
	n, open := 0, 0
	for _, results := range [][]string{r.Verdict.Risk, r.Verdict.Opportunity} {
		for _, x := range results {
			if x == assessment.OutOfForce {
				continue
			}
			n++
			if x == assessment.Unknown {
				open++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return float64(n-open) / float64(n)
}

// Count is how many risk items have a result.
func (r *Result) Count(result string) int {
	n := 0
	for _, x := range r.Verdict.Risk {
		if x == result {
			n++
		}
	}
	return n
}

// Name gives the title in a language, or in the first there is.
func (r *Result) Name(lang string) string {
	for _, l := range []string{lang, "en", "fi", "sv"} {
		if t := r.Title[l]; t != "" {
			return t
		}
	}
	best := ""
	for _, l := range sortedKeys(r.Title) {
		if best == "" {
			best = r.Title[l]
		}
	}
	return best
}
