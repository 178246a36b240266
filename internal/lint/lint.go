// Package lint checks that the checklists and the policies fit together: every
// item has its rules and every rule its item, no policy reads what does not
// exist, nothing that is not known can turn into a pass, and every text is there
// in every language.
package lint

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"

	"puntari/internal/checklist"
	"puntari/internal/facts"
)

// Finding is something that does not fit.
type Finding struct {
	// Code names the kind of finding; the message lint.CODE explains it.
	Code string
	// Where is a file, with its line where that is known.
	Where string
	// Params fill the placeholders of the message.
	Params map[string]string
}

// Text renders the finding in a language.
func (f Finding) Text(c *checklist.Catalogue, lang string) string {
	params := maps.Clone(f.Params)
	if kind, ok := params["kind"]; ok {
		params["kind"] = c.Message(lang, "lint.kind."+kind, nil)
	}
	return f.Where + ": " + c.Message(lang, "lint."+f.Code, params)
}

// The files of the catalogue.
const (
	descriptorFile  = "checklists/descriptor.yaml"
	riskFile        = "checklists/risk.yaml"
	opportunityFile = "checklists/opportunity.yaml"
	mitigationsFile = "checklists/mitigations.yaml"
	policyFile      = "checklists/policy.yaml"
	referencesFile  = "checklists/references.yaml"
	lexiconFile     = "checklists/lexicon.yaml"
	messagesFile    = "checklists/messages"
)

// linter gathers findings.
type linter struct {
	c        *checklist.Catalogue
	space    *facts.Space
	findings []Finding

	facts, tally *Shape
	modules      []*module
	rules        map[string]*rule
	inOrder      []*rule
}

// find adds a finding; params are names and values in turn.
func (l *linter) find(code, where string, params ...string) {
	f := Finding{Code: code, Where: where, Params: map[string]string{}}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = params[i+1]
	}
	l.findings = append(l.findings, f)
}

// Check looks at a catalogue and the policies that go with it.
func Check(c *checklist.Catalogue, policies fs.FS) []Finding {
	l := &linter{c: c, rules: map[string]*rule{}, tally: TallyShape(c)}
	l.texts()
	l.mitigations()
	l.definitions()
	l.groups()
	l.lexicon()
	var err error
	if l.space, err = facts.NewSpace(c); err != nil {
		l.find("catalogue", "checklists", "error", err.Error())
		return l.sorted()
	}
	if l.facts, err = FactsShape(c); err != nil {
		l.find("catalogue", "checklists", "error", err.Error())
		return l.sorted()
	}
	if l.read(policies) {
		l.walk()
		l.conventions()
		l.items()
		l.reasons()
		l.asked()
		l.used()
	}
	return l.sorted()
}

func (l *linter) sorted() []Finding {
	slices.SortStableFunc(l.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Where, b.Where), cmp.Compare(a.Code, b.Code))
	})
	return slices.CompactFunc(l.findings, func(a, b Finding) bool {
		return a.Where == b.Where && a.Code == b.Code && maps.Equal(a.Params, b.Params)
	})
}

// list is a checklist with what its policies look like.
type list struct {
	*checklist.Checklist
	section string // the part of the package names: puntari.SECTION.THEME
	file    string
	rows    []string
	needed  string // the row that every item must have
	rest    string // the result when no row holds
}

func (l *linter) lists() []list {
	return []list{
		{&l.c.Risk, "risk", riskFile, []string{"fail", "na", "unknown", "concern"}, "fail", "pass"},
		{&l.c.Opportunity, "opportunity", opportunityFile, []string{"na", "pass", "concern"}, "pass", "fail"},
	}
}
