// Package lint checks that the checklists and the policies fit together: every
// item has its rules and every rule its item, no policy reads what does not
// exist, nothing that is not known can turn into a pass, and every text is there
// in every language.
package lint

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/format"
	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
	"puntari/internal/facts"
)

// Place is a place in a file of the checklists or policies.
type Place struct {
	// File is the name from the folder that holds checklists and policies:
	// checklists/risk.yaml, policies/risk/rights.rego.
	File string
	// Line and Column count from 1; 0 where they are not known.
	Line, Column int
}

// String is the place as file:line:column.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

func (p Place) compare(o Place) int {
	return cmp.Or(cmp.Compare(p.File, o.File), cmp.Compare(p.Line, o.Line), cmp.Compare(p.Column, o.Column))
}

// Finding is something that does not fit.
type Finding struct {
	// Code names the kind of finding; the message lint.CODE explains it.
	Code string
	Place
	// Params fill the placeholders of the message.
	Params map[string]string
}

// Text renders the finding in a language, its place first.
func (f Finding) Text(c *checklist.Catalogue, lang string) string {
	return f.String() + ": " + f.Message(c, lang)
}

// Message says in a language what does not fit.
func (f Finding) Message(c *checklist.Catalogue, lang string) string {
	params := maps.Clone(f.Params)
	if kind, ok := params["kind"]; ok {
		params["kind"] = c.Message(lang, "lint.kind."+kind, nil)
	}
	return c.Message(lang, "lint."+f.Code, params)
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
	evidenceFile    = "checklists/evidence.yaml"
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

// find adds a finding about a file; params are names and values in turn.
func (l *linter) find(code, file string, params ...string) {
	l.findAt(code, Place{File: file}, params...)
}

// findAt adds a finding about a place.
func (l *linter) findAt(code string, at Place, params ...string) {
	f := Finding{Code: code, Place: at, Params: map[string]string{}}
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
	l.versions()
	l.validity()
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
		return cmp.Or(a.compare(b.Place), cmp.Compare(a.Code, b.Code))
	})
	return slices.CompactFunc(l.findings, func(a, b Finding) bool {
		return a.Place == b.Place && a.Code == b.Code && maps.Equal(a.Params, b.Params)
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

// yamlLine is how the reader of YAML begins what it says of a line.
var yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)

// yamlKey is how it speaks of a key that no field has.
var yamlKey = regexp.MustCompile(`^field (\S+) not found in type `)

// Unreadable tells what is wrong with a file of the checklists that cannot be
// read, a finding for each line.
func Unreadable(e *checklist.FileError) []Finding {
	l := &linter{}
	lines := []string{e.Err.Error()}
	if types, ok := errors.AsType[*yaml.TypeError](e.Err); ok {
		lines = types.Errors
	}
	for _, s := range lines {
		at := Place{File: "checklists/" + e.File}
		if m := yamlLine.FindStringSubmatch(s); m != nil {
			at.Line, _ = strconv.Atoi(m[1]) // digits
			s = m[2]
		}
		if m := yamlKey.FindStringSubmatch(s); m != nil {
			l.findAt("yaml_key", at, "key", m[1])
			continue
		}
		l.findAt("yaml", at, "error", s)
	}
	return l.findings
}

// Layout finds policies that are not laid out as the formatter of Rego does, and
// gives what it would write, by file.
func Layout(policies fs.FS) ([]Finding, map[string][]byte) {
	l := &linter{}
	formatted := map[string][]byte{}
	err := fs.WalkDir(policies, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		data, err := fs.ReadFile(policies, name)
		if err != nil {
			return err
		}
		// What cannot be read has no layout; Check says so.
		if want, err := format.Source(name, data); err == nil && !bytes.Equal(data, want) {
			l.findAt("layout", Place{File: "policies/" + name, Line: 1 + firstDifference(data, want)})
			formatted[name] = want
		}
		return nil
	})
	if err != nil {
		l.find("rego", "policies", "error", err.Error())
	}
	return l.findings, formatted
}

// firstDifference is the first line, from 0, in which two texts differ.
func firstDifference(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return bytes.Count(a[:n], []byte("\n"))
}
